package io.yuntai.billing.reconciliation;

import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.reconciliation.Balance.Measure;
import io.yuntai.billing.report.Reports;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
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
        has(1, 4, "2026-09-01T00:00:00Z");
        has(2, 8, "2026-09-01T00:00:00Z");
        has(3, 16, "2026-10-05T00:00:00Z");
        has(1, 6, "2026-10-10T00:00:00Z");
        has(2, 5, "2026-10-11T00:00:00Z");
        has(4, 32, "2026-10-12T00:00:00Z");
        allocations.end(host(4), Instant.parse("2026-10-20T00:00:00Z"));
        // Next month's: the first moment of a month is that month's.
        has(5, 64, "2026-10-31T16:00:00Z");
        assertThat(vcpu(OCTOBER))
                .isEqualTo(new Balance(ORDINARY, Measure.VCPU, 12, 48, 2, 3, 32, 27));
        assertThat(vcpu(OCTOBER).difference()).isZero();
        assertThat(vcpu(OCTOBER.plusMonths(1)).before()).isEqualTo(27);
        assertThat(vcpu(OCTOBER.plusMonths(1)).opened()).isEqualTo(64);
    }

    @Test
    void aDifferenceToWhatWasPublishedIsShown() {
        has(1, 4, "2026-09-01T00:00:00Z");
        var _ = database.service(Reports.class).freeze(OCTOBER);
        // Somebody writes into the past.
        var _ = database.sql().sql("update allocation set vcpu = 5").update();
        var november = vcpu(OCTOBER.plusMonths(1));
        assertThat(november.before()).isEqualTo(4);
        assertThat(november.after()).isEqualTo(5);
        assertThat(november.difference()).isOne();
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
        allocations.record(List.of(allocation(number, 1, vcpu, ORDINARY, from)));
    }

    private Balance vcpu(YearMonth month) {
        return balances.of(month, BillingDatabase.NOW).stream()
                .filter(balance -> balance.measure() == Measure.VCPU)
                .findAny()
                .orElseThrow();
    }
}
