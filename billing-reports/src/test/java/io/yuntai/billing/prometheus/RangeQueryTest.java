package io.yuntai.billing.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus says only when parts of it are down, or when it is guarded. */
class RangeQueryTest {

    private static final Instant AT = Instant.parse("2026-10-10T00:00:00Z");
    private static final String ONE =
            """
            "data": {"resultType": "matrix", "result": [
              {"metric": {"namespace": "ns", "name": "m"}, "values": [[1791590400, "0.5"], [1791590700, "NaN"]]}]}
            """;

    @TempDir private Path folder;

    private final List<String> authorizations = new ArrayList<>();
    private final List<String> tenants = new ArrayList<>();
    private PlayedPrometheus prometheus;
    private String answer = "";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        prometheus =
                PlayedPrometheus.start(question -> {
                    var headers = question.headers();
                    authorizations.add(String.valueOf(headers.getFirst("Authorization")));
                    tenants.add(headers.getFirst("X-Scope-OrgID"));
                    return new PlayedPrometheus.Answer(status, answer);
                });
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void whatIsNoNumberWasNotMeasured() {
        answer = "{\"status\": \"success\", " + ONE + "}";
        assertThat(ask(Optional.empty()).get(new RangeQuery.Machine("ns", "m")))
                .containsExactly(Map.entry(AT, 0.5));
        assertThat(authorizations).containsExactly("null");
    }

    /** As Thanos answers while one of its stores is down. */
    @Test
    void anAnswerInPartIsNoAnswer() {
        answer = "{\"status\": \"success\", \"warnings\": [\"store b is down\"], " + ONE + "}";
        assertThatThrownBy(() -> ask(Optional.empty()))
                .isInstanceOf(PrometheusUnavailable.class)
                .hasMessageContaining("in part")
                .hasMessageContaining("store b is down");
    }

    /** As the cluster of VictoriaMetrics answers while one of its stores is down. */
    @Test
    void anAnswerThatSaysItIsPartialIsNoAnswer() {
        answer = "{\"status\": \"success\", \"isPartial\": true, " + ONE + "}";
        assertThatThrownBy(() -> ask(Optional.empty()))
                .isInstanceOf(PrometheusUnavailable.class)
                .hasMessageContaining("in part");
        answer = answer.replace("true", "false");
        assertThat(ask(Optional.empty())).hasSize(1);
    }

    /** Mimir asks whose series are wanted. */
    @Test
    void headersAreSentWithEachQuestion() {
        answer = "{\"status\": \"success\", " + ONE + "}";
        assertThat(ask(Optional.empty())).hasSize(1);
        assertThat(tenants).containsExactly("gov-cloud");
    }

    @Test
    void aRefusalSaysWhy() {
        status = 422;
        answer = "{\"status\": \"error\", \"error\": \"too many samples\"}";
        assertThatThrownBy(() -> ask(Optional.empty()))
                .isInstanceOf(PrometheusUnavailable.class)
                .hasMessageContaining("too many samples");
        status = 401;
        answer = "no";
        assertThatThrownBy(() -> ask(Optional.empty()))
                .isInstanceOf(PrometheusUnavailable.class)
                .hasMessageContaining("401");
    }

    @Test
    void theTokenIsReadAnewWithEachQuestion() throws IOException {
        answer = "{\"status\": \"success\", " + ONE + "}";
        var file = folder.resolve("token");
        assertThatThrownBy(() -> ask(Optional.of(file)))
                .isInstanceOf(PrometheusUnavailable.class)
                .hasMessageContaining("no token");
        for (var token : List.of("first", "second")) {
            Files.writeString(file, token + "\n");
            assertThat(ask(Optional.of(file))).hasSize(1);
        }
        assertThat(authorizations).containsExactly("Bearer first", "Bearer second");
    }

    private Map<RangeQuery.Machine, NavigableMap<Instant, Double>> ask(Optional<Path> token) {
        var server =
                new PrometheusProperties.Server(
                        "a",
                        prometheus.url(),
                        "",
                        token,
                        Map.of("X-Scope-OrgID", "gov-cloud"),
                        Duration.ofSeconds(10));
        return new RangeQuery(HttpClient.newHttpClient(), server)
                .ask("up", AT, AT.plusSeconds(300), Duration.ofMinutes(5));
    }
}
