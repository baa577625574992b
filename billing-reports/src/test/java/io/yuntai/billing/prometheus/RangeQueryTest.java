package io.yuntai.billing.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
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
    private HttpServer http;
    private String answer = "";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext(
                "/api/v1/query_range",
                exchange -> {
                    authorizations.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                    tenants.add(exchange.getRequestHeaders().getFirst("X-Scope-OrgID"));
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
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
        var url = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        var server =
                new PrometheusProperties.Server(
                        "a",
                        url,
                        "",
                        token,
                        Map.of("X-Scope-OrgID", "gov-cloud"),
                        Duration.ofSeconds(10));
        return new RangeQuery(HttpClient.newHttpClient(), server)
                .ask("up", AT, AT.plusSeconds(300), Duration.ofMinutes(5));
    }
}
