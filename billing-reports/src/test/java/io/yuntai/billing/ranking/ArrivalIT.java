package io.yuntai.billing.ranking;

import static io.yuntai.billing.Sample.DOMESTIC;
import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** One month, measured hour by hour, that comes in one order and in another. */
class ArrivalIT {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final Period MONTH = Period.of(OCTOBER);
    private static final int HOURS = 31 * 24;
    private static final int HALF = 15 * 24;

    /** What comes late: of one nothing was there before, of the other too few samples. */
    private static final int MISSED = 100;

    private static final int BROKEN = 200;

    @Test
    void theOrderInWhichHoursComeChangesNothing() {
        try (var inOrder = town();
                var otherwise = town()) {
            read(inOrder, 0, HOURS, _ -> FiveMinutes.COUNT);
            // The later half first, and of the earlier one two hours after all others.
            read(otherwise, HALF, HOURS, _ -> FiveMinutes.COUNT);
            read(otherwise, 0, HALF, at -> at == MISSED ? 0 : at == BROKEN ? 8 : FiveMinutes.COUNT);
            var whole = inOrder.service(Rankings.class).run(OCTOBER).figures();
            assertThat(whole.scopes()).hasSize(6);
            assertThat(otherwise.service(Rankings.class).run(OCTOBER).figures())
                    .isNotEqualTo(whole);
            read(otherwise, BROKEN, BROKEN + 1, _ -> FiveMinutes.COUNT);
            read(otherwise, MISSED, MISSED + 1, _ -> FiveMinutes.COUNT);
            assertThat(otherwise.service(Rankings.class).run(OCTOBER).figures()).isEqualTo(whole);
            for (var scope : whole.scopes().keySet()) {
                assertThat(boards(otherwise, scope)).isEqualTo(boards(inOrder, scope));
            }
        }
    }

    /** As they are read by whoever asks for them. */
    private static List<Object> boards(BillingDatabase database, String scope) {
        var rankings = database.service(Rankings.class);
        var boards = new ArrayList<Object>();
        for (var board : Board.values()) {
            boards.add(rankings.of(OCTOBER, board, scope).orElseThrow());
        }
        for (var band : Band.values()) {
            for (var measure : SystemRow.Measure.values()) {
                boards.add(rankings.systems(OCTOBER, band, measure, scope, Optional.empty()));
            }
        }
        boards.add(List.copyOf(rankings.cities(OCTOBER, scope, Optional.empty()).orElseThrow()));
        return boards;
    }

    /** Three units in two pools; one host is resized within the month, and one goes to another. */
    private static BillingDatabase town() {
        var database = new BillingDatabase();
        var allocations = database.service(Allocations.class);
        for (int number = 1; number <= 12; number++) {
            allocations.record(
                    List.of(
                            allocation(
                                    number,
                                    1 + number % 3,
                                    2 + number,
                                    number % 4 == 0 ? DOMESTIC : ORDINARY,
                                    "2026-01-01T00:00:00Z")));
            allocations.confirm(List.of(host(number)), Instant.parse("2026-01-02T00:00:00Z"));
        }
        allocations.record(List.of(allocation(1, 2, 16, ORDINARY, "2026-10-10T02:30:00Z")));
        allocations.record(List.of(allocation(2, 1, 4, ORDINARY, "2026-10-20T16:00:00Z")));
        return database;
    }

    /** Of the later hours first, of the last host first. */
    private static void read(
            BillingDatabase database, int from, int to, ToIntFunction<Integer> samples) {
        var _ =
                database.service(Metering.class)
                        .read(
                                (hosts, into) -> {
                                    for (var host : hosts.reversed()) {
                                        for (int at = to - 1; at >= from; at--) {
                                            int count = samples.applyAsInt(at);
                                            if (count > 0 && host.during().contains(hour(at))) {
                                                into.accept(used(host, at, count));
                                            }
                                        }
                                    }
                                },
                                new Period(hour(from), hour(to)));
    }

    private static Instant hour(int at) {
        return MONTH.from().plusSeconds(3600L * at);
    }

    /** Another figure for each host and hour. */
    private static UsageHour used(MeteredHost host, int at, int samples) {
        int number = (int) host.host().value().getLeastSignificantBits();
        int percent = 5 + (number * 7 + at * 13) % 80;
        var capacity = host.capacity();
        long seconds = 300L * samples;
        return new UsageHour(
                host.host(),
                hour(at),
                FiveMinutes.even(samples, 100 * percent),
                FiveMinutes.even(samples, 100 * percent),
                0,
                capacity.vcpu() * 10L * percent * seconds,
                capacity.vcpu() * 10 * percent,
                OptionalLong.of(capacity.memoryBytes() / 100 * percent * seconds),
                OptionalLong.of(capacity.diskBytes() / 100 * percent * seconds));
    }
}
