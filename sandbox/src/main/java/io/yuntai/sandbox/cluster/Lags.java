package io.yuntai.sandbox.cluster;

import java.time.Duration;

/**
 * How long the simulated cluster's controllers take.
 *
 * @param status until a lease's {@code status.hard} follows its {@code spec.hard}
 * @param release until what was deleted is taken off {@code status.used}, and until a namespace
 *     that is being deleted is gone; up to five minutes on a real cluster
 * @param start until a host's launcher is made, and again until its machine runs
 */
public record Lags(Duration status, Duration release, Duration start) {

    /** Quick enough for somebody who looks on, slow enough that nothing may rely on no lag. */
    public static final Lags TRY_OUT =
            new Lags(Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(1));

    public Lags {
        if (status.isNegative() || release.isNegative() || start.isNegative()) {
            throw new IllegalArgumentException(
                    "a lag is not negative: " + status + ", " + release + ", " + start);
        }
    }
}
