package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** What hosts used in a month, made up for tests. */
final class Shares {

    static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    static final String ORDINARY = "extranet-ordinary";

    private static final List<String> POOLS =
            List.of(ORDINARY, "extranet-domestic", "internet-ordinary", "internet-domestic");
    private static final int HOURS = 744;
    private static final Amount HALF = new Amount(100, 5000);

    /** What a host has of memory or disk, and the hundredths of a percent that it uses. */
    private record Amount(long gib, int hundredths) {

        Use use(int hours) {
            return Shares.use(
                    BigInteger.valueOf(gib << 30).multiply(BigInteger.valueOf(3600L * hours)),
                    hundredths);
        }
    }

    private Shares() {}

    /** A host of a unit, with one figure for processors in hundredths of a percent. */
    static HostShare share(int host, int unit, String region, String pool, int cpuHundredths) {
        return share(host, unit, region, pool, 4, HOURS, true, cpuHundredths, HALF, HALF);
    }

    /** One of some size, of which processors, memory and disk are used alike. */
    static HostShare sized(int host, int unit, int size, int hundredths) {
        var amount = new Amount(size, hundredths);
        return share(host, unit, "440700", ORDINARY, size, HOURS, true, hundredths, amount, amount);
    }

    /** The only host of a unit, with one figure for processors and one for memory. */
    static HostShare using(int unit, int cpuHundredths, int memoryHundredths) {
        return share(
                unit,
                unit,
                "440700",
                ORDINARY,
                4,
                HOURS,
                true,
                cpuHundredths,
                new Amount(100, memoryHundredths),
                HALF);
    }

    private static HostShare share(
            int host,
            int unit,
            String region,
            String pool,
            int vcpu,
            int valid,
            boolean measured,
            int cpuHundredths,
            Amount memory,
            Amount disk) {
        var validVcpuHours = BigInteger.valueOf((long) vcpu * valid);
        var cpuOf = validVcpuHours.multiply(BigInteger.valueOf(3_600_000));
        return new HostShare(
                new MeteredHostId(new UUID(3, host)),
                "host-" + host,
                new Party(
                        new PartyId(new UUID(1, unit)),
                        "U%03d".formatted(unit),
                        "第%d局".formatted(unit),
                        region),
                new MeteredSystem(
                        new MeteredSystemId(new UUID(2, unit)),
                        "s%03d".formatted(unit),
                        "系统" + unit),
                pool,
                Period.of(OCTOBER),
                vcpu,
                Optional.empty(),
                Optional.empty(),
                measured,
                cpuHundredths < 100,
                HOURS,
                valid,
                BigInteger.valueOf((long) vcpu * HOURS),
                validVcpuHours,
                use(cpuOf, cpuHundredths),
                memory.use(valid),
                disk.use(valid));
    }

    private static Use use(BigInteger of, int hundredths) {
        return new Use(
                of.multiply(BigInteger.valueOf(hundredths)).divide(BigInteger.valueOf(10_000)),
                of,
                of);
    }

    /** A city of its own for each seed: some hosts measured, some not, over every pool. */
    static List<HostShare> city(long seed) {
        var random = new Random(seed);
        var shares = new ArrayList<HostShare>();
        int units = 2 + random.nextInt(12);
        for (int host = 1; host <= units * 5; host++) {
            int unit = 1 + random.nextInt(units);
            boolean measured = random.nextInt(10) > 0;
            shares.add(
                    share(
                            host,
                            unit,
                            unit % 2 == 0 ? "440703" : "440304",
                            POOLS.get(random.nextInt(POOLS.size())),
                            1 + random.nextInt(16),
                            measured ? 600 + random.nextInt(145) : random.nextInt(500),
                            measured,
                            random.nextInt(10_000),
                            new Amount(1 + random.nextInt(64), random.nextInt(10_000)),
                            new Amount(10 + random.nextInt(500), random.nextInt(10_000))));
        }
        return shares;
    }

    /** As {@link #city}, with some hosts that went to another pool or unit half-way. */
    static List<HostShare> cityWithMoves(long seed) {
        var random = new Random(seed);
        var shares = new ArrayList<HostShare>();
        for (var share : city(seed)) {
            if (random.nextInt(3) > 0) {
                shares.add(share);
                continue;
            }
            var middle = OCTOBER.atDay(16).atStartOfDay(Period.ZONE).toInstant();
            shares.add(during(share, new Period(share.held().from(), middle)));
            int host = (int) share.host().value().getLeastSignificantBits();
            int unit = (int) share.unit().id().value().getLeastSignificantBits();
            boolean toAnotherPool = random.nextBoolean();
            shares.add(
                    during(
                            share(
                                    host,
                                    toAnotherPool ? unit : unit % 3 + 1,
                                    toAnotherPool ? share.unit().region() : "440304",
                                    POOLS.get(
                                            (POOLS.indexOf(share.pool()) + (toAnotherPool ? 1 : 0))
                                                    % POOLS.size()),
                                    share.vcpu() + random.nextInt(2),
                                    744,
                                    share.measured(),
                                    random.nextInt(10_000),
                                    HALF,
                                    HALF),
                            new Period(middle, share.held().to())));
        }
        // One that went to its own unit and pool is a share that is there already.
        var keys = new HashSet<List<Object>>();
        return shares.stream()
                .filter(share ->
                        keys.add(
                                List.of(
                                        share.host(),
                                        share.unit().id(),
                                        share.system().id(),
                                        share.pool())))
                .toList();
    }

    private static HostShare during(HostShare share, Period held) {
        return new HostShare(
                share.host(),
                share.name(),
                share.unit(),
                share.system(),
                share.pool(),
                held,
                share.vcpu(),
                share.exclusion(),
                share.exempt(),
                share.measured(),
                share.idle(),
                share.hours(),
                share.validHours(),
                share.vcpuHours(),
                share.validVcpuHours(),
                share.cpu(),
                share.memory(),
                share.disk());
    }

    /** A percentile for everybody: how it is made is the database's. */
    static Map<MonthFigures.UnitScope, HourlyCpu> percentiles(List<HostShare> shares) {
        var percentiles = new HashMap<MonthFigures.UnitScope, HourlyCpu>();
        for (var share : shares) {
            for (var scope : Scopes.of(share.pool())) {
                percentiles.put(
                        new MonthFigures.UnitScope(share.unit().id(), scope),
                        new HourlyCpu(
                                new BigDecimal("60.00"), Optional.of(new BigDecimal("85.00"))));
            }
        }
        return percentiles;
    }

    static MonthFigures figures(List<HostShare> shares) {
        return MonthFigures.of(OCTOBER, Usages.POLICY, Rules.LATEST, shares, percentiles(shares));
    }
}
