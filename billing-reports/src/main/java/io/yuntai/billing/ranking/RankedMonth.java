package io.yuntai.billing.ranking;

import java.time.Instant;
import java.time.YearMonth;

/** A month that has a ranking, with how many units are in it over all pools. */
public record RankedMonth(YearMonth month, int ranked, int notRanked, Instant computedAt) {}
