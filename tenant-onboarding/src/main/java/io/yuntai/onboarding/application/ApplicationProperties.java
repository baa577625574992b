package io.yuntai.onboarding.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about applications.
 *
 * @param lockExpiresAfter {@code yuntai.applications.lock-expires-after}: how long the quota of an
 *     application stays locked that nobody decides about
 * @param partialAfter {@code yuntai.applications.partial-after}: how long a delivery may take
 *     before what does not come up counts as failed
 * @param expertsFromVcpu {@code yuntai.applications.experts-from-vcpu}: an application of so many
 *     processors or more goes to experts; 0: only where the reviewer wants it
 */
@ConfigurationProperties("yuntai.applications")
public record ApplicationProperties(
        @DefaultValue("30d") Duration lockExpiresAfter,
        @DefaultValue("30m") Duration partialAfter,
        @DefaultValue("0") int expertsFromVcpu) {

    public ApplicationProperties {
        if (lockExpiresAfter.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "nobody can decide within " + lockExpiresAfter + " of a submission");
        }
        if (partialAfter.isNegative() || expertsFromVcpu < 0) {
            throw new IllegalArgumentException("partial-after, experts-from-vcpu: below 0");
        }
    }

    /** Whether experts are to be heard about an order of so many processors. */
    boolean needsExperts(long vcpu) {
        return expertsFromVcpu > 0 && vcpu >= expertsFromVcpu;
    }
}
