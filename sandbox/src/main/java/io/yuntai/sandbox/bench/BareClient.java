package io.yuntai.sandbox.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that can talk to an API server: the JDK's HTTP client and JSON. Only the kubeconfig is
 * read by somebody else's code.
 */
final class BareClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final int AWAIT_MINUTES = 2;
    private static final int PAGE = 500;

    private final JsonMapper mapper = JsonMapper.shared();
    private final HttpClient http;
    private final URI server;
    private final String token;

    BareClient(String kubeconfig) throws GeneralSecurityException, IOException {
        var config = Config.fromKubeconfig(kubeconfig);
        this.http = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(config)).build();
        this.server = URI.create(config.getMasterUrl());
        this.token =
                Stream.of(config.getOauthToken(), config.getAutoOAuthToken())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
    }

    /** The object at this path. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /**
     * A collection, page by page.
     *
     * @param list its path, which may have a query
     */
    void eachPage(String list, Consumer<JsonNode> each) throws IOException, InterruptedException {
        var paged = list + (list.contains("?") ? "&" : "?") + "limit=" + PAGE;
        var next = "";
        do {
            var page = get(paged + next);
            each.accept(page);
            var more = page.at("/metadata/continue").asString("");
            next = more.isEmpty() ? "" : "&continue=" + more;
        } while (!next.isEmpty());
    }

    /** How many objects a collection has. */
    long count(String path) throws IOException, InterruptedException {
        var page = get(path + "?limit=1");
        return page.at("/items").size() + page.at("/metadata/remainingItemCount").asLong(0);
    }

    /** Server-side apply. */
    void apply(String path, JsonNode object) throws IOException, InterruptedException {
        var _ = send(applying(path, object));
    }

    /**
     * Server-side apply into a namespace whose guard may not have seen yet what it waits for: tried
     * again until it has.
     *
     * @param guard the policy that may refuse it for a moment
     */
    void apply(String path, JsonNode object, String guard)
            throws IOException, InterruptedException {
        var begun = System.nanoTime();
        while (isRefusedBy(guard, applying(path, object))) {
            if (System.nanoTime() - begun > Duration.ofMinutes(AWAIT_MINUTES).toNanos()) {
                throw new IOException("not let in by " + guard + " in time: " + path);
            }
            Thread.sleep(BETWEEN);
        }
    }

    private HttpRequest.Builder applying(String path, JsonNode object) {
        return request(path + "?fieldManager=bench&force=true")
                .header("Content-Type", "application/apply-patch+yaml")
                .method("PATCH", BodyPublishers.ofString(mapper.writeValueAsString(object)));
    }

    /** Creates an object in a collection; once more where the connection was closed meanwhile. */
    void create(String path, JsonNode object) throws IOException, InterruptedException {
        var body = BodyPublishers.ofString(mapper.writeValueAsString(object));
        var request = request(path).header("Content-Type", "application/json").POST(body);
        HttpResponse<String> answer;
        try {
            answer = ask(request);
        } catch (IOException closed) {
            answer = ask(request);
            if (isThere(answer)) {
                return;
            }
        }
        var _ = body(answer);
    }

    private static boolean isThere(HttpResponse<String> answer) {
        return answer.statusCode() == 409 && answer.body().contains("AlreadyExists");
    }

    /** Deletes an object, or all of a collection. */
    void delete(String path) throws IOException, InterruptedException {
        var _ = send(request(path).DELETE());
    }

    /** What admission has to say to an object. */
    sealed interface Admission {
        /** It is there. */
        record Admitted() implements Admission {}

        /** Its namespace has no room for it. */
        record Refused(String message) implements Admission {}
    }

    /**
     * Creates an object in a collection, if its namespace has room. One that is there already, for
     * an earlier answer was lost, is admitted.
     */
    Admission admit(String path, JsonNode object) throws IOException, InterruptedException {
        var body = BodyPublishers.ofString(mapper.writeValueAsString(object));
        while (true) {
            var request = request(path).header("Content-Type", "application/json").POST(body);
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status < 300 || isThere(answer)) {
                return new Admission.Admitted();
            }
            if (status == 403 && answer.body().contains("exceeded quota")) {
                var message = mapper.readTree(answer.body()).at("/message").asString("");
                return new Admission.Refused(message);
            }
            if (status != 409) {
                throw new IOException(status + " from " + path + ": " + answer.body());
            }
        }
    }

    /** Changes parts of an object by a JSON merge patch. */
    void merge(String path, JsonNode change) throws IOException, InterruptedException {
        var body = BodyPublishers.ofString(mapper.writeValueAsString(change));
        var _ =
                send(
                        request(path)
                                .header("Content-Type", "application/merge-patch+json")
                                .method("PATCH", body));
    }

    /**
     * Reads until what is there will do.
     *
     * @throws IOException when it does not within {@value #AWAIT_MINUTES} minutes
     */
    void await(String path, Predicate<JsonNode> reached) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        while (!reached.test(get(path))) {
            if (System.nanoTime() - begun > Duration.ofMinutes(AWAIT_MINUTES).toNanos()) {
                throw new IOException("not reached in time: " + path);
            }
            Thread.sleep(BETWEEN);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(LIMIT)
                        .header("Accept", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return mapper.readTree(body(ask(request)));
    }

    private boolean isRefusedBy(String guard, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var answer = ask(request);
        boolean refused = answer.statusCode() == 403 || answer.statusCode() == 422;
        return (refused && answer.body().contains("'" + guard + "'")) || body(answer).isEmpty();
    }

    private HttpResponse<String> ask(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String body(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    answer.statusCode() + " from " + answer.uri().getPath() + ": " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
