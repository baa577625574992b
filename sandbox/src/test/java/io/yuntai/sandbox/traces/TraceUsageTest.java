package io.yuntai.sandbox.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TraceUsageTest {

    private static final Period OCTOBER = Period.of(YearMonth.of(2026, 10));

    private final TraceUsage source = new TraceUsage();

    @Test
    void theSameHostAlwaysUsesTheSame() {
        assertThat(read(host(7))).isEqualTo(read(host(7)));
    }

    @Test
    void aDayOfAHostIsTheDayOfItsTraceInShanghai() {
        var days = Traces.bundled();
        var hours = read(host(7)).subList(0, 24);
        assertThat(hours.getFirst().hour()).isEqualTo(Instant.parse("2026-09-30T16:00:00Z"));
        long cpu = hours.stream().mapToLong(UsageHour::cpuTimeMillis).sum();
        // 4 vCPU: a percent of five minutes is 40 thousandths for 300 seconds
        assertThat(days).anyMatch(day -> day.sum() * 40L * 300 == cpu);
    }

    @Test
    void theDayIsRepeated() {
        var hours = read(host(7));
        assertThat(hours).hasSize(31 * 24);
        assertThat(hours.get(24).cpuTimeMillis()).isEqualTo(hours.getFirst().cpuTimeMillis());
    }

    @Test
    void aHostThatBeganWithinAnHourIsReadFromTheNext() {
        var from = Instant.parse("2026-10-31T02:30:00Z");
        var host = host(7, new Period(from, OCTOBER.to()));
        assertThat(read(host).getFirst().hour()).isEqualTo(Instant.parse("2026-10-31T03:00:00Z"));
        assertThat(read(host)).hasSize(13);
    }

    @Test
    void fewHostsHaveGapsAndNoneUsesMoreThanItHas() {
        var counts = LongStream.range(0, 400).mapToObj(i -> (long) read(host(i)).size()).toList();
        long gaps = counts.stream().filter(hours -> hours < 31 * 24 * 8 / 10).count();
        assertThat(gaps).isBetween(2L, 30L);
        for (long i = 0; i < 100; i++) {
            assertThat(read(host(i)))
                    .allSatisfy(hour -> {
                        assertThat(hour.cpuPeakMillis()).isLessThanOrEqualTo(4000);
                        assertThat(hour.memoryByteSeconds().orElseThrow())
                                .isLessThanOrEqualTo(8_000_000L * 3600);
                    });
        }
    }

    private List<UsageHour> read(MeteredHost host) {
        var hours = new ArrayList<UsageHour>();
        source.read(List.of(host), hours::add);
        return hours;
    }

    private static MeteredHost host(long number) {
        return host(number, OCTOBER);
    }

    private static MeteredHost host(long number, Period during) {
        return new MeteredHost(
                new MeteredHostId(new UUID(3, number)),
                "host-" + number,
                "extranet-ordinary",
                new Capacity(4, 8_000_000, 100_000_000),
                new Place("a", "ns"),
                during,
                List.of());
    }
}
