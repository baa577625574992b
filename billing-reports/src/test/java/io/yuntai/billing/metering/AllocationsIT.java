package io.yuntai.billing.metering;

import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class AllocationsIT {

    private static final Period OCTOBER = Period.of(YearMonth.of(2026, 10));

    private final BillingDatabase database = new BillingDatabase();
    private final Allocations allocations = database.service(Allocations.class);
    private final AllocationStore store = database.service(AllocationStore.class);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void repeatingChangesNothing() {
        var all = List.of(allocation(1, 1, 4), allocation(2, 1, 8));
        allocations.record(all);
        var before = store.allocatedIn(OCTOBER);
        allocations.record(all);
        assertThat(store.allocatedIn(OCTOBER)).isEqualTo(before).hasSize(2);
    }

    @Test
    void aResizeEndsWhatWasWhereTheNewBegins() {
        allocations.record(List.of(allocation(1, 1, 4)));
        allocations.record(List.of(allocation(1, 1, 8, ORDINARY, "2026-10-31T02:30:00Z")));
        var hosts = store.allocatedIn(OCTOBER);
        assertThat(hosts).extracting(h -> h.capacity().vcpu()).containsExactly(4, 8);
        assertThat(hosts.getFirst().during())
                .isEqualTo(new Period(OCTOBER.from(), Instant.parse("2026-10-31T02:30:00Z")));
        assertThat(hosts.getLast().during())
                .isEqualTo(new Period(Instant.parse("2026-10-31T02:30:00Z"), OCTOBER.to()));
    }

    @Test
    void theFirstStateRepeatedAfterAResizeChangesNothing() {
        allocations.record(List.of(allocation(1, 1, 4)));
        allocations.record(List.of(allocation(1, 1, 8, ORDINARY, "2026-10-31T02:30:00Z")));
        allocations.record(List.of(allocation(1, 1, 4)));
        assertThat(store.allocatedIn(OCTOBER)).hasSize(2);
    }

    @Test
    void anotherContentFromTheSameMomentIsRefusedAndNothingRecorded() {
        allocations.record(List.of(allocation(1, 1, 4)));
        assertThatThrownBy(
                        () -> allocations.record(List.of(allocation(2, 1, 4), allocation(1, 1, 8))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.allocatedIn(OCTOBER))
                .extracting(MeteredHost::host)
                .containsExactly(host(1));
    }

    @Test
    void aBeginningBeforeWhatIsRecordedLaterIsRefused() {
        allocations.record(List.of(allocation(1, 1, 4)));
        assertThatThrownBy(() ->
                        allocations.record(
                                List.of(allocation(1, 1, 4, ORDINARY, "2025-12-31T00:00:00Z"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostThatEndedIsNotReadAfterwards() {
        allocations.record(List.of(allocation(1, 1, 4)));
        allocations.end(host(1), OCTOBER.from());
        allocations.end(host(1), OCTOBER.to());
        assertThat(store.allocatedIn(OCTOBER)).isEmpty();
    }

    @Test
    void aHostThatEndedAtItsBeginningNeverWas() {
        allocations.record(List.of(allocation(1, 1, 4)));
        allocations.end(host(1), Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(database.sql().sql("select count(*) from allocation").query(Long.class).single())
                .isZero();
    }

    @Test
    void aHostStandsStillFromWhenItIsStoppedUntilItIsStarted() {
        allocations.record(List.of(allocation(1, 1, 4), allocation(2, 1, 4)));
        allocations.stop(host(1), Instant.parse("2026-09-20T00:00:00Z"));
        allocations.stop(host(1), Instant.parse("2026-09-21T00:00:00Z"));
        allocations.start(host(1), Instant.parse("2026-10-02T00:00:00Z"));
        allocations.start(host(1), Instant.parse("2026-10-03T00:00:00Z"));
        allocations.stop(host(1), Instant.parse("2026-10-20T00:00:00Z"));
        var hosts = store.allocatedIn(OCTOBER);
        assertThat(hosts.getFirst().stops())
                .containsExactly(
                        new Period(OCTOBER.from(), Instant.parse("2026-10-02T00:00:00Z")),
                        new Period(Instant.parse("2026-10-20T00:00:00Z"), OCTOBER.to()));
        assertThat(hosts.getLast().stops()).isEmpty();
    }

    @Test
    void theFirstConfirmationStands() {
        allocations.confirm(List.of(host(1)), Instant.parse("2026-10-01T00:00:00Z"));
        allocations.confirm(List.of(host(1), host(2)), Instant.parse("2026-10-05T00:00:00Z"));
        assertThat(
                        database.sql()
                                .sql(
                                        "select extract(day from at at time zone 'UTC')::int from host_confirmed order by host")
                                .query(Integer.class)
                                .list())
                .containsExactly(1, 5);
    }

    @Test
    void theDatabaseRefusesTwoAllocationsOfAHostAtOnce() {
        allocations.record(List.of(allocation(1, 1, 4)));
        assertThatThrownBy(() ->
                        database.sql()
                                .sql(
                                        """
                                        insert into allocation select host, host_name, unit, system, pool, 2,
                                            memory_bytes, disk_bytes, '[2026-05-01,2026-06-01)', cluster, namespace from allocation
                                        """)
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
