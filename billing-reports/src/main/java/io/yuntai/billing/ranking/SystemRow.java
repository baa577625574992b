package io.yuntai.billing.ranking;

import static java.util.Comparator.comparing;

import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A business system in a month, in one scope.
 *
 * @param unit whose it was in the end
 * @param coverage percent of the vCPU hours, two decimals
 * @param cpu percent, two decimals; empty: too little was measured
 */
public record SystemRow(
        MeteredSystem system,
        PartyId unit,
        String unitName,
        int hosts,
        int measuredHosts,
        long vcpu,
        BigDecimal coverage,
        Optional<BigDecimal> cpu,
        Optional<BigDecimal> memory,
        Optional<BigDecimal> disk) {

    /** Adds up what one system had. */
    static SystemRow of(String pool, List<HostShare> shares, RankingPolicy policy, Rules rules) {
        var last =
                shares.stream()
                        .max(
                                comparing((HostShare share) -> share.held().to())
                                        .thenComparing(share -> share.unit().code()))
                        .orElseThrow();
        var sums = UnitUsage.of(last.unit(), pool, shares, Optional.empty(), rules);
        var figures = Figures.of(sums, policy);
        boolean enough = figures.coverage().compareTo(policy.evidence().coverage()) >= 0;
        return new SystemRow(
                last.system(),
                last.unit().id(),
                last.unit().name(),
                sums.hosts(),
                sums.measuredHosts(),
                sums.vcpu(),
                figures.coverage(),
                figures.cpu().filter(_ -> enough),
                figures.memory().filter(_ -> enough),
                figures.disk().filter(_ -> enough));
    }

    Optional<BigDecimal> measure(Measure measure) {
        return switch (measure) {
            case CPU -> cpu;
            case MEMORY -> memory;
        };
    }

    /** What a band is said of. */
    public enum Measure {
        CPU,
        MEMORY;

        RankingPolicy.Range range(RankingPolicy policy) {
            return switch (this) {
                case CPU -> policy.cpu();
                case MEMORY -> policy.memory();
            };
        }
    }

    /**
     * Those in a band, by value: of the low the lowest first, of all others the highest; then by
     * code.
     */
    public static List<SystemRow> in(
            Band band, Measure measure, List<SystemRow> systems, RankingPolicy policy) {
        var byValue = comparing((SystemRow row) -> row.measure(measure).orElseThrow());
        return systems.stream()
                .filter(row ->
                        row.measure(measure)
                                .filter(value ->
                                        RankingPolicy.band(value, measure.range(policy)) == band)
                                .isPresent())
                .sorted(
                        (band == Band.LOW ? byValue : byValue.reversed())
                                .thenComparing(row -> row.system().code())
                                .thenComparing(row -> row.system().id().value()))
                .toList();
    }
}
