package io.yuntai.security;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-in and sessions.
 *
 * @param loginClaim the claim of an ID token or access token that holds the login
 * @param sessionIdle how long a session may be unused before it ends
 * @param endSessionUri where the identity provider ends its own session; empty: only ours ends
 */
@ConfigurationProperties("yuntai.security")
record SecurityProperties(
        @DefaultValue("sub") String loginClaim,
        @DefaultValue("30m") Duration sessionIdle,
        Optional<URI> endSessionUri) {

    SecurityProperties {
        if (loginClaim.isBlank()) {
            throw new IllegalArgumentException("the login claim has no name");
        }
        if (sessionIdle.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("sessions end before anybody can work");
        }
    }
}
