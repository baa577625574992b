package io.yuntai.billing.prometheus;

import static io.yuntai.billing.Sample.party;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.testkit.LocalPrometheus;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Series as KubeVirt exports them, scraped every half minute, read back from a real Prometheus. */
class PrometheusUsageIT {

    private static final Instant BEGAN = Instant.parse("2026-10-10T00:00:00Z");
    private static final Period HOURS = new Period(BEGAN, BEGAN.plus(Duration.ofHours(3)));
    private static final int SCRAPE = 30;
    private static final long GIB = 1L << 30;

    /** Text in the format of OpenMetrics: a family's series stand together. */
    private static final class Series {
        private final StringBuilder cpu = new StringBuilder();
        private final StringBuilder available = new StringBuilder();
        private final StringBuilder usable = new StringBuilder();
        private final StringBuilder disk = new StringBuilder();

        /** With what it has, from one moment to another; the counter may be anything. */
        void machine(String name, long from, long to, LongUnaryOperator cpuSeconds) {
            machine(name, "n", from, to, cpuSeconds);
        }

        void machine(String name, String node, long from, long to, LongUnaryOperator cpuSeconds) {
            machine(name, node, from, to, cpuSeconds, 5 * GIB);
        }

        void machine(
                String name,
                String node,
                long from,
                long to,
                LongUnaryOperator cpuSeconds,
                long diskBytes) {
            String labels = "{namespace=\"ns\",name=\"%s\",node=\"%s\"}".formatted(name, node);
            for (long t = from; t <= to; t += SCRAPE) {
                long at = BEGAN.getEpochSecond() + t;
                line(
                        cpu,
                        "kubevirt_vmi_cpu_usage_seconds_total",
                        labels,
                        cpuSeconds.applyAsLong(t),
                        at);
                line(available, "kubevirt_vmi_memory_available_bytes", labels, 4 * GIB, at);
                line(usable, "kubevirt_vmi_memory_usable_bytes", labels, 3 * GIB, at);
                for (var mount :
                        List.of(
                                List.of("vda1", "/"),
                                List.of("vdb", "/data"),
                                List.of("vdb", "/srv"))) {
                    line(
                            disk,
                            "kubevirt_vmi_filesystem_used_bytes",
                            labels.replace(
                                    "}",
                                    ",disk_name=\"%s\",mount_point=\"%s\"}"
                                            .formatted(mount.get(0), mount.get(1))),
                            diskBytes,
                            at);
                }
            }
        }

        private static void line(
                StringBuilder to, String name, String labels, long value, long at) {
            to.append(name).append(labels).append(' ').append(value).append(' ').append(at);
            to.append('\n');
        }

        String text() {
            return "# TYPE kubevirt_vmi_cpu_usage_seconds counter\n"
                    + cpu
                    + "# TYPE kubevirt_vmi_memory_available_bytes gauge\n"
                    + available
                    + "# TYPE kubevirt_vmi_memory_usable_bytes gauge\n"
                    + usable
                    + "# TYPE kubevirt_vmi_filesystem_used_bytes gauge\n"
                    + disk
                    + "# EOF\n";
        }
    }

    private static LocalPrometheus prometheus;

    @BeforeAll
    static void start() {
        var series = new Series();
        // Half of one of its two processors.
        series.machine("even", -600, 10_800, t -> (t + 600) / 2);
        // Restarted after an hour and a half: it counts from nothing again.
        series.machine("restarted", -600, 10_800, t -> (t < 5400 ? t + 600 : t - 5400) / 2);
        // Moved alive, in the middle of a sample: the new node counts from nothing, and for two
        // minutes both tell of it.
        series.machine("moved", "old", -600, 5520, t -> (Math.min(t, 5400) + 600) / 2);
        series.machine("moved", "new", 5400, 10_800, t -> (t - 5400) / 2);
        // Not scraped for 20 minutes.
        series.machine("gap", -600, 3600, t -> (t + 600) / 2);
        series.machine("gap", 4800, 10_800, t -> (t + 600) / 2);
        // The same, from the middle of five minutes to the middle of others.
        series.machine("torn", -600, 3660, t -> (t + 600) / 2);
        series.machine("torn", 4740, 10_800, t -> (t + 600) / 2);
        // Scraped twice in five minutes.
        for (long t = -600; t < 10_800; t += 300) {
            series.machine("flapping", t + 60, t + 90, at -> (at + 600) / 2);
        }
        // Stopped in the middle of five minutes, in the middle of the second hour.
        series.machine("stoppedWithin", -600, 5550, t -> (t + 600) / 2);
        // Gone after an hour.
        series.machine("gone", -600, 3600, t -> (t + 600) / 2);
        // Stopped in the middle of the second hour.
        series.machine("halfStopped", -600, 5400, t -> (t + 600) / 2);
        // More than it has.
        series.machine("lying", -600, 10_800, t -> 3 * (t + 600));
        // Its agent tells of disks that do not exist, its counter of processors that do not.
        series.machine("boasting", "n", -600, 10_800, t -> (t + 600) / 2, 100_000_000_000_000_000L);
        series.machine("leaping", -600, 10_800, t -> 5_000_000 * (t + 600));
        prometheus = LocalPrometheus.with(series.text());
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private static PrometheusUsage source(URI url, String selector) {
        var server =
                new PrometheusProperties.Server(
                        "a", url, selector, Optional.empty(), Map.of(), Duration.ofSeconds(10));
        return new PrometheusUsage(server, new RangeQuery(HttpClient.newHttpClient(), server));
    }

    private static MeteredHost host(String name, Period during, List<Period> stops) {
        return new MeteredHost(
                new MeteredHostId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                name,
                "extranet-ordinary",
                new Capacity(2, 4 * GIB, 100 * GIB),
                new Place("a", "ns"),
                during,
                stops);
    }

    private static List<UsageHour> read(MeteredHost... hosts) {
        var read = new ArrayList<UsageHour>();
        source(prometheus.url(), "").read(List.of(hosts), read::add);
        return read;
    }

    @Test
    void anHourIsTwelveMeansOfFiveMinutes() {
        var hours = read(host("even", HOURS, List.of()));
        assertThat(hours)
                .hasSize(3)
                .allSatisfy(hour -> {
                    assertThat(hour.samples()).isEqualTo(12);
                    assertThat(hour.cpuTimeMillis()).isEqualTo(500L * 3600);
                    assertThat(hour.cpuPeakMillis()).isEqualTo(500);
                    assertThat(hour.cpu()).hasToString("[2500" + ", 2500".repeat(11) + "]");
                    assertThat(hour.memoryByteSeconds()).hasValue(GIB * 3600);
                    assertThat(hour.memory()).hasToString("[2500" + ", 2500".repeat(11) + "]");
                    // Both of its disks, each once: one is mounted twice.
                    assertThat(hour.diskByteSeconds()).hasValue(10 * GIB * 3600);
                });
        assertThat(hours.getFirst().hour()).isEqualTo(BEGAN);
    }

    @Test
    void aCounterThatBeginsAnewIsNoLeap() {
        var hours = read(host("restarted", HOURS, List.of()));
        assertThat(hours).hasSize(3).allSatisfy(hour -> assertThat(hour.samples()).isEqualTo(12));
        // What was used between the last look and the restart nobody has seen.
        assertThat(hours.get(1).cpuTimeMillis()).isBetween(490L * 3600, 500L * 3600);
    }

    @Test
    void aHostThatMovesIsNotCountedTwice() {
        var hours = read(host("moved", HOURS, List.of()));
        assertThat(hours)
                .hasSize(3)
                .allSatisfy(hour -> {
                    assertThat(hour.samples()).isEqualTo(12);
                    assertThat(hour.quarantined()).isZero();
                    assertThat(hour.memoryByteSeconds()).hasValue(GIB * 3600);
                    assertThat(hour.diskByteSeconds()).hasValue(10 * GIB * 3600);
                    // What was used between two looks, one on each node, nobody has seen.
                    assertThat(hour.cpuTimeMillis()).isBetween(490L * 3600, 505L * 3600);
                    assertThat(hour.cpuPeakMillis()).isLessThanOrEqualTo(550);
                });
    }

    @Test
    void whatWasNotScrapedIsMissingAndNotZero() {
        var hours = read(host("gap", HOURS, List.of()));
        assertThat(hours).hasSize(3);
        assertThat(hours.get(1).samples()).isEqualTo(8);
        assertThat(hours.get(1).cpuPeakMillis()).isLessThanOrEqualTo(525);
        assertThat(hours.get(2).samples()).isEqualTo(12);
    }

    /** And of less than that nothing is made: two looks tell of a minute, not of five. */
    @Test
    void fiveMinutesThatWereScrapedInPartAreMissing() {
        var hour = read(host("torn", HOURS, List.of())).get(1);
        assertThat(hour.samples()).isEqualTo(8);
        assertThat(hour.cpuTimeMillis()).isEqualTo(500L * 3600 * 8 / 12);
        assertThat(read(host("flapping", HOURS, List.of()))).isEmpty();
    }

    /** Then it used nothing for the rest of them, and all is known. */
    @Test
    void fiveMinutesInWhichItWasStoppedCount() {
        var stopped = new Period(BEGAN.plusSeconds(5550), HOURS.to());
        var hour = read(host("stoppedWithin", HOURS, List.of(stopped))).get(1);
        assertThat(hour.samples()).isEqualTo(12);
        assertThat(hour.cpuTimeMillis()).isBetween(500L * 1950 - 40_000, 500L * 1950 + 40_000);
    }

    @Test
    void whoIsGoneHasNoHourAndWhoStandsStillUsesNothing() {
        assertThat(read(host("gone", HOURS, List.of()))).hasSize(1);
        var stopped = new Period(BEGAN.plusSeconds(3600), HOURS.to());
        var hours = read(host("gone", HOURS, List.of(stopped)));
        assertThat(hours).hasSize(3);
        assertThat(hours.get(2).samples()).isEqualTo(12);
        assertThat(hours.get(2).cpuTimeMillis()).isZero();
        assertThat(hours.get(2).memoryByteSeconds()).hasValue(0);
        assertThat(hours.get(2).diskByteSeconds()).hasValue(0);
        assertThat(hours.get(0).diskByteSeconds()).hasValue(10 * GIB * 3600);
    }

    /** No agent tells of a guest that is off, and what its disks hold is no use of them. */
    @Test
    void anHourOfWhichItStoodStillAPartHasADiskToo() {
        var stopped = new Period(BEGAN.plusSeconds(5400), HOURS.to());
        var hour = read(host("halfStopped", HOURS, List.of(stopped))).get(1);
        assertThat(hour.samples()).isEqualTo(12);
        assertThat(hour.diskByteSeconds().orElseThrow())
                .isBetween(10 * GIB * 1800, 10 * GIB * 2100 + 1);
    }

    @Test
    void moreThanItHasIsSetApart() {
        var hours = read(host("lying", HOURS, List.of()));
        assertThat(hours)
                .allSatisfy(hour -> {
                    assertThat(hour.samples()).isZero();
                    assertThat(hour.quarantined()).isEqualTo(12);
                });
    }

    /** From what a server tells to the rows of the database. */
    @Test
    void whatOneHostLiesAboutIsNotMeasuredAndAllOthersAre() {
        var names = List.of("boasting", "leaping", "even");
        try (var database = new BillingDatabase()) {
            var allocations = database.service(Allocations.class);
            for (var name : names) {
                var host = host(name, HOURS, List.of());
                allocations.record(
                        List.of(
                                new HostAllocation(
                                        host.host(),
                                        name,
                                        party(1),
                                        new MeteredSystem(
                                                new MeteredSystemId(new UUID(2, 1)), "s1", "系统"),
                                        host.pool(),
                                        host.capacity(),
                                        host.place(),
                                        BEGAN)));
            }
            var source = source(prometheus.url(), "");
            assertThat(database.service(Metering.class).read(source, HOURS)).isEqualTo(9);
            var rows =
                    database.sql()
                            .sql(
                                    """
                                    select a.host_name || ' ' || u.samples || ' ' || u.quarantined
                                        || ' ' || coalesce(u.disk_byte_seconds::text, '-')
                                    from usage_hour u join allocation a on a.host = u.host
                                    where u.hour = :hour order by a.host_name
                                    """)
                            .param("hour", BEGAN.atOffset(ZoneOffset.UTC))
                            .query(String.class)
                            .list();
            assertThat(rows)
                    .containsExactly(
                            "boasting 12 0 -", "even 12 0 " + 10 * GIB * 3600, "leaping 0 12 -");
        }
    }

    @Test
    void onlyHoursThatBeginWhileItIsAllocatedAreItsOwn() {
        var late = new Period(BEGAN.plusSeconds(1800), HOURS.to());
        assertThat(read(host("even", late, List.of())))
                .extracting(UsageHour::hour)
                .containsExactly(BEGAN.plusSeconds(3600), BEGAN.plusSeconds(7200));
    }

    @Test
    void aHostOfAnotherClusterIsNotItsMatter() {
        var elsewhere =
                new MeteredHost(
                        new MeteredHostId(UUID.randomUUID()),
                        "even",
                        "extranet-ordinary",
                        new Capacity(2, 4 * GIB, 100 * GIB),
                        new Place("b", "ns"),
                        HOURS,
                        List.of());
        assertThat(read(elsewhere)).isEmpty();
    }

    @Test
    void aSelectorNarrowsEverySeries() {
        var read = new ArrayList<UsageHour>();
        source(prometheus.url(), "node=\"another\"")
                .read(List.of(host("even", HOURS, List.of())), read::add);
        assertThat(read).isEmpty();
        source(prometheus.url(), "node=\"n\"")
                .read(List.of(host("even", HOURS, List.of())), read::add);
        assertThat(read).hasSize(3);
    }

    @Test
    void whereNobodyAnswersNothingIsTakenForNotMeasured() {
        var nobody = URI.create("http://127.0.0.1:9/");
        assertThatThrownBy(() ->
                        source(nobody, "").read(List.of(host("even", HOURS, List.of())), _ -> {}))
                .isInstanceOf(PrometheusUnavailable.class)
                .hasMessageContaining("127.0.0.1:9");
    }
}
