package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.toMap;

import io.yuntai.billing.metering.Party;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a unit had and used in a month, in one pool or in all: sums, not yet divided.
 *
 * @param hosts everything allocated at some time in the month
 * @param measuredHosts those with enough coverage; every sum is over these and their valid hours
 * @param excludedHosts not long enough confirmed, or exempt; neither measured nor missed
 * @param vcpu of all hosts, each once with the last size that it had here
 * @param measuredVcpu of the measured ones
 * @param coveredVcpuHours valid hours of measured hosts
 * @param expectedVcpuHours all hours of all hosts but the excluded
 * @param measuredVcpuHours all hours of the measured hosts
 * @param idleVcpuHours all hours of those that were idle
 * @param hourly of the unit's hours
 */
record UnitUsage(
        Party unit,
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
        Optional<HourlyCpu> hourly) {

    private static final Comparator<HostShare> LAST =
            Comparator.comparing((HostShare share) -> share.held().to())
                    .thenComparing(HostShare.ORDER);

    /** Adds up what a unit had in one scope. */
    static UnitUsage of(
            Party unit,
            String pool,
            List<HostShare> shares,
            Optional<HourlyCpu> hourly,
            Rules rules) {
        Predicate<HostShare> measured = HostShare::measured;
        return new UnitUsage(
                unit,
                pool,
                hosts(shares, _ -> true),
                hosts(shares, measured),
                hosts(shares, share -> share.exclusion().isPresent()),
                vcpu(shares, _ -> true, rules),
                vcpu(shares, measured, rules),
                sum(shares, measured, HostShare::validVcpuHours),
                sum(shares, share -> share.exclusion().isEmpty(), HostShare::vcpuHours),
                sum(shares, measured, HostShare::vcpuHours),
                sum(shares, measured.and(HostShare::idle), HostShare::vcpuHours),
                use(shares, HostShare::cpu),
                use(shares, HostShare::memory),
                use(shares, HostShare::disk),
                hourly);
    }

    static int hosts(List<HostShare> shares, Predicate<HostShare> which) {
        return (int) shares.stream().filter(which).map(HostShare::host).distinct().count();
    }

    /** Of a host that stands in several shares the last counts: it is one host of that size. */
    static long vcpu(List<HostShare> shares, Predicate<HostShare> which, Rules rules) {
        var counted = shares.stream().filter(which);
        return rules.countHostsOnce()
                ? counted
                        .collect(toMap(HostShare::host, share -> share, BinaryOperator.maxBy(LAST)))
                        .values()
                        .stream()
                        .mapToLong(HostShare::vcpu)
                        .sum()
                : counted.mapToLong(HostShare::vcpu).sum();
    }

    private static BigInteger sum(
            List<HostShare> shares,
            Predicate<HostShare> which,
            Function<HostShare, BigInteger> amount) {
        return shares.stream().filter(which).map(amount).reduce(BigInteger.ZERO, BigInteger::add);
    }

    static Use use(List<HostShare> shares, Function<HostShare, Use> measure) {
        return shares.stream().filter(HostShare::measured).map(measure).reduce(Use.NONE, Use::plus);
    }
}
