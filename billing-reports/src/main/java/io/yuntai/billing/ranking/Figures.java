package io.yuntai.billing.ranking;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A unit's figures as they are printed: each rounded once, HALF_UP, from the exact sums. What is
 * compared with a threshold is the printed figure, so that a reader can check it.
 *
 * @param coverage percent of the vCPU hours, two decimals
 * @param cpu percent, two decimals; empty: not measured
 * @param cpuP95 percent of the hours, nearest rank; {@code cpuPeak}: the highest of them
 * @param idleShare of the vCPU of measured hosts, 0 to 1, four decimals
 */
public record Figures(
        BigDecimal coverage,
        Optional<BigDecimal> cpu,
        Optional<BigDecimal> memory,
        Optional<BigDecimal> disk,
        Optional<BigDecimal> idleShare,
        Optional<BigDecimal> cpuP95,
        Optional<BigDecimal> cpuPeak) {

    static Figures of(UnitUsage usage, RankingPolicy policy) {
        var least = policy.evidence().coverage();
        return new Figures(
                percent(usage.coveredVcpuHours(), usage.expectedVcpuHours())
                        .orElse(Ratio.ZERO)
                        .rounded(2),
                usage.cpu().percent(least).map(x -> x.rounded(2)),
                usage.memory().percent(least).map(x -> x.rounded(2)),
                usage.disk().percent(least).map(x -> x.rounded(2)),
                share(usage.idleVcpuHours(), usage.measuredVcpuHours()).map(x -> x.rounded(4)),
                usage.hourly().map(HourlyCpu::p95),
                usage.hourly().flatMap(HourlyCpu::peak));
    }

    static Optional<Ratio> percent(BigInteger part, BigInteger whole) {
        return share(part, whole).map(share -> share.times(Ratio.of(100)));
    }

    static Optional<Ratio> share(BigInteger part, BigInteger whole) {
        return whole.signum() == 0 ? Optional.empty() : Optional.of(new Ratio(part, whole));
    }
}
