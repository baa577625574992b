package io.yuntai.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The few requests that a new API server needs; with the JDK's client, so that this library brings
 * no other.
 */
final class ApiConnection {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final String token;
    private final HttpClient client;

    ApiConnection(String url, String token, Path certificates) {
        this.url = url;
        this.token = token;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(trusting(certificates))
                        .connectTimeout(PATIENCE)
                        .build();
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** Server-side apply. */
    void apply(String path, String json) throws IOException {
        HttpResponse<String> answer =
                send(
                        request(path + "?fieldManager=yuntai-testkit&force=true")
                                .header("Content-Type", "application/apply-patch+yaml")
                                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
        if (answer.statusCode() >= 300) {
            throw new IOException(
                    "PATCH "
                            + path
                            + " was answered "
                            + answer.statusCode()
                            + ": "
                            + answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SSLContext trusting(Path certificates) {
        try (InputStream in = Files.newInputStream(certificates)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("certificate-" + number++, certificate);
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot trust " + certificates, e);
        }
    }
}
