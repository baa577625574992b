package io.yuntai.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.ServerTest;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostRecycled;
import io.yuntai.onboarding.host.HostRestored;
import io.yuntai.onboarding.host.HostRuns;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.HostStopped;
import io.yuntai.onboarding.host.HostsConfirmed;
import io.yuntai.onboarding.host.HostsDelivered;
import io.yuntai.onboarding.host.HostsMoved;
import io.yuntai.onboarding.host.HostsResized;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What onboarding delivers is in the meter, with its owner and its hours, or neither is. */
@ServerTest
class AllocationFeedIT {

    private static final Instant DELIVERED = Instant.parse("2026-10-05T02:20:00Z");
    private static final Instant CONFIRMED = Instant.parse("2026-10-06T00:00:00Z");

    @Autowired private ApplicationEventPublisher events;
    @Autowired private TransactionTemplate transaction;
    @Autowired private Metering metering;
    @Autowired private JdbcClient sql;

    private final Host host = host(UUID.randomUUID());

    @Test
    void aDeliveredHostIsItsUnitsFromThatMomentOn() {
        deliver();
        assertThat(row("unit")).isEqualTo(host.unit().value());
        assertThat(row("system")).isEqualTo(host.system().value());
        assertThat(row("pool")).isEqualTo("extranet-domestic");
        assertThat(
                        sql.sql("select name || region from party where unit = ?")
                                .param(host.unit().value())
                                .query(String.class)
                                .single())
                .isEqualTo(host.unitName() + "440700");
        assertThat(metered("2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z"))
                .singleElement()
                .satisfies(metered -> {
                    assertThat(metered.capacity()).isEqualTo(new Capacity(4, 8L << 30, 80L << 30));
                    assertThat(metered.during().from()).isEqualTo(DELIVERED);
                });
        assertThat(metered("2026-10-01T00:00:00Z", "2026-10-05T00:00:00Z")).isEmpty();
    }

    @Test
    void toldTwiceItIsAllocatedOnce() {
        deliver();
        deliver();
        assertThat(metered("2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z")).hasSize(1);
    }

    @Test
    void aDeliveryThatIsRolledBackIsNotMetered() {
        transaction.executeWithoutResult(status -> {
            events.publishEvent(new HostsDelivered(List.of(host), DELIVERED));
            status.setRollbackOnly();
        });
        assertThat(metered("2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z")).isEmpty();
    }

    /**
     * The hour in which it moves is the old owner's: an hour is of who had the host as it began.
     */
    @Test
    void aHostThatMovesIsTheOldOwnersBeforeAndTheNewOnesAfter() {
        deliver();
        var moved = Instant.parse("2026-10-20T10:30:00Z");
        var after = withUnit(new UnitId(UUID.randomUUID()));
        for (int i = 0; i < 2; i++) {
            transaction.executeWithoutResult(
                    _ -> events.publishEvent(new HostsMoved(List.of(after), moved)));
        }
        assertThat(
                        sql.sql(
                                        """
                                        select unit::text || ' ' || coalesce(upper(during)::text, '-')
                                        from allocation where host = ? order by during
                                        """)
                                .param(host.id().value())
                                .query(String.class)
                                .list())
                .hasSize(2)
                .satisfies(rows -> {
                    assertThat(rows.getFirst()).startsWith(host.unit() + " ").doesNotEndWith("-");
                    assertThat(rows.getLast()).isEqualTo(after.unit() + " -");
                });
        assertThat(metered("2026-10-20T00:00:00Z", "2026-10-21T00:00:00Z"))
                .extracting(one -> one.during().from())
                .containsExactly(Instant.parse("2026-10-20T00:00:00Z"), moved);
        var sums = usage();
        assertThat(sums).containsEntry(host.unit().value(), hoursBetween(DELIVERED, moved));
        assertThat(sums)
                .containsEntry(
                        after.unit().value(),
                        hoursBetween(moved, Instant.parse("2026-10-31T16:00:00Z")));
    }

    /** Hours that began in between; the first of them may be the one that is under way. */
    private static long hoursBetween(Instant from, Instant to) {
        return Math.ceilDiv(to.getEpochSecond(), 3600) - Math.ceilDiv(from.getEpochSecond(), 3600);
    }

    /**
     * The hours of October that each unit had the host in, by the rule that rankings are made by.
     */
    private Map<UUID, Long> usage() {
        var hours = new HashMap<UUID, Long>();
        sql.sql(
                        """
                        select a.unit, count(*) as hours from allocation a
                        join generate_series(timestamptz '2026-09-30T16:00Z', timestamptz '2026-10-31T15:00Z',
                                             interval '1 hour') h (hour) on a.during @> h.hour
                        where a.host = ? group by a.unit
                        """)
                .param(host.id().value())
                .query(row -> {
                    hours.put(row.getObject("unit", UUID.class), row.getLong("hours"));
                });
        return hours;
    }

    private Host withUnit(UnitId unit) {
        return new Host(
                host.id(),
                host.name(),
                host.system(),
                host.systemCode(),
                host.systemName(),
                unit,
                "V" + host.id(),
                "政务服务局",
                host.unitRegion(),
                host.pool(),
                host.vcpu(),
                host.memoryBytes(),
                host.diskBytes(),
                host.storageClass(),
                host.state(),
                host.reason(),
                host.cluster(),
                host.namespace(),
                host.deliveredAt(),
                host.plan(),
                host.notes());
    }

    @Test
    void aHostThatWasStoppedIsMeteredAsStandingStillUntilItRunsAgain() {
        deliver();
        var stopped = Instant.parse("2026-10-10T00:00:00Z");
        var runs = Instant.parse("2026-10-11T00:00:00Z");
        transaction.executeWithoutResult(_ -> {
            events.publishEvent(new HostRuns(host.id(), stopped.minusSeconds(60)));
            events.publishEvent(new HostStopped(host.id(), stopped));
            events.publishEvent(new HostStopped(host.id(), stopped.plusSeconds(60)));
            events.publishEvent(new HostRuns(host.id(), runs));
        });
        assertThat(metered("2026-10-09T00:00:00Z", "2026-10-12T00:00:00Z"))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.stops()).containsExactly(new Period(stopped, runs)));
    }

    /** Its file systems are on all of its disks, and are measured together. */
    @Test
    void aDataDiskIsCapacityFromTheMomentItIsThere() {
        deliver();
        var more = Instant.parse("2026-10-10T10:30:00Z");
        var after =
                with(
                        plan(
                                HostLife.State.CHANGING,
                                true,
                                List.of(new DataDisk(1, 20L << 30, "ssd"))));
        transaction.executeWithoutResult(
                _ -> events.publishEvent(new HostsResized(List.of(after), more)));
        assertThat(metered("2026-10-10T00:00:00Z", "2026-10-11T00:00:00Z"))
                .extracting(one -> one.capacity().diskBytes() >> 30, one -> one.during().from())
                .containsExactly(
                        tuple(80L, Instant.parse("2026-10-10T00:00:00Z")), tuple(100L, more));
    }

    /** While its quota is charged for all of it, it is its unit's; it stands still meanwhile. */
    @Test
    void aHostInTheRecycleBinIsItsUnitsForAsLongAsItsQuotaIsCharged() {
        deliver();
        var at = Instant.parse("2026-10-10T00:00:00Z");
        var charged = with(plan(HostLife.State.RECYCLE_BIN, true, List.of()));
        publish(new HostRecycled(charged, at));
        assertThat(metered("2026-10-10T00:00:00Z", "2026-10-11T00:00:00Z")).hasSize(1);
        publish(new HostRecycled(with(plan(HostLife.State.RECYCLE_BIN, false, List.of())), at));
        assertThat(metered("2026-10-10T00:00:00Z", "2026-10-11T00:00:00Z")).isEmpty();
    }

    @Test
    void aHostThatWasGivenBackIsItsUnitsAgainWhenItIsRestored() {
        deliver();
        var recycled = Instant.parse("2026-10-10T00:00:00Z");
        var moved = Instant.parse("2026-10-11T00:00:00Z");
        var restored = Instant.parse("2026-10-12T00:00:00Z");
        var given = with(plan(HostLife.State.RECYCLE_BIN, false, List.of()));
        publish(new HostRecycled(given, recycled));
        // Its system moves meanwhile: that brings back nothing.
        publish(new HostsMoved(List.of(given), moved));
        publish(new HostRestored(with(plan(HostLife.State.STOPPED, false, List.of())), restored));
        assertThat(metered("2026-10-09T00:00:00Z", "2026-10-13T00:00:00Z"))
                .extracting(MeteredHost::during)
                .containsExactly(
                        new Period(Instant.parse("2026-10-09T00:00:00Z"), recycled),
                        new Period(restored, Instant.parse("2026-10-13T00:00:00Z")));
    }

    private void publish(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
    }

    private Host with(Host.Plan plan) {
        return new Host(
                host.id(),
                host.name(),
                host.system(),
                host.systemCode(),
                host.systemName(),
                host.unit(),
                host.unitCode(),
                host.unitName(),
                host.unitRegion(),
                host.pool(),
                host.vcpu(),
                host.memoryBytes(),
                host.diskBytes(),
                host.storageClass(),
                host.state(),
                host.reason(),
                host.cluster(),
                host.namespace(),
                host.deliveredAt(),
                plan,
                host.notes());
    }

    @Test
    void theFirstConfirmationCounts() {
        deliver();
        for (var at : List.of(CONFIRMED, CONFIRMED.plusSeconds(60))) {
            transaction.executeWithoutResult(
                    _ -> events.publishEvent(new HostsConfirmed(List.of(host.id()), at)));
        }
        assertThat(
                        sql.sql("select at from host_confirmed where host = ?")
                                .param(host.id().value())
                                .query(OffsetDateTime.class)
                                .single()
                                .toInstant())
                .isEqualTo(CONFIRMED);
    }

    private void deliver() {
        transaction.executeWithoutResult(
                _ -> events.publishEvent(new HostsDelivered(List.of(host), DELIVERED)));
    }

    private Object row(String column) {
        return sql.sql("select " + column + " from allocation where host = ?")
                .param(host.id().value())
                .query((row, _) -> row.getObject(1))
                .single();
    }

    private List<MeteredHost> metered(String from, String to) {
        var mine = new ArrayList<MeteredHost>();
        metering.read(
                (hosts, _) ->
                        hosts.stream()
                                .filter(one -> one.host().value().equals(host.id().value()))
                                .forEach(mine::add),
                new Period(Instant.parse(from), Instant.parse(to)));
        return mine;
    }

    private static Host host(UUID id) {
        return new Host(
                new HostId(id),
                "egov-0001",
                new SystemId(UUID.randomUUID()),
                "egov",
                "一网通办",
                new UnitId(UUID.randomUUID()),
                "U" + id,
                "大数据局",
                "440700",
                PoolId.of("extranet-domestic"),
                4,
                8L << 30,
                80L << 30,
                "ssd",
                Host.State.RUNNING,
                "Running",
                "real",
                "egov-extranet-d",
                Optional.empty(),
                plan(HostLife.State.TRIAL, true, List.of()),
                Host.Notes.NONE);
    }

    private static Host.Plan plan(HostLife.State life, boolean holds, List<DataDisk> disks) {
        return new Host.Plan(
                life,
                1,
                life == HostLife.State.TRIAL,
                false,
                holds,
                Host.Times.NEVER,
                Host.Times.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                disks,
                List.of(),
                HostSetup.PLAIN,
                Optional.empty());
    }
}
