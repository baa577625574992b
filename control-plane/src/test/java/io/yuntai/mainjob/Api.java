package io.yuntai.mainjob;

import com.github.f4b6a3.uuid.UuidCreator;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API over the wire, as one caller with a bearer token of the test's own issuer. */
final class Api {

    static final SecretKey ISSUER = new SecretKeySpec(new byte[32], MacAlgorithm.HS256.getName());

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI base;
    private final String token;

    private Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    static Api as(String login, int port) {
        var claims =
                JwtClaimsSet.builder()
                        .subject(login)
                        .issuedAt(Instant.now())
                        .expiresAt(Instant.now().plusSeconds(3600))
                        .build();
        var header = JwsHeader.with(MacAlgorithm.HS256).build();
        var token =
                new NimbusJwtEncoder(new ImmutableSecret<>(ISSUER))
                        .encode(JwtEncoderParameters.from(header, claims))
                        .getTokenValue();
        return new Api(URI.create("http://127.0.0.1:" + port + "/api/v1"), token);
    }

    /** An answer; what it says is read when it is asked for. */
    record Answer(HttpResponse<byte[]> response) {

        int status() {
            return response.statusCode();
        }

        byte[] bytes() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String code() {
            return json().path("code").asString("");
        }

        String etag() {
            return response.headers().firstValue("ETag").orElseThrow();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        @Override
        public String toString() {
            return status() + " " + new String(response.body(), StandardCharsets.UTF_8);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer put(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    Answer put(String path, String etag, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", etag)
                        .PUT(BodyPublishers.ofString(json)));
    }

    Answer put(String path, String mediaType, byte[] file) {
        return send(
                request(path)
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(file)));
    }

    /** What is asked of a host at a version, without more words. */
    Answer command(String path, int version, String kind) {
        return put(path, version, "{\"kind\": \"" + kind + "\"}");
    }

    Answer put(String path, int version, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"" + version + "\"")
                        .PUT(BodyPublishers.ofString(json)));
    }

    Answer post(String path, String etag, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("If-Match", etag)
                        .POST(BodyPublishers.ofString(json)));
    }

    /** A new id, as callers make them. */
    static String id() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
