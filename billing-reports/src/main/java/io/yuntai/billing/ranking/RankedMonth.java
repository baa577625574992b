package io.yuntai.billing.ranking;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A month that has a ranking, with how many units are in it over all pools.
 *
 * @param version the last that was published; empty: the month is not frozen, and may be computed
 *     anew
 */
public record RankedMonth(
        YearMonth month,
        int ranked,
        int notRanked,
        Instant computedAt,
        Optional<Integer> version) {}
