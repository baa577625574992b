package io.yuntai.onboarding.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * The tests' API server, in front of which somebody alters answers: as one of another version, or
 * of a cluster that lacks something, would give them. Whoever asks it may do everything.
 */
final class AlteredApiServer implements AutoCloseable {

    private static final String JSON = "application/json";

    private final HttpServer server;
    private final KubernetesClient behind;
    private final Map<String, UnaryOperator<String>> altered = new ConcurrentHashMap<>();

    private AlteredApiServer() throws IOException {
        behind =
                new KubernetesClientBuilder()
                        .withConfig(
                                Config.fromKubeconfig(
                                        Files.readString(TestCluster.shared().kubeconfig())))
                        .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    static AlteredApiServer start() throws IOException {
        return new AlteredApiServer();
    }

    /** From now on whatever answers at this path becomes this; nothing: it is not found. */
    AlteredApiServer at(String path, UnaryOperator<String> alter) {
        altered.put(path, alter);
        return this;
    }

    /** From now on there is nothing at this path. */
    AlteredApiServer without(String path) {
        return at(path, _ -> "");
    }

    Kubeconfig kubeconfig() {
        return Kubeconfig.read(
                """
                apiVersion: v1
                kind: Config
                current-context: altered
                clusters: [{name: altered, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: somebody, user: {token: any}}]
                contexts: [{name: altered, context: {cluster: altered, user: somebody}}]
                """
                        .formatted(server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = exchange.getRequestURI();
            var given = ask(exchange, asked);
            var alter = Optional.ofNullable(altered.get(asked.getPath()));
            String body = alter.map(how -> how.apply(given.body())).orElse(given.body());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", JSON);
            int made =
                    body.isEmpty() ? HttpURLConnection.HTTP_NOT_FOUND : HttpURLConnection.HTTP_OK;
            exchange.sendResponseHeaders(
                    alter.isPresent() ? made : given.code(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpResponse<String> ask(HttpExchange exchange, URI asked) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var request =
                behind.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(URI.create(behind.getMasterUrl().toString()).resolve(asked))
                        .method(exchange.getRequestMethod(), JSON, body.isEmpty() ? null : body)
                        .build();
        return behind.getHttpClient().sendAsync(request, String.class).join();
    }

    @Override
    public void close() {
        server.stop(0);
        behind.close();
    }
}
