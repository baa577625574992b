package io.yuntai.billing.verdict;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What was measured of a host. Percentages are of the capacity that it had in each hour. Ratios are
 * cut off and not rounded, after four decimals and the coverage after two: so each is under a limit
 * exactly when the ratio itself is, and 9.9965 % stays under 10 %.
 *
 * @param hours in which it was allocated
 * @param validHours of which enough was measured; a percentile and a mean are of these alone
 * @param coverage percent of the hours that are valid
 * @param cpu empty: not measured
 * @param memory over the valid hours in which it was measured; empty: these are fewer of the hours
 *     than the policy's coverage
 * @param disk its mean, likewise
 * @param stopped whether it stood still all the time
 */
public record Evidence(
        int hours,
        int validHours,
        BigDecimal coverage,
        Optional<Measure> cpu,
        Optional<Measure> memory,
        Optional<BigDecimal> disk,
        boolean stopped) {

    /**
     * What was measured of one thing.
     *
     * @param mean a ratio of sums: what was used, over what there was
     * @param p95 by nearest rank, of the five-minute samples: the smallest that 95 % do not exceed
     * @param peak the highest sample
     */
    public record Measure(BigDecimal mean, BigDecimal p95, BigDecimal peak) {}
}
