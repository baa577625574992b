package io.yuntai.billing.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PrometheusPropertiesTest {

    private static final Map<String, String> LEAST =
            Map.of("prometheus[0].cluster", "a", "prometheus[0].url", "https://thanos.example/a/");

    @Test
    void everyDefaultIsAsStated() {
        assertThat(bind(Map.of()).prometheus()).isEmpty();
        assertThat(bind(LEAST).prometheus())
                .containsExactly(
                        new PrometheusProperties.Server(
                                "a",
                                URI.create("https://thanos.example/a/"),
                                "",
                                Optional.empty(),
                                Map.of(),
                                Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prometheus[0].url | ftp://thanos.example",
                "prometheus[0].url | /metrics",
                "prometheus[0].cluster | ' '",
                "prometheus[0].selector | cluster=\"a\"} or vector(1",
                "prometheus[0].selector | cluster",
                "prometheus[0].timeout | 0s",
                "prometheus[0].headers.Host | elsewhere",
                "prometheus[0].headers.authorization | 'Bearer x'",
                "prometheus[0].headers.X-Scope-OrgID | ''",
                "prometheus[1].cluster | a",
            })
    void whatCannotBeIsRefusedAtTheStart(String property, String value) {
        var properties = new HashMap<>(LEAST);
        properties.put("prometheus[1].url", "http://b.example");
        properties.put("prometheus[1].cluster", "b");
        assertThat(bind(properties).prometheus()).hasSize(2);
        properties.put(property, value);
        assertThatThrownBy(() -> bind(properties)).isInstanceOf(BindException.class);
    }

    @Test
    void aHeaderKeepsItsName() {
        var properties = new HashMap<>(LEAST);
        properties.put("prometheus[0].headers.X-Scope-OrgID", "gov-cloud");
        assertThat(bind(properties).prometheus().getFirst().headers())
                .containsExactly(Map.entry("X-Scope-OrgID", "gov-cloud"));
    }

    private static PrometheusProperties bind(Map<String, String> properties) {
        var named = new HashMap<String, String>();
        properties.forEach((name, value) -> named.put("yuntai.metering." + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("yuntai.metering", PrometheusProperties.class);
    }
}
