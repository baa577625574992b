package io.yuntai.billing.ranking;

import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A month of a city: 105 units and 1,500 hosts, 1.1 million hours. Says how long each step took and
 * holds it to limits that only a wrong plan breaks; {@code -Dcity.hosts=8350} is a larger one.
 */
class CityMonthIT {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final Period MONTH = Period.of(OCTOBER);
    private static final int UNITS = 105;
    private static final int HOSTS = Integer.getInteger("city.hosts", 1500);
    private static final int HOURS = 31 * 24;

    private final BillingDatabase database = new BillingDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aMonthIsTakenInRankedAndShown() {
        var allocations = database.service(Allocations.class);
        var hosts =
                IntStream.range(0, HOSTS)
                        .mapToObj(
                                i -> allocation(i, i % UNITS, 4, ORDINARY, "2026-01-01T00:00:00Z"))
                        .toList();
        took("allocations", () -> allocations.record(hosts));
        allocations.confirm(
                hosts.stream().map(each -> each.host()).toList(),
                Instant.parse("2026-01-02T00:00:00Z"));
        var metering = database.service(Metering.class);
        took(
                "first reading",
                () ->
                        assertThat(metering.read(CityMonthIT::read, MONTH))
                                .isEqualTo((long) HOSTS * HOURS));
        analyze();
        took(
                "reading again",
                () -> assertThat(metering.read(CityMonthIT::read, MONTH)).isPositive());
        analyze();
        var bare = took("bare aggregate", this::bareAggregate);
        var rankings = database.service(Rankings.class);
        var ranked =
                took(
                        "ranking",
                        () -> assertThat(rankings.compute(OCTOBER).ranked()).isEqualTo(UNITS));
        var shown =
                took(
                        "board",
                        () -> assertThat(rankings.of(OCTOBER, Board.SCORE, "all")).isPresent());
        assertThat(ranked).isLessThan(bare.multipliedBy(20));
        assertThat(shown).isLessThan(Duration.ofSeconds(2));
    }

    private static void read(List<MeteredHost> hosts, Consumer<UsageHour> into) {
        for (var host : hosts) {
            for (int hour = 0; hour < HOURS; hour++) {
                into.accept(hour(host, hour));
            }
        }
    }

    private static UsageHour hour(MeteredHost host, int hour) {
        long number = host.host().value().getLeastSignificantBits();
        int percent = (int) ((number * 7 + hour * 13L) % 60);
        return new UsageHour(
                host.host(),
                MONTH.from().plusSeconds(hour * 3600L),
                FiveMinutes.even(12, 100 * percent),
                FiveMinutes.even(12, 5000),
                0,
                40L * percent * 3600,
                40 * (percent + 5),
                OptionalLong.of(host.capacity().memoryBytes() / 2 * 3600),
                OptionalLong.of(host.capacity().diskBytes() / 3 * 3600L));
    }

    private void bareAggregate() {
        assertThat(
                        database.sql()
                                .sql(
                                        """
                                        select a.unit, sum(u.cpu_time_ms) / sum(300000 * a.vcpu * u.samples),
                                            sum(u.memory_byte_seconds) / sum(300 * a.memory_bytes * u.samples),
                                            sum(u.disk_byte_seconds) / sum(300 * a.disk_bytes * u.samples)
                                        from usage_hour u join allocation a on a.host = u.host and a.during @> u.hour
                                        where u.samples >= 9 group by a.unit
                                        """)
                                .query()
                                .listOfRows())
                .hasSize(UNITS);
    }

    private void analyze() {
        var _ = database.sql().sql("analyze").update();
    }

    private static Duration took(String step, Runnable what) {
        long start = System.nanoTime();
        what.run();
        var took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("%s, %d hosts: %d ms%n", step, HOSTS, took.toMillis());
        return took;
    }
}
