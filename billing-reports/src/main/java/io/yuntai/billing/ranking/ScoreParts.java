package io.yuntai.billing.ranking;

import java.math.BigDecimal;

/**
 * What each part gives of a score, in points. Exact, they add up to the exact score; printed with
 * four decimals, HALF_UP, each may be off by half of the last.
 *
 * @param cpu weight times component; memory and disk likewise
 * @param idle for what is not idle
 */
public record ScoreParts(BigDecimal cpu, BigDecimal memory, BigDecimal disk, BigDecimal idle) {}
