package io.yuntai.sandbox.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.testkit.LocalPrometheus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * From an exporter that plays real traces, through a real Prometheus that scrapes it and the job
 * that reads it, to the ranking: the last four hours of a month, in which hosts stop, grow, move
 * and vanish. What comes out is worked out here from the traces alone.
 */
class TraceExporterIT {

    private static final YearMonth MONTH = YearMonth.of(2025, 9);
    private static final Instant BEGIN = Instant.parse("2025-09-30T12:00:00Z");
    private static final Instant END = Instant.parse("2025-09-30T16:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration SCRAPE = Duration.ofMillis(100);
    private static final long GIB = 1L << 30;

    private static final List<Trace> TRACES = Traces.bundled();

    private static final List<PlayedHost> HOSTS =
            List.of(
                    host(0, "steady", stay("n1", 4, "12:00", "16:00")),
                    host(
                            1,
                            "stopping",
                            stay("n1", 4, "12:00", "13:00"),
                            stay("n1", 4, "14:30", "16:00")),
                    host(
                            2,
                            "growing",
                            stay("n1", 4, "12:00", "14:00"),
                            stay("n1", 8, "14:01", "16:00")),
                    host(
                            3,
                            "moving",
                            stay("n1", 4, "12:00", "13:30"),
                            stay("n2", 4, "13:30", "16:00")),
                    host(4, "vanishing", stay("n1", 4, "12:00", "14:00")));

    @Test
    void aMonthIsRankedByWhatAPrometheusHasScraped() {
        try (var exporter = TraceExporter.start(HOSTS, List.of(), BEGIN, END, STEP);
                var prometheus = LocalPrometheus.scraping(exporter.url(), SCRAPE)) {
            await().atMost(Duration.ofMinutes(3)).until(exporter::isPlayed);
            try (var spring =
                    Billing.readingFrom(prometheus.url(), END.plus(Duration.ofMinutes(30)))) {
                allocate(spring.getBean(Allocations.class));
                var readings = spring.getBean(Readings.class);
                assertThat(readings.areReadUpTo(END)).isFalse();
                assertThat(readings.readClosedHours(Duration.ofMinutes(10), Duration.ofDays(35)))
                        .isEqualTo(4 * 4 + 2);
                assertThat(readings.areReadUpTo(END)).isTrue();
                var _ = spring.getBean(Rankings.class).compute(MONTH);
                assertRanked(row(spring.getBean(Rankings.class)));
            }
        }
    }

    private static RankingRow row(Rankings rankings) {
        return rankings.of(MONTH, Board.SCORE, "all").orElseThrow().ranked().getFirst().row();
    }

    private static void assertRanked(RankingRow row) {
        assertThat(row.hosts()).isEqualTo(5);
        assertThat(row.measuredHosts()).isEqualTo(5);
        assertThat(row.figures().coverage()).isEqualTo("100.00");
        long used = 0;
        for (int number = 0; number < HOSTS.size(); number++) {
            var host = HOSTS.get(number);
            for (var stay : host.stays()) {
                used += Math.round(100 * host.cpuSeconds(stay, BEGIN, stay.to()));
            }
        }
        // Four hosts of 4 vCPU for four hours, one for two; one has four more for two.
        long of = 100 * 3600L * (4 * 4 * 4 + 4 * 2 + 4 * 2);
        assertThat(row.figures().cpu().orElseThrow().toString()).isEqualTo(percent(used, of));
        // Off for an hour and a half of 18 of all hosts: capacity counts, use is none.
        long hours = 18;
        assertThat(row.figures().memory().orElseThrow().toString())
                .isEqualTo(percent(25 * (2 * hours - 3), 200 * hours));
        assertThat(row.figures().disk().orElseThrow().toString())
                .isEqualTo(percent(40 * (2 * hours - 3), 200 * hours));
    }

    private static String percent(long part, long of) {
        return BigDecimal.valueOf(100 * part)
                .divide(BigDecimal.valueOf(of), 2, RoundingMode.HALF_UP)
                .toString();
    }

    /** As onboarding tells it. */
    private static void allocate(Allocations allocations) {
        allocations.record(
                IntStream.range(0, HOSTS.size())
                        .mapToObj(number -> allocation(number, 4, BEGIN))
                        .toList());
        allocations.confirm(
                IntStream.range(0, HOSTS.size()).mapToObj(TraceExporterIT::id).toList(),
                BEGIN.minus(Duration.ofDays(20)));
        allocations.stop(id(1), time("13:00"));
        allocations.start(id(1), time("14:30"));
        allocations.record(List.of(allocation(2, 8, time("14:00"))));
        allocations.end(id(4), time("14:00"));
    }

    private static HostAllocation allocation(int number, int vcpu, Instant from) {
        return new HostAllocation(
                id(number),
                HOSTS.get(number).name(),
                new Party(new PartyId(new UUID(1, 1)), "U001", "一局", "440700"),
                new MeteredSystem(new MeteredSystemId(new UUID(2, 1)), "s1", "系统"),
                "extranet-ordinary",
                new Capacity(vcpu, 8 * GIB, 100 * GIB),
                new Place("a", "ns"),
                from);
    }

    private static MeteredHostId id(int number) {
        return new MeteredHostId(new UUID(3, number));
    }

    private static PlayedHost host(int trace, String name, PlayedHost.Stay... stays) {
        return new PlayedHost("ns", name, TRACES.get(trace), 8 * GIB, 40 * GIB, List.of(stays));
    }

    private static PlayedHost.Stay stay(String node, int vcpu, String from, String to) {
        return new PlayedHost.Stay(node, vcpu, time(from), time(to));
    }

    private static Instant time(String hour) {
        return Instant.parse("2025-09-30T" + hour + ":00Z");
    }
}
