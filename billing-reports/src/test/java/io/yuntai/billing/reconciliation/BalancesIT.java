package io.yuntai.billing.reconciliation;

import static io.yuntai.billing.Sample.GIB;
import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.reconciliation.Balance.Measure;
import io.yuntai.billing.report.Reports;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BalancesIT {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private final BillingDatabase database = new BillingDatabase();
    private final Allocations allocations = database.service(Allocations.class);
    private final Balances balances = database.service(Balances.class);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void lastMonthAndWhatMovedAreThisMonth() {
        has(1, 4, 10, 100, "2026-09-01T00:00:00Z");
        has(2, 8, 30, 700, "2026-09-01T00:00:00Z");
        has(3, 16, 50, 300, "2026-10-05T00:00:00Z");
        has(1, 6, 13, 90, "2026-10-10T00:00:00Z");
        has(2, 5, 23, 750, "2026-10-11T00:00:00Z");
        has(4, 32, 70, 900, "2026-10-12T00:00:00Z");
        allocations.end(host(4), Instant.parse("2026-10-20T00:00:00Z"));
        // Next month's: the first moment of a month is that month's.
        has(5, 64, 110, 1100, "2026-10-31T16:00:00Z");
        assertThat(balances.of(OCTOBER, BillingDatabase.NOW))
                .containsExactlyInAnyOrder(
                        new Balance(ORDINARY, Measure.VCPU, 12, 48, 2, 3, 32, 27),
                        gib(Measure.MEMORY, 40, 120, 3, 7, 70, 86),
                        gib(Measure.DISK, 800, 1200, 50, 10, 900, 1140))
                .allSatisfy(balance -> assertThat(balance.difference()).isZero());
        assertThat(balances.of(OCTOBER.plusMonths(1), BillingDatabase.NOW))
                .containsExactlyInAnyOrder(
                        new Balance(ORDINARY, Measure.VCPU, 27, 64, 0, 0, 0, 91),
                        gib(Measure.MEMORY, 86, 110, 0, 0, 0, 196),
                        gib(Measure.DISK, 1140, 1100, 0, 0, 0, 2240));
    }

    private static Balance gib(
            Measure measure,
            long before,
            long opened,
            long expanded,
            long shrunk,
            long reclaimed,
            long after) {
        return new Balance(
                ORDINARY,
                measure,
                before * GIB,
                opened * GIB,
                expanded * GIB,
                shrunk * GIB,
                reclaimed * GIB,
                after * GIB);
    }

    @Test
    void aDifferenceToWhatWasPublishedIsShown() {
        has(1, 4, "2026-09-01T00:00:00Z");
        var _ = database.service(Reports.class).freeze(OCTOBER);
        // Somebody writes into the past.
        var _ =
                database.sql()
                        .sql(
                                """
                                update allocation set vcpu = 5, memory_bytes = memory_bytes + 7,
                                    disk_bytes = disk_bytes + 9
                                """)
                        .update();
        var november = vcpu(OCTOBER.plusMonths(1));
        assertThat(november.before()).isEqualTo(4);
        assertThat(november.after()).isEqualTo(5);
        assertThat(
                        balances.of(OCTOBER.plusMonths(1), BillingDatabase.NOW).stream()
                                .collect(toMap(Balance::measure, Balance::difference)))
                .isEqualTo(Map.of(Measure.VCPU, 1L, Measure.MEMORY, 7L, Measure.DISK, 9L));
    }

    /** Nobody has anything in it any more, and what was published of it does not vanish. */
    @Test
    void aPoolThatWasPublishedWithSomethingHasItsRowWhenNothingStandsInIt() {
        has(1, 4, "2026-09-01T00:00:00Z");
        var _ = database.service(Reports.class).freeze(OCTOBER);
        // Somebody writes into the past: the host never was.
        var _ = database.sql().sql("delete from allocation").update();
        assertThat(vcpu(OCTOBER.plusMonths(1)))
                .isEqualTo(new Balance(ORDINARY, Measure.VCPU, 4, 0, 0, 0, 0, 0));
        assertThat(vcpu(OCTOBER.plusMonths(1)).difference()).isEqualTo(-4);
        assertThat(balances.of(OCTOBER.plusMonths(2), BillingDatabase.NOW)).isEmpty();
    }

    private void has(int number, int vcpu, String from) {
        has(number, vcpu, 8, 100, from);
    }

    private void has(int number, int vcpu, int memoryGib, int diskGib, String from) {
        var like = allocation(number, 1, vcpu, ORDINARY, from);
        allocations.record(
                List.of(
                        new HostAllocation(
                                like.host(),
                                like.hostName(),
                                like.party(),
                                like.system(),
                                like.pool(),
                                new Capacity(vcpu, memoryGib * GIB, diskGib * GIB),
                                like.place(),
                                like.from())));
    }

    private Balance vcpu(YearMonth month) {
        return balances.of(month, BillingDatabase.NOW).stream()
                .filter(balance -> balance.measure() == Measure.VCPU)
                .findAny()
                .orElseThrow();
    }
}
