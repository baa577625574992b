package io.yuntai.onboarding.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often leases of one cluster may change by themselves, so that many small namespaces that
 * breathe never crowd out what people ask for. Nothing is lost by waiting: a lease that may not
 * grow now is looked at again.
 *
 * @see LeaseKeeper
 */
public final class WriteBudget {

    private record Tokens(double left, Instant at) {}

    private final double perSecond;
    private final double burst;
    private final Map<String, Tokens> clusters = new HashMap<>();

    /**
     * @param perSecond how many in the long run, above 0
     * @param burst how many at once, at least 1
     */
    public WriteBudget(double perSecond, double burst) {
        if (perSecond <= 0 || burst < 1) {
            throw new IllegalArgumentException("no budget: " + perSecond + ", " + burst);
        }
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes one write from a cluster's budget; false when there is none left at this time. */
    synchronized boolean take(String cluster, Instant now) {
        var before = clusters.getOrDefault(cluster, new Tokens(burst, now));
        double gained = perSecond * Math.max(0, seconds(Duration.between(before.at(), now)));
        double left = Math.min(burst, before.left() + gained);
        boolean granted = left >= 1;
        clusters.put(cluster, new Tokens(granted ? left - 1 : left, now));
        return granted;
    }

    /** What was taken was not used: nothing is written after all. */
    synchronized void giveBack(String cluster) {
        clusters.computeIfPresent(
                cluster,
                (_, tokens) -> new Tokens(Math.min(burst, tokens.left() + 1), tokens.at()));
    }

    /** Until there surely is one again. */
    Duration pause() {
        return Duration.ofMillis(Math.max(1, Math.round(1000 / perSecond)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
