package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;

/**
 * A host while one unit's system had it in one pool: what of the month counts for that unit. Every
 * figure of a ranking, but the percentile, is made of these. Sums are over valid hours.
 *
 * @param held from the first to the last moment of the month in which it was
 * @param vcpu the last it had in the month
 * @param exclusion why it is neither measured nor missed; empty: it is not excluded
 * @param exempt for which exemption it is excluded; empty also where that was not kept yet
 * @param measured whether enough of its hours are valid; never of an excluded one
 * @param hours in which it was held
 * @param validHours of which enough was measured
 * @param vcpuHours of all its hours
 * @param validVcpuHours of the valid ones
 */
public record HostShare(
        MeteredHostId host,
        String name,
        Party unit,
        MeteredSystem system,
        String pool,
        Period held,
        int vcpu,
        Optional<Exclusion> exclusion,
        Optional<Exempt> exempt,
        boolean measured,
        boolean idle,
        int hours,
        int validHours,
        BigInteger vcpuHours,
        BigInteger validVcpuHours,
        Use cpu,
        Use memory,
        Use disk) {

    /** In the order in which they are printed. */
    public static final Comparator<HostShare> ORDER =
            Comparator.comparing((HostShare share) -> share.unit().code())
                    .thenComparing(share -> share.system().code())
                    .thenComparing(HostShare::name)
                    .thenComparing(share -> share.host().value().toString())
                    .thenComparing(share -> share.unit().id().value().toString())
                    .thenComparing(share -> share.system().id().value().toString())
                    .thenComparing(HostShare::pool);

    public HostShare {
        if (exclusion.isPresent() && measured) {
            throw new IllegalArgumentException("excluded hosts are not measured: " + name);
        }
        if (exempt.isPresent() && exclusion.isEmpty()) {
            throw new IllegalArgumentException("exempt hosts are excluded: " + name);
        }
        if (validHours > hours) {
            throw new IllegalArgumentException("more valid hours than there are: " + name);
        }
    }

    HostShare asIdle() {
        return new HostShare(
                host,
                name,
                unit,
                system,
                pool,
                held,
                vcpu,
                exclusion,
                exempt,
                measured,
                true,
                hours,
                validHours,
                vcpuHours,
                validVcpuHours,
                cpu,
                memory,
                disk);
    }

    /** Whether a scope has it: {@code all}, its pool, the zone or the processor family of that. */
    public boolean isIn(String scope) {
        return Scopes.of(pool).contains(scope);
    }

    /** Percent of its hours that are valid, two decimals. */
    public BigDecimal coverage() {
        return hours == 0
                ? BigDecimal.ZERO.setScale(2)
                : BigDecimal.valueOf(100L * validHours)
                        .divide(BigDecimal.valueOf(hours), 2, RoundingMode.HALF_UP);
    }
}
