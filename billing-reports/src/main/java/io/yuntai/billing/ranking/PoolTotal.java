package io.yuntai.billing.ranking;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A pool, or all pools, as a whole: ratios of the sums over every unit, ranked or not. A host that
 * moved from one unit or pool to another stands in each of their rows, and here once: so a total
 * may be less than what its rows add up to.
 *
 * @param cpu percent, two decimals; memory and disk likewise; empty: not measured
 * @param idleShare 0 to 1, four decimals
 */
public record PoolTotal(
        int hosts,
        int measuredHosts,
        int excludedHosts,
        long vcpu,
        Optional<BigDecimal> cpu,
        Optional<BigDecimal> memory,
        Optional<BigDecimal> disk,
        Optional<BigDecimal> idleShare) {

    /** Of some units, and of the shares that they are made of. */
    static PoolTotal of(
            List<UnitUsage> units, List<HostShare> shares, RankingPolicy policy, Rules rules) {
        var sums = of(units, policy);
        return rules.countHostsOnce()
                ? new PoolTotal(
                        UnitUsage.hosts(shares, _ -> true),
                        UnitUsage.hosts(shares, HostShare::measured),
                        UnitUsage.hosts(shares, share -> share.exclusion().isPresent()),
                        UnitUsage.vcpu(shares, _ -> true, rules),
                        sums.cpu(),
                        sums.memory(),
                        sums.disk(),
                        sums.idleShare())
                : sums;
    }

    /** Of units that have no host in common. */
    static PoolTotal of(List<UnitUsage> units, RankingPolicy policy) {
        var least = policy.evidence().coverage();
        return new PoolTotal(
                units.stream().mapToInt(UnitUsage::hosts).sum(),
                units.stream().mapToInt(UnitUsage::measuredHosts).sum(),
                units.stream().mapToInt(UnitUsage::excludedHosts).sum(),
                units.stream().mapToLong(UnitUsage::vcpu).sum(),
                percent(units, UnitUsage::cpu, least),
                percent(units, UnitUsage::memory, least),
                percent(units, UnitUsage::disk, least),
                Figures.share(
                                sum(units, UnitUsage::idleVcpuHours),
                                sum(units, UnitUsage::measuredVcpuHours))
                        .map(share -> share.rounded(4)));
    }

    private static Optional<BigDecimal> percent(
            List<UnitUsage> units, Function<UnitUsage, Use> measure, BigDecimal least) {
        return units.stream()
                .map(measure)
                .reduce(Use::plus)
                .flatMap(sum -> sum.percent(least))
                .map(percent -> percent.rounded(2));
    }

    private static BigInteger sum(List<UnitUsage> units, Function<UnitUsage, BigInteger> measure) {
        return units.stream().map(measure).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
