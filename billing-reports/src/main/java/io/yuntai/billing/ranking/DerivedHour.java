package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.UsageHour;
import java.util.Optional;

/**
 * An hour of a host as a version of its month rests on it.
 *
 * @param capacity what the host was given at its first moment; empty: it was nobody's, and the hour
 *     counts for nobody
 * @param lastIn the last published version that rests on this reading of it; empty: it counts now
 */
public record DerivedHour(UsageHour hour, Optional<Capacity> capacity, Optional<Integer> lastIn) {}
