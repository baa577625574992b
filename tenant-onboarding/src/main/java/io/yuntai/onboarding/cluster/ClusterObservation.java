package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.ClusterName;
import java.time.Duration;
import java.time.Instant;

/**
 * How one server has last met a cluster, as it stands in the database.
 *
 * @param server which one
 * @param at when it said so last, whether anything had changed or not
 */
public record ClusterObservation(
        ClusterName cluster, String server, ClusterHealth health, Instant at) {

    /**
     * Servers say how they meet each cluster every five seconds; one of this age is a fact of the
     * past.
     */
    public static final Duration FRESH = Duration.ofSeconds(30);

    /**
     * Whether its server has said nothing for too long: it has ended, hangs or has lost the
     * database.
     */
    public boolean isStale(Instant now) {
        return at.plus(FRESH).isBefore(now);
    }
}
