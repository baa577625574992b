package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.UsageHour;
import java.util.Optional;

/**
 * An hour of a host as a version of its month rests on it.
 *
 * @param capacity what the host was given at its first moment
 * @param valid whether enough of it was measured: an hour that is not counts for nobody
 * @param lastIn the last published version that rests on this reading of it; empty: it counts now
 */
public record DerivedHour(
        UsageHour hour, Capacity capacity, boolean valid, Optional<Integer> lastIn) {}
