package io.yuntai.billing.ranking;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What decides of a host, beside its means, whether it is idle. In percent of the capacity that it
 * had in each hour, over valid hours; cut off and not rounded: so each is under a limit exactly
 * when what was measured is.
 *
 * @param cpuP95 by nearest rank, of the five-minute samples; empty: of some hour they were not kept
 * @param cpuPeak the highest sample
 * @param memoryHours the valid hours in which memory was measured: in too few it speaks for nothing
 */
public record IdleFigures(Optional<BigDecimal> cpuP95, BigDecimal cpuPeak, int memoryHours) {}
