package io.yuntai.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Component;

/**
 * Whether the identity provider gives out its keys: without them nobody signs in. Asked at most
 * once in a while, however often somebody asks us.
 */
@Component("identityProviderHealthIndicator")
class IdentityProviderHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityProviderHealth.class);
    private static final String REGISTRATION = "yuntai";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(15);

    private record Answer(Instant at, boolean up) {}

    private final Optional<URI> keys;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Optional<Answer> latest = Optional.empty();

    IdentityProviderHealth(ClientRegistrationRepository registrations, Clock clock) {
        this.keys =
                Optional.ofNullable(registrations.findByRegistrationId(REGISTRATION))
                        .map(client -> client.getProviderDetails().getJwkSetUri())
                        .map(URI::create);
        this.clock = clock;
    }

    @Override
    public synchronized Health health() {
        if (keys.isEmpty()) {
            return Health.unknown().build();
        }
        Instant now = clock.instant();
        var fresh = latest.filter(answer -> answer.at().plus(FRESH).isAfter(now));
        var answer = fresh.orElseGet(() -> new Answer(now, answers(keys.get())));
        latest = Optional.of(answer);
        return (answer.up() ? Health.up() : Health.down()).build();
    }

    private boolean answers(URI uri) {
        try {
            var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200;
        } catch (IOException e) {
            LOG.debug("the identity provider gives no keys", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
