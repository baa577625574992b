package io.yuntai.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class RemovedSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "yuntai.deadlines.remind-after, yuntai.deadlines.remind-after",
        "yuntai.applications.lockExpiresAfter, yuntai.applications.lock-expires-after",
        "yuntai.hosts.term-notices[0], yuntai.hosts.term-notices",
        "yuntai.reclaim.p95-at-most, yuntai.reclaim.p95-at-most",
    })
    void aServerThatFindsOneDoesNotStartAndNamesIt(String set, String named) {
        var environment = new MockEnvironment().withProperty(set, "3");
        assertThatThrownBy(() -> new RemovedSettings(environment))
                .hasMessageContaining("working rules")
                .hasMessageEndingWith(named);
    }

    @Test
    void itFindsThemInTheEnvironmentAsWell() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(
                        new SystemEnvironmentPropertySource(
                                "test-systemEnvironment", Map.of("YUNTAI_HOSTS_TRIAL", "10d")));
        assertThatThrownBy(() -> new RemovedSettings(environment))
                .hasMessageEndingWith("yuntai.hosts.trial");
    }

    @Test
    void whatIsStillASettingIsNone() {
        var environment =
                new MockEnvironment()
                        .withProperty("yuntai.applications.partial-after", "30m")
                        .withProperty("yuntai.hosts.stopped", "KEEPS_ALL")
                        .withProperty("yuntai.reclaim.settle-within", "30m");
        assertThatCode(() -> new RemovedSettings(environment)).doesNotThrowAnyException();
    }
}
