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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that can talk to an API server: the JDK's HTTP client and JSON. Only the kubeconfig is
 * read by somebody else's code.
 */
final class BareClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

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

    /** Server-side apply. */
    void apply(String path, JsonNode object) throws IOException, InterruptedException {
        var body = BodyPublishers.ofString(mapper.writeValueAsString(object));
        var _ =
                send(
                        request(path + "?fieldManager=bench&force=true")
                                .header("Content-Type", "application/apply-patch+yaml")
                                .method("PATCH", body));
    }

    /** Creates an object in a collection. */
    void create(String path, JsonNode object) throws IOException, InterruptedException {
        var body = BodyPublishers.ofString(mapper.writeValueAsString(object));
        var _ = send(request(path).header("Content-Type", "application/json").POST(body));
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(LIMIT)
                        .header("Accept", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    answer.statusCode() + " from " + answer.uri().getPath() + ": " + answer.body());
        }
        return mapper.readTree(answer.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
