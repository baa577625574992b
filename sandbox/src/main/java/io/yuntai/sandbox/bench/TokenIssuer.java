package io.yuntai.sandbox.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs bearer tokens for a benchmark's callers, and shows the server the key to check them by. */
record TokenIssuer(HttpServer http, JwtEncoder encoder) implements AutoCloseable {

    private static final Duration VALID = Duration.ofHours(2);
    private static final String KEYS = "/keys";

    static TokenIssuer start() throws IOException {
        RSAKey key;
        try {
            key = new RSAKeyGenerator(2048).keyID("bench").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
        var keys = new JWKSet(key);
        byte[] shown = keys.toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var _ =
                http.createContext(
                        KEYS,
                        exchange -> {
                            exchange.getResponseHeaders().set("Content-Type", "application/json");
                            exchange.sendResponseHeaders(200, shown.length);
                            exchange.getResponseBody().write(shown);
                            exchange.close();
                        });
        http.start();
        return new TokenIssuer(http, new NimbusJwtEncoder(new ImmutableJWKSet<>(keys)));
    }

    URI keys() {
        var address = http.getAddress();
        return URI.create(
                "http://%s:%d%s"
                        .formatted(address.getAddress().getHostAddress(), address.getPort(), KEYS));
    }

    String token(String login) {
        var now = Instant.now();
        var claims =
                JwtClaimsSet.builder()
                        .subject(login)
                        .issuedAt(now)
                        .expiresAt(now.plus(VALID))
                        .build();
        return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
