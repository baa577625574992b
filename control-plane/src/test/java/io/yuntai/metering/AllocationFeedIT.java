package io.yuntai.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.ServerTest;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostsConfirmed;
import io.yuntai.onboarding.host.HostsDelivered;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
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
                Optional.empty());
    }
}
