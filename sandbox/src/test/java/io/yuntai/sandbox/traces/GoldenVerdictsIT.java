package io.yuntai.sandbox.traces;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.HourOfSamples;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import io.yuntai.billing.verdict.Evidence;
import io.yuntai.billing.verdict.HostVerdict;
import io.yuntai.billing.verdict.Verdict;
import io.yuntai.billing.verdict.VerdictFilter;
import io.yuntai.billing.verdict.Verdicts;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Days of real traces, from samples to verdicts through the database, against figures that a script
 * in another language computes from the same files. One day is in the tree; the others are taken
 * from the folder that {@code YUNTAI_TRACES} names, or from {@code ../shared/data/vm-cpu-traces}
 * beside the tree where that is there. Those of which figures were stated are held against these,
 * too. It says which of the five days were there, and fails if one that was is not compared.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenVerdictsIT {

    private static final LocalDate DAY = LocalDate.of(2026, 10, 15);

    private static final List<String> FIVE =
            List.of("20110303", "20110306", "20110309", "20110322", "20110325");

    private static final String SUFFIX = ".csv.gz";

    /** The days that were held against their figures. */
    private static final Set<String> COMPARED = new TreeSet<>();

    /**
     * Machines, their mean, under 30, over 50, under 10, of those with P95 under 20, of those with
     * maximum under 50: as they were stated before there was any code.
     */
    private static final Map<String, String> STATED =
            Map.of(
                    "20110303", "1052 12.3144 919 37 649 589 436",
                    "20110306", "898 11.4396 808 28 609 519 359",
                    "20110309", "1061 10.7032 979 23 708 585 446");

    /** Beside the root of the tree; tests run in the folder of their module. */
    private static final Path SHARED = Path.of("..", "..", "shared", "data", "vm-cpu-traces");

    private static final VerdictFilter ALL = new VerdictFilter(Optional.empty(), Optional.empty());

    /** The one in the tree, and those of a folder; each day once. */
    static Stream<Path> days() throws Exception {
        var days = new TreeMap<String, Path>();
        var bundled = Path.of(Traces.class.getResource("20110303.csv.gz").toURI());
        days.put(day(bundled), bundled);
        for (var file : more()) {
            if (file.toString().endsWith(SUFFIX)) {
                days.put(day(file), file);
            }
        }
        return days.values().stream();
    }

    /** Whatever is in the folder, if there is one. */
    private static List<Path> more() throws IOException {
        var folder =
                Optional.ofNullable(System.getenv("YUNTAI_TRACES"))
                        .map(Path::of)
                        .or(() -> Optional.of(SHARED).filter(Files::isDirectory));
        if (folder.isEmpty()) {
            return List.of();
        }
        try (var files = Files.list(folder.get())) {
            return files.toList();
        }
    }

    private static String day(Path file) {
        return file.getFileName().toString().replace(SUFFIX, "");
    }

    /** Whatever a day's file is called: one that cannot be read is not passed over. */
    @Test
    @Order(2)
    void eachOfTheFiveDaysThatIsThereIsCompared() throws Exception {
        var there = new TreeSet<>(Set.of("20110303"));
        for (var file : more()) {
            FIVE.stream().filter(file.getFileName().toString()::startsWith).forEach(there::add);
        }
        var absent = FIVE.stream().filter(day -> !there.contains(day)).toList();
        System.out.println("days of traces compared: " + COMPARED + ", not there: " + absent);
        assertThat(COMPARED).containsAll(there);
    }

    @ParameterizedTest
    @MethodSource("days")
    @Order(1)
    void aDayOfTracesIsJudgedAsTheScriptCountsIt(Path file) throws Exception {
        List<Trace> traces;
        try (InputStream gzip = Files.newInputStream(file)) {
            traces = Traces.read(gzip);
        }
        var python =
                new ProcessBuilder("python3", "src/test/python/golden.py", file.toString())
                        .redirectErrorStream(true)
                        .start();
        var golden =
                new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var judged = judged(traces);
        assertThat(judged).isEqualTo(golden);
        var day = day(file);
        if (STATED.containsKey(day)) {
            assertThat(judged).startsWith(STATED.get(day) + "\n");
        }
        var _ = COMPARED.add(day);
    }

    /** Of one vCPU each; a policy that looks at one day. */
    private static String judged(List<Trace> traces) throws IOException {
        try (var spring = Billing.started()) {
            var _ =
                    spring.getBean(JdbcClient.class)
                            .sql(
                                    """
                                    insert into verdict_policy
                                    select 'one-day', '2026-01-01', basis, approved_by, 1, valid_samples, coverage,
                                        idle_cpu, idle_cpu_p95, idle_cpu_peak, idle_memory,
                                        shrink_cpu, shrink_cpu_p95, shrink_cpu_peak, shrink_memory_p95,
                                        grow_cpu_p95, grow_memory_p95, grow_disk, 'APPROVED', gen_random_uuid(), '甲',
                                        '2025-12-01', gen_random_uuid(), '2025-12-02'
                                    from verdict_policy
                                    """)
                            .update();
            var from = DAY.atStartOfDay(Period.ZONE).toInstant();
            var party = new Party(new PartyId(new UUID(1, 1)), "u", "U", "440700");
            var system = new MeteredSystem(new MeteredSystemId(new UUID(2, 2)), "s", "S");
            var allocations = new ArrayList<HostAllocation>();
            for (int number = 0; number < traces.size(); number++) {
                allocations.add(
                        new HostAllocation(
                                host(number),
                                "host-" + number,
                                party,
                                system,
                                "extranet-ordinary",
                                new Capacity(1, 1 << 30, 0),
                                new Place("a", "ns"),
                                from));
            }
            spring.getBean(Allocations.class).record(allocations);
            var day = new Period(from, DAY.plusDays(1).atStartOfDay(Period.ZONE).toInstant());
            long hours = spring.getBean(Metering.class).read(source(traces), day);
            assertThat(hours).isEqualTo(24L * traces.size());
            var verdicts = spring.getBean(Verdicts.class);
            assertThat(verdicts.judge(DAY)).isEqualTo(traces.size());
            var mean =
                    spring.getBean(JdbcClient.class)
                            .sql(
                                    """
                                    select round(100 * sum(cpu_time_ms) / (sum(samples) * 300000), 4)
                                    from usage_hour
                                    """)
                            .query(BigDecimal.class)
                            .single();
            return figures(verdicts.of(DAY, ALL, traces.size() + 1), mean);
        }
    }

    private static MeteredHostId host(int number) {
        return new MeteredHostId(new UUID(3, number));
    }

    private static UsageSource source(List<Trace> traces) {
        return (hosts, into) -> hosts.forEach(host -> read(host, traces, into));
    }

    private static void read(MeteredHost host, List<Trace> traces, Consumer<UsageHour> into) {
        var trace = traces.get((int) host.host().value().getLeastSignificantBits());
        for (int hour = 0; hour < 24; hour++) {
            var samples =
                    new HourOfSamples(
                            host.host(),
                            host.during().from().plusSeconds(hour * 3600L),
                            host.capacity());
            for (int i = 0; i < UsageHour.FULL; i++) {
                int percent = trace.percent(hour * UsageHour.FULL + i);
                samples.add(i, 10 * percent, OptionalLong.empty(), OptionalLong.empty());
            }
            into.accept(samples.end());
        }
    }

    private static String figures(List<HostVerdict> all, BigDecimal mean) {
        var low = all.stream().filter(cpu(c -> c.mean().compareTo(BigDecimal.TEN) < 0)).toList();
        var calm =
                low.stream()
                        .filter(cpu(c -> c.p95().compareTo(BigDecimal.valueOf(20)) < 0))
                        .toList();
        long shrink = all.stream().filter(v -> v.verdicts().contains(Verdict.SHRINK_CPU)).count();
        assertThat(calm.stream().filter(cpu(c -> c.peak().compareTo(BigDecimal.valueOf(50)) < 0)))
                .hasSize((int) shrink);
        return "%d %s %d %d %d %d %d\n%s\n%s\n%s\n%s"
                .formatted(
                        all.size(),
                        mean,
                        all.stream()
                                .filter(cpu(c -> c.mean().compareTo(BigDecimal.valueOf(30)) < 0))
                                .count(),
                        all.stream()
                                .filter(cpu(c -> c.mean().compareTo(BigDecimal.valueOf(50)) > 0))
                                .count(),
                        low.size(),
                        calm.size(),
                        shrink,
                        verdicts(all),
                        ofEach(all, one -> cpu(one).mean().stripTrailingZeros().toPlainString()),
                        percentiles(all),
                        ofEach(all, one -> cpu(one).peak().stripTrailingZeros().toPlainString()));
    }

    private static String verdicts(List<HostVerdict> all) {
        return ofEach(
                all,
                one -> one.verdicts().stream().map(Verdict::name).sorted().collect(joining("+")));
    }

    /** By nearest rank. */
    private static String percentiles(List<HostVerdict> all) {
        return ofEach(all, one -> cpu(one).p95().stripTrailingZeros().toPlainString());
    }

    /** Of each machine in the order of the file. */
    private static String ofEach(List<HostVerdict> all, Function<HostVerdict, String> what) {
        return all.stream()
                .sorted(comparing(one -> one.host().value().getLeastSignificantBits()))
                .map(what)
                .collect(joining(" "));
    }

    private static Evidence.Measure cpu(HostVerdict verdict) {
        return verdict.evidence().cpu().orElseThrow();
    }

    private static Predicate<HostVerdict> cpu(Predicate<Evidence.Measure> of) {
        return verdict -> of.test(cpu(verdict));
    }
}
