package io.yuntai.sandbox.bench;

import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.sandbox.traces.TraceUsage;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Hosts of a city, and what they use: real days of real machines, worked out beforehand for a few
 * hundred of them and taken in turn by the others, so that no benchmark measures how rows are made.
 */
record MeteredCity(String name, int units, int systems, int hosts) {

    /** Shenzhen's government cloud. */
    static final MeteredCity SHENZHEN = new MeteredCity("Shenzhen", 71, 599, 8350);

    /** Shanxi's. */
    static final MeteredCity SHANXI = new MeteredCity("Shanxi", 96, 594, 18_138);

    private static final int KINDS = 400;
    private static final Capacity CAPACITY = new Capacity(4, 8L << 30, 100L << 30);
    private static final Instant BEGAN = Instant.parse("2024-01-01T00:00:00Z");

    MeteredHostId host(int number) {
        return new MeteredHostId(new UUID(0x7000L, 0x8000_0000_0000_0000L | number));
    }

    /** Notes who has what, once. */
    void record(Allocations allocations) {
        var all = IntStream.range(0, hosts).mapToObj(this::allocation).toList();
        allocations.record(all);
        allocations.confirm(all.stream().map(HostAllocation::host).toList(), BEGAN);
    }

    private HostAllocation allocation(int number) {
        int system = number % systems;
        int unit = system % units;
        return new HostAllocation(
                host(number),
                "host-" + number,
                new Party(
                        new PartyId(new UUID(0x7001L, unit)),
                        "U%03d".formatted(unit),
                        "单位" + unit,
                        "440300"),
                new MeteredSystem(
                        new MeteredSystemId(new UUID(0x7002L, system)),
                        "s" + system,
                        "系统" + system),
                system % 3 == 0 ? "extranet-domestic" : "extranet-ordinary",
                CAPACITY,
                new Place("a", "s" + system),
                BEGAN);
    }

    /** What the hosts used in a month, made beforehand. */
    UsageSource used(YearMonth month) {
        var kinds = new ArrayList<List<UsageHour>>();
        var traces = new TraceUsage();
        for (int kind = 0; kind < Math.min(KINDS, hosts); kind++) {
            var hours = new ArrayList<UsageHour>();
            traces.read(List.of(metered(kind, Period.of(month))), hours::add);
            kinds.add(hours);
        }
        return (hosts, into) -> hand(kinds, hosts, into);
    }

    private MeteredHost metered(int number, Period during) {
        var allocation = allocation(number);
        return new MeteredHost(
                allocation.host(),
                allocation.hostName(),
                allocation.pool(),
                CAPACITY,
                allocation.place(),
                during,
                List.of());
    }

    private static void hand(
            List<List<UsageHour>> kinds, List<MeteredHost> hosts, Consumer<UsageHour> into) {
        for (var host : hosts) {
            int kind =
                    (int) (host.host().value().getLeastSignificantBits() & 0xffff) % kinds.size();
            for (var hour : kinds.get(kind)) {
                into.accept(
                        new UsageHour(
                                host.host(),
                                hour.hour(),
                                hour.cpu(),
                                hour.memory(),
                                hour.quarantined(),
                                hour.cpuTimeMillis(),
                                hour.cpuPeakMillis(),
                                hour.memoryByteSeconds(),
                                hour.diskByteSeconds()));
            }
        }
    }
}
