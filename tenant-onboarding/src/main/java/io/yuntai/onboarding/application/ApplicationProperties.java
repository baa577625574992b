package io.yuntai.onboarding.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about applications.
 *
 * @param lockExpiresAfter {@code yuntai.applications.lock-expires-after}: how long the quota of an
 *     application stays locked that nobody decides about
 */
@ConfigurationProperties("yuntai.applications")
public record ApplicationProperties(@DefaultValue("30d") Duration lockExpiresAfter) {

    public ApplicationProperties {
        if (lockExpiresAfter.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "nobody can decide within " + lockExpiresAfter + " of a submission");
        }
    }
}
