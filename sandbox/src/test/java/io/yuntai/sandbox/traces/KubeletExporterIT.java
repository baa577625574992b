package io.yuntai.sandbox.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Allotment;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.NamespaceAllotment;
import io.yuntai.billing.metering.NamespaceAllotments;
import io.yuntai.billing.metering.NamespaceHour;
import io.yuntai.billing.metering.NamespaceUse;
import io.yuntai.billing.metering.NamespaceUses;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.Readings;
import io.yuntai.sandbox.traces.PlayedPod.Claim;
import io.yuntai.sandbox.traces.PlayedPod.Run;
import io.yuntai.testkit.LocalPrometheus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * From an exporter that plays kubelets, through a real Prometheus that scrapes it and the job that
 * reads it, to the use of namespaces: four hours in which a container begins anew, nothing is
 * scraped for a while, hosts run beside, one uses more than it was granted and one vanishes.
 */
class KubeletExporterIT {

    private static final Instant BEGIN = time("12:00");
    private static final Instant END = time("16:00");
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration SCRAPE = Duration.ofMillis(100);
    private static final long GIB = 1L << 30;
    private static final MeteredSystemId SYSTEM = new MeteredSystemId(new UUID(2, 1));
    private static final Claim DATA = new Claim("data", 10 * GIB, 20 * GIB);

    /** A host runs beside the pods of the shop, on disks of its own. */
    private static final List<PlayedPod> PODS =
            List.of(
                    pod("shop", "web-1", "app", 500, List.of(DATA), run("12:00", "16:00")),
                    pod("shop", "web-2", "app", 250, List.of(), run("12:00", "16:00")),
                    pod(
                            "shop",
                            "virt-launcher-h1-x2b4c",
                            "compute",
                            3000,
                            List.of(
                                    new Claim("h1", 40 * GIB, 50 * GIB),
                                    new Claim("h1-data1", 40 * GIB, 50 * GIB)),
                            run("12:00", "16:00")),
                    pod(
                            "restarting",
                            "web-1",
                            "app",
                            500,
                            List.of(),
                            run("12:00", "13:30"),
                            run("13:31", "16:00")),
                    pod(
                            "gap",
                            "web-1",
                            "app",
                            500,
                            List.of(),
                            run("12:00", "13:00"),
                            new Run(BEGIN, time("13:20"), END)),
                    pod("greedy", "web-1", "app", 2200, List.of(), run("12:00", "16:00")),
                    pod("vanishing", "web-1", "app", 500, List.of(), run("12:00", "14:00")),
                    pod("others", "web-1", "app", 500, List.of(), run("12:00", "16:00")));

    @Test
    void whatContainersUseIsReadFromWhatAPrometheusHasScraped() {
        try (var exporter = TraceExporter.start(List.of(), PODS, BEGIN, END, STEP);
                var prometheus = LocalPrometheus.scraping(exporter.url(), SCRAPE)) {
            await().atMost(Duration.ofMinutes(3)).until(exporter::isPlayed);
            try (var spring =
                    Billing.readingFrom(prometheus.url(), END.plus(Duration.ofMinutes(30)))) {
                grant(spring.getBean(NamespaceAllotments.class));
                spring.getBean(Allocations.class).record(List.of(host()));
                // Of five namespaces for four hours, one of which vanished after two.
                assertThat(
                                spring.getBean(Readings.class)
                                        .readClosedHours(
                                                Duration.ofMinutes(10), Duration.ofDays(35)))
                        .isEqualTo(4 * 4 + 2);
                assertUsed(spring.getBean(NamespaceUses.class));
            }
        }
    }

    private static void assertUsed(NamespaceUses uses) {
        var period = new Period(BEGIN, END);
        var of =
                uses.of(SYSTEM, period).stream()
                        .collect(
                                Collectors.toMap(
                                        use -> use.place().namespace(), Function.identity()));
        assertThat(of).containsOnlyKeys("shop", "restarting", "gap", "greedy", "vanishing");
        assertThat(of.get("shop"))
                .satisfies(measured(4, 48, 0, "100.00"))
                .satisfies(use -> {
                    assertThat(use.cpu().orElseThrow().mean()).isEqualTo(750);
                    assertThat(use.cpu().orElseThrow().percent().orElseThrow())
                            .isEqualByComparingTo("37.50");
                    assertThat(use.memory().orElseThrow().max()).isEqualTo(2 * GIB);
                    assertThat(use.storage().orElseThrow().mean()).isEqualTo(10 * GIB);
                    assertThat(use.storage().orElseThrow().percent().orElseThrow())
                            .isEqualByComparingTo("33.33");
                    assertThat(use.claimsBytes()).hasValue(20 * GIB);
                });
        assertThat(of.get("restarting"))
                .satisfies(measured(4, 48, 0, "100.00"))
                .satisfies(use -> {
                    // What was used between the last look and the restart nobody has seen.
                    assertThat(use.cpu().orElseThrow().mean()).isBetween(495L, 500L);
                    assertThat(use.cpu().orElseThrow().max()).isEqualTo(500);
                    assertThat(use.memory().orElseThrow().max()).isEqualTo(GIB);
                });
        assertThat(of.get("gap"))
                .satisfies(use -> {
                    // The hour with the gap has too few samples; it counts neither as zero.
                    assertThat(use.hours()).isEqualTo(3);
                    assertThat(use.coverage()).isEqualByComparingTo("75.00");
                    assertThat(use.cpu().orElseThrow().mean()).isEqualTo(500);
                });
        assertThat(
                        uses.hours(SYSTEM, period).stream()
                                .filter(hour -> hour.place().namespace().equals("gap"))
                                .map(NamespaceHour::samples))
                .containsExactly(12, 8, 12, 12);
        assertThat(of.get("greedy"))
                .satisfies(measured(0, 0, 48, "0.00"))
                .satisfies(use -> assertThat(use.cpu()).isEmpty());
        assertThat(of.get("vanishing"))
                .satisfies(measured(2, 24, 0, "50.00"))
                .satisfies(use ->
                        assertThat(use.cpu().map(NamespaceUse.Measure::mean))
                                .isEqualTo(Optional.of(500L)));
    }

    private static Consumer<NamespaceUse> measured(
            int hours, long samples, long quarantined, String coverage) {
        return use -> {
            assertThat(use.grantedHours()).isEqualTo(4);
            assertThat(use.hours()).isEqualTo(hours);
            assertThat(use.samples()).isEqualTo(samples);
            assertThat(use.quarantined()).isEqualTo(quarantined);
            assertThat(use.coverage()).isEqualByComparingTo(coverage);
        };
    }

    /** As onboarding tells it: what others have is not ours to read. */
    private static void grant(NamespaceAllotments allotments) {
        for (var namespace : List.of("shop", "restarting", "gap", "greedy", "vanishing")) {
            allotments.record(
                    new NamespaceAllotment(
                            new Place("a", namespace),
                            SYSTEM,
                            new Allotment(2000, 8 * GIB, 30 * GIB)),
                    BEGIN);
        }
    }

    private static HostAllocation host() {
        return new HostAllocation(
                new MeteredHostId(new UUID(3, 1)),
                "h1",
                new Party(new PartyId(new UUID(1, 1)), "U001", "一局", "440700"),
                new MeteredSystem(SYSTEM, "s1", "系统"),
                "extranet-ordinary",
                new Capacity(4, 8 * GIB, 100 * GIB),
                new Place("a", "shop"),
                BEGIN);
    }

    private static PlayedPod pod(
            String namespace,
            String pod,
            String container,
            int cpuMillis,
            List<Claim> claims,
            Run... runs) {
        return new PlayedPod(namespace, pod, container, cpuMillis, GIB, claims, List.of(runs));
    }

    private static Run run(String from, String to) {
        return new Run(time(from), time(from), time(to));
    }

    private static Instant time(String hour) {
        return Instant.parse("2025-09-30T" + hour + ":00Z");
    }
}
