package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a unit had and used in a month, in one pool or in all: sums, not yet divided.
 *
 * @param hosts everything allocated at some time in the month
 * @param measuredHosts those with enough coverage; every sum is over these and their valid hours
 * @param excludedHosts not long enough confirmed; neither measured nor missed
 * @param vcpu of all hosts
 * @param measuredVcpu of the measured ones
 * @param coveredVcpuHours valid hours of measured hosts
 * @param expectedVcpuHours all hours of all hosts but the excluded
 * @param measuredVcpuHours all hours of the measured hosts
 * @param idleVcpuHours all hours of those that were idle
 * @param cpuP95 of the unit's hourly percentage, nearest rank, rounded
 */
record UnitUsage(
        PartyId unit,
        String code,
        String name,
        String pool,
        int hosts,
        int measuredHosts,
        int excludedHosts,
        long vcpu,
        long measuredVcpu,
        BigInteger coveredVcpuHours,
        BigInteger expectedVcpuHours,
        BigInteger measuredVcpuHours,
        BigInteger idleVcpuHours,
        Use cpu,
        Use memory,
        Use disk,
        Optional<BigDecimal> cpuP95) {

    static final String ALL_POOLS = "all";

    /**
     * Use of one measure.
     *
     * @param used over the valid hours in which it was measured
     * @param allocated over the same hours
     * @param due allocated over all valid hours
     */
    record Use(BigInteger used, BigInteger allocated, BigInteger due) {

        Use plus(Use other) {
            return new Use(
                    used.add(other.used), allocated.add(other.allocated), due.add(other.due));
        }

        /** In percent; empty if too little was measured to speak for the whole. */
        Optional<Ratio> percent(BigDecimal coverage) {
            return Figures.percent(allocated, due)
                    .filter(share -> share.compareTo(Ratio.of(coverage)) >= 0)
                    .flatMap(_ -> Figures.percent(used, allocated));
        }
    }
}
