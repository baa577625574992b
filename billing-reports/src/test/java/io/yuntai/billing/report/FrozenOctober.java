package io.yuntai.billing.report;

import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Two units of three hosts each, for more than a year, and what they used in October 2026. */
final class FrozenOctober {

    static final YearMonth MONTH = YearMonth.of(2026, 10);
    static final Period PERIOD = Period.of(MONTH);
    static final int HOURS = 31 * 24;

    private final BillingDatabase database;

    FrozenOctober(BillingDatabase database) {
        this.database = database;
        var allocations = database.service(Allocations.class);
        for (int number = 1; number <= 6; number++) {
            allocations.record(
                    List.of(
                            allocation(
                                    number,
                                    (number + 2) / 3,
                                    4,
                                    ORDINARY,
                                    "2025-09-01T00:00:00Z")));
            allocations.confirm(List.of(host(number)), Instant.parse("2025-09-02T00:00:00Z"));
        }
    }

    /** Has every hour measured, with so many percent of the processors for each host. */
    void measured(ToIntFunction<Integer> percent) {
        measured(percent, HOURS);
    }

    /** Has the first hours measured. */
    void measured(ToIntFunction<Integer> percent, int hours) {
        measured(PERIOD, percent, hours);
    }

    /** Has the first hours of some time measured. */
    void measured(Period period, ToIntFunction<Integer> percent, int hours) {
        var _ =
                database.service(Metering.class)
                        .read(
                                (hosts, into) ->
                                        hosts.forEach(host ->
                                                IntStream.range(0, hours)
                                                        .mapToObj(at ->
                                                                hour(
                                                                        host,
                                                                        period.from()
                                                                                .plusSeconds(
                                                                                        at * 3600L),
                                                                        percent))
                                                        .forEach(into)),
                                period);
    }

    private static UsageHour hour(MeteredHost host, Instant at, ToIntFunction<Integer> percentOf) {
        int percent = percentOf.applyAsInt((int) host.host().value().getLeastSignificantBits());
        var capacity = host.capacity();
        return new UsageHour(
                host.host(),
                at,
                FiveMinutes.even(12, 100 * percent),
                FiveMinutes.even(12, 5000),
                0,
                capacity.vcpu() * 10L * percent * 3600,
                capacity.vcpu() * 10 * percent,
                OptionalLong.of(capacity.memoryBytes() / 2 * 3600),
                OptionalLong.of(capacity.diskBytes() / 2 * 3600));
    }
}
