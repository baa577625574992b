package io.yuntai.billing.prometheus;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the HTTP API for values at equal distances.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries">Range
 *     queries</a>
 */
final class RangeQuery {

    /** An hour of 20,000 machines is some 8 MB. */
    private static final int LARGEST_ANSWER = 64 << 20;

    private static final int SHOWN = 300;

    private final HttpClient http;
    private final JsonMapper mapper = JsonMapper.shared();
    private final PrometheusProperties.Server server;
    private final URI address;

    RangeQuery(HttpClient http, PrometheusProperties.Server server) {
        this.http = http;
        this.server = server;
        String root = server.url().toString();
        this.address = URI.create(root + (root.endsWith("/") ? "" : "/") + "api/v1/query_range");
    }

    /** A machine, as the metrics call it. */
    record Machine(String namespace, String name) {}

    /**
     * The values of each machine, by the moment that they are of.
     *
     * @param promQl with one series a machine, told apart by {@code namespace} and {@code name}
     * @throws PrometheusUnavailable without an answer, with an error, or with one that says itself
     *     that it is not complete: what is missing from it must not be taken for not measured
     */
    Map<Machine, NavigableMap<Instant, Double>> ask(
            String promQl, Instant first, Instant last, Duration step) {
        var answer = send(promQl, first, last, step);
        if (!answer.at("/status").asString("").equals("success")) {
            throw new PrometheusUnavailable(
                    server.url() + " refuses: " + answer.at("/error").asString("without a word"));
        }
        if (!answer.at("/warnings").isEmpty()) {
            throw new PrometheusUnavailable(
                    server.url() + " has answered in part: " + answer.at("/warnings"));
        }
        // The cluster of VictoriaMetrics says so while one of its stores is down.
        if (answer.at("/isPartial").asBoolean(false)) {
            throw new PrometheusUnavailable(server.url() + " has answered in part");
        }
        if (!answer.at("/data/resultType").asString("").equals("matrix")) {
            throw new PrometheusUnavailable(server.url() + " has answered something else");
        }
        Map<Machine, NavigableMap<Instant, Double>> values = new HashMap<>();
        for (var series : answer.at("/data/result")) {
            var machine =
                    new Machine(
                            series.at("/metric/namespace").asString(""),
                            series.at("/metric/name").asString(""));
            var of = values.computeIfAbsent(machine, _ -> new TreeMap<>());
            for (var pair : series.at("/values")) {
                add(of, pair);
            }
        }
        return values;
    }

    /** What is no finite number was not measured. */
    private static void add(NavigableMap<Instant, Double> values, JsonNode pair) {
        try {
            var at = Instant.ofEpochMilli(Math.round(pair.get(0).asDouble() * 1000));
            var text = pair.get(1).asString();
            // Java calls +Inf otherwise.
            double value = text.endsWith("Inf") ? Double.NaN : Double.parseDouble(text);
            if (Double.isFinite(value) && value >= 0) {
                values.put(at, value);
            }
        } catch (RuntimeException e) {
            throw new PrometheusUnavailable("not a value: " + pair, e);
        }
    }

    private JsonNode send(String promQl, Instant first, Instant last, Duration step) {
        var form =
                Map.of(
                                "query", promQl,
                                "start", Long.toString(first.getEpochSecond()),
                                "end", Long.toString(last.getEpochSecond()),
                                "step", Long.toString(step.toSeconds()))
                        .entrySet()
                        .stream()
                        .map(field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var request =
                HttpRequest.newBuilder(address)
                        .timeout(server.timeout())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        server.headers().forEach(request::header);
        server.tokenFile()
                .ifPresent(file -> request.header("Authorization", "Bearer " + token(file)));
        try {
            var answer =
                    http.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofInputStream(), LARGEST_ANSWER));
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readAllBytes();
                // An error of Prometheus itself says why in the same form.
                if (answer.statusCode() != 200 && (bytes.length == 0 || bytes[0] != '{')) {
                    throw new PrometheusUnavailable(
                            "%d from %s: %s".formatted(answer.statusCode(), address, shown(bytes)));
                }
                return mapper.readTree(bytes);
            }
        } catch (IOException | JacksonException e) {
            throw new PrometheusUnavailable(address + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PrometheusUnavailable("interrupted", e);
        }
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new PrometheusUnavailable("there is no token in " + file, e);
        } catch (IOException e) {
            throw new PrometheusUnavailable("the token cannot be read", e);
        }
    }

    private static String shown(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), SHOWN));
    }
}
