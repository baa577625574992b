package io.yuntai.billing.metering;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes measured use in. */
@Service
public class Metering {

    private final AllocationStore allocations;
    private final UsageStore usage;
    private final UsageImportStore imports;
    private final NamespaceAllotmentStore allotments;
    private final NamespaceHourStore namespaceHours;
    private final Clock clock;

    Metering(
            AllocationStore allocations,
            UsageStore usage,
            UsageImportStore imports,
            NamespaceAllotmentStore allotments,
            NamespaceHourStore namespaceHours,
            Clock clock) {
        this.allocations = allocations;
        this.usage = usage;
        this.imports = imports;
        this.allotments = allotments;
        this.namespaceHours = namespaceHours;
        this.clock = clock;
    }

    /**
     * The hour in which the first host, or the first namespace, was allocated that a source is the
     * truth about. Of a source of hosts that is that about no cluster, or whose clusters never had
     * a host, the first host of all.
     *
     * @return empty while nothing was ever allocated
     */
    @Transactional(readOnly = true)
    public Optional<Instant> beginning(MeterSource source) {
        return switch (source) {
            case UsageSource _ -> {
                var first = allocations.firstHours();
                yield first(source, first)
                        .or(() -> first.values().stream().min(Comparator.naturalOrder()));
            }
            case NamespaceSource _ -> first(source, allotments.firstHours());
        };
    }

    private static Optional<Instant> first(MeterSource source, Map<String, Instant> byCluster) {
        return byCluster.entrySet().stream()
                .filter(of -> source.measures(of.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder());
    }

    /**
     * Reads what every host allocated in a period used. Reading again corrects what has changed at
     * the source and leaves the rest as it is; an hour that the source no longer has stays.
     *
     * @return how many hours were read
     * @throws IllegalArgumentException if the source hands on an hour outside the period
     */
    @Transactional
    public long read(UsageSource source, Period period) {
        return take(source, period).hours();
    }

    /** The same of what the containers of every namespace used that was granted anything. */
    @Transactional
    public long readNamespaces(NamespaceSource source, Period period) {
        return take(source, period).hours();
    }

    /** The same of either, and how many hours came out otherwise. */
    @Transactional
    HoursRead take(MeterSource source, Period period) {
        return read(source, period, UsageStore.Fewer.TAKEN);
    }

    /**
     * The same where nobody says that the source has more now: an hour of which it has fewer
     * samples than there were stays as it is.
     */
    @Transactional
    HoursRead takeLate(MeterSource source, Period period) {
        return read(source, period, UsageStore.Fewer.LEFT);
    }

    private HoursRead read(MeterSource source, Period period, UsageStore.Fewer fewer) {
        return switch (source) {
            case UsageSource hosts -> ofHosts(hosts, period, fewer);
            case NamespaceSource namespaces -> ofNamespaces(namespaces, period, fewer);
        };
    }

    private HoursRead ofNamespaces(NamespaceSource source, Period period, UsageStore.Fewer fewer) {
        var namespaces = allotments.grantedIn(period);
        return namespaces.isEmpty()
                ? new HoursRead(0, 0)
                : namespaceHours.take(period, fewer, into -> source.read(namespaces, into));
    }

    private HoursRead ofHosts(UsageSource source, Period period, UsageStore.Fewer fewer) {
        var hosts = allocations.allocatedIn(period);
        if (hosts.isEmpty()) {
            return new HoursRead(0, 0);
        }
        var filed = imports.hostsIn(period);
        var measured = new HashMap<MeteredHostId, List<Instant>>();
        var read =
                usage.take(
                        period,
                        fewer,
                        into ->
                                source.read(
                                        hosts,
                                        hour -> {
                                            into.accept(hour);
                                            if (filed.contains(hour.host())) {
                                                measured.computeIfAbsent(
                                                                hour.host(), _ -> new ArrayList<>())
                                                        .add(hour.hour());
                                            }
                                        }));
        imports.addMeasured(clock.instant(), measured);
        return read;
    }
}
