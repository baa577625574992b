package io.yuntai.billing.metering;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.metering.UsageImported.Code;
import io.yuntai.billing.metering.UsageImported.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in files of measured use, for hosts that no Prometheus sees: all of a file or, when
 * anything is wrong, nothing. An hour that stands in the file replaces what was measured of it; of
 * a frozen month it stands aside like any late sample.
 */
@Service
public class UsageImports {

    private static final int SHOWN = 1000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(400);

    private final Collection<UsageSource> sources;
    private final AllocationStore allocations;
    private final UsageStore usage;
    private final UsageImportStore store;
    private final Clock clock;

    UsageImports(
            Optional<Map<String, UsageSource>> sources,
            AllocationStore allocations,
            UsageStore usage,
            UsageImportStore store,
            Clock clock) {
        this.sources = sources.orElse(Map.of()).values();
        this.allocations = allocations;
        this.usage = usage;
        this.store = store;
        this.clock = clock;
    }

    /** One host in one hour. */
    private record Key(Place place, String hostName, Instant hour) {}

    /** The samples of an hour, by which five minutes they are of. */
    private record Hour(MeteredHost host, Instant hour, TreeMap<Integer, UsageSample> samples) {

        UsageHour measured() {
            var measured = new HourOfSamples(host.host(), hour, host.capacity());
            samples.forEach((at, sample) ->
                    measured.add(at, sample.cpuMillis(), sample.memoryBytes(), sample.diskBytes()));
            return measured.end();
        }
    }

    /**
     * Takes a file in.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     * @param digest of the file, SHA-256 in hexadecimal digits
     * @param samples in any order; at least one
     * @throws Declined {@code USAGE_IMPORT_EXISTS} if the id is another file's, {@code
     *     USAGE_PERIOD_TOO_LONG} if the file spans more than 400 days
     */
    @Transactional
    public UsageImported take(
            UUID id, String fileName, String digest, Person by, List<UsageSample> samples) {
        usage.hold();
        var earlier = store.find(id);
        if (earlier.isPresent()) {
            if (!earlier.get().digest().equals(digest)) {
                throw new Declined("USAGE_IMPORT_EXISTS");
            }
            return new UsageImported.Repeated(earlier.get());
        }
        var period = period(samples);
        var hosts = hosts(period);
        var faults = new ArrayList<Fault>();
        var hours = hours(samples, hosts, faults);
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(Fault::row));
            return new UsageImported.Faulty(faults.stream().limit(SHOWN).toList(), faults.size());
        }
        var counts = take(period, hours);
        var done = new UsageImport(id, fileName, digest, by, clock.instant(), period, counts);
        store.add(done);
        store.addHours(id, hoursOfHosts(hours));
        return new UsageImported.Taken(done);
    }

    private static Map<MeteredHostId, List<Instant>> hoursOfHosts(List<Hour> hours) {
        return hours.stream()
                .collect(
                        Collectors.groupingBy(
                                hour -> hour.host().host(),
                                Collectors.mapping(Hour::hour, Collectors.toList())));
    }

    /**
     * Which file each hour of a host in a month comes from, as the hours count now; by hour. An
     * hour that is missing was measured by a source, or comes from a file that was taken in before
     * this was kept.
     */
    @Transactional(readOnly = true)
    public Map<Instant, UsageImport> of(MeteredHostId host, YearMonth month) {
        return store.of(host, month);
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<UsageImport> page(long offset, int most) {
        return store.page(offset, most);
    }

    @Transactional(readOnly = true)
    public long count() {
        return store.count();
    }

    private static Period period(List<UsageSample> samples) {
        var times = samples.stream().map(UsageSample::at).toList();
        var first = Collections.min(times);
        var last = Collections.max(times);
        if (Duration.between(first, last).compareTo(LONGEST) > 0) {
            throw new Declined("USAGE_PERIOD_TOO_LONG");
        }
        return new Period(hour(first), hour(last).plus(HOUR));
    }

    private static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    private Map<Place, Map<String, List<MeteredHost>>> hosts(Period period) {
        var hosts = new HashMap<Place, Map<String, List<MeteredHost>>>();
        for (var host : allocations.allocatedIn(period)) {
            hosts.computeIfAbsent(host.place(), _ -> new HashMap<>())
                    .computeIfAbsent(host.hostName(), _ -> new ArrayList<>())
                    .add(host);
        }
        return hosts;
    }

    private List<Hour> hours(
            List<UsageSample> samples,
            Map<Place, Map<String, List<MeteredHost>>> hosts,
            List<Fault> faults) {
        var now = clock.instant();
        var hours = new HashMap<Key, Hour>();
        for (var sample : samples) {
            var hour = hour(sample.at());
            var known =
                    hosts.getOrDefault(sample.place(), Map.of())
                            .getOrDefault(sample.hostName(), List.of());
            var then = known.stream().filter(host -> host.during().contains(hour)).findFirst();
            var wrong = wrong(sample, hour.plus(HOUR).isAfter(now), known.isEmpty(), then);
            if (wrong.isPresent()) {
                faults.add(new Fault(sample.row(), wrong.get(), 0));
                continue;
            }
            int at = Math.toIntExact(Duration.between(hour, sample.at()).toMinutes() / 5);
            var first =
                    hours.computeIfAbsent(
                                    new Key(sample.place(), sample.hostName(), hour),
                                    _ -> new Hour(then.orElseThrow(), hour, new TreeMap<>()))
                            .samples()
                            .putIfAbsent(at, sample);
            if (first != null) {
                faults.add(new Fault(sample.row(), Code.DUPLICATE_SAMPLE, first.row()));
            }
        }
        return hours.values().stream()
                .sorted(
                        Comparator.<Hour, UUID>comparing(hour -> hour.host().host().value())
                                .thenComparing(Hour::hour))
                .toList();
    }

    private Optional<Code> wrong(
            UsageSample sample, boolean isRunning, boolean isUnknown, Optional<MeteredHost> then) {
        if (sources.stream().anyMatch(source -> source.measures(sample.place().cluster()))) {
            return Optional.of(Code.MEASURED_ELSEWHERE);
        }
        if (isRunning) {
            return Optional.of(Code.NOT_ENDED);
        }
        if (isUnknown) {
            return Optional.of(Code.UNKNOWN_HOST);
        }
        return then.isEmpty() ? Optional.of(Code.NOT_ALLOCATED) : Optional.empty();
    }

    private UsageImport.Counts take(Period period, List<Hour> hours) {
        var measured = hours.stream().map(Hour::measured).toList();
        var _ = usage.take(period, UsageStore.Fewer.TAKEN, measured::forEach);
        var frozen = new HashMap<YearMonth, Boolean>();
        long aside =
                measured.stream()
                        .filter(hour ->
                                frozen.computeIfAbsent(
                                        Period.monthOf(hour.hour()), usage::isFrozen))
                        .count();
        return new UsageImport.Counts(
                (int) hours.stream().map(hour -> hour.host().host()).distinct().count(),
                measured.size(),
                measured.stream().mapToInt(UsageHour::samples).sum(),
                measured.stream().mapToInt(UsageHour::quarantined).sum(),
                Math.toIntExact(aside));
    }
}
