package io.yuntai.billing.ranking;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a unit's hours say of its processors in a scope, in percent of what there was in each hour,
 * two decimals.
 *
 * @param p95 nearest rank
 * @param peak the highest; empty in what was published before it was kept
 */
public record HourlyCpu(BigDecimal p95, Optional<BigDecimal> peak) {}
