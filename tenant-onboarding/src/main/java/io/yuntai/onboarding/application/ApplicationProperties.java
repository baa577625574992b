package io.yuntai.onboarding.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation may set about applications.
 *
 * @param partialAfter {@code yuntai.applications.partial-after}: how long a delivery may take
 *     before what does not come up counts as failed
 */
@ConfigurationProperties("yuntai.applications")
public record ApplicationProperties(@DefaultValue("30m") Duration partialAfter) {

    public ApplicationProperties {
        if (partialAfter.isNegative()) {
            throw new IllegalArgumentException("partial-after: below 0");
        }
    }
}
