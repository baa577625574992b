package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of live migrations. Every method joins the caller's transaction. */
@Repository
class HostMigrationStore {

    private static final String SELECT =
            """
            select m.*, h.name as host_name, h.system from host_migration m join host h on h.id = m.host
            """;

    private final JdbcClient jdbc;

    HostMigrationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One at a time in a namespace: whoever else orders one there waits for this transaction. */
    void claim(LeaseId namespace) {
        Exclusive.MIGRATION.hold(jdbc, namespace);
    }

    Optional<HostMigration> find(HostMigrationId id) {
        return jdbc.sql(SELECT + "where m.id = ?")
                .param(id.value())
                .query(HostMigrationStore::migration)
                .optional();
    }

    Optional<HostMigration> lock(HostMigrationId id) {
        var _ =
                jdbc.sql("select id from host_migration where id = ? for update")
                        .param(id.value())
                        .query(UUID.class)
                        .list();
        return find(id);
    }

    boolean isUnderWay(LeaseId namespace) {
        return jdbc.sql(
                                """
                                select count(*) from host_migration
                                where cluster = ? and namespace = ? and state <> 'ENDED'
                                """)
                        .params(namespace.cluster(), namespace.namespace())
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<HostMigration> underWay(SystemId system) {
        return jdbc.sql(SELECT + "where h.system = ? and m.state <> 'ENDED'")
                .param(system.value())
                .query(HostMigrationStore::migration)
                .list();
    }

    Set<SystemId> underWay() {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select distinct h.system from host_migration m join host h on h.id = m.host
                                where m.state <> 'ENDED'
                                """)
                        .query((row, _) -> new SystemId(row.getObject(1, UUID.class)))
                        .list());
    }

    /** Of a host, the latest first, at most 100. */
    List<HostMigration> of(HostId host) {
        return jdbc.sql(SELECT + "where m.host = ? order by m.ordered_at desc, m.id desc limit 100")
                .param(host.value())
                .query(HostMigrationStore::migration)
                .list();
    }

    void insert(HostMigration migration, PersonId by) {
        var _ =
                jdbc.sql(
                                """
                                insert into host_migration (id, host, cluster, namespace, state, cpu_millis,
                                    memory_bytes, ordered_by, ordered_at, since, gate, reason)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')
                                """)
                        .params(
                                migration.id().value(),
                                migration.host().value(),
                                migration.lease().cluster(),
                                migration.lease().namespace(),
                                migration.state().name(),
                                migration.surge().get(Resource.CPU),
                                migration.surge().get(Resource.MEMORY),
                                by.value(),
                                migration.since().atOffset(ZoneOffset.UTC),
                                migration.since().atOffset(ZoneOffset.UTC),
                                migration.gate())
                        .update();
    }

    /** Whether it was in the state that it comes from. */
    boolean advance(
            HostMigration from, HostMigration.State to, String gate, String reason, Instant at) {
        return jdbc.sql(
                                """
                                update host_migration set state = ?, gate = ?, reason = ?, since = ?
                                where id = ? and state = ?
                                """)
                        .params(
                                to.name(),
                                gate,
                                reason.substring(0, Math.min(500, reason.length())),
                                at.atOffset(ZoneOffset.UTC),
                                from.id().value(),
                                from.state().name())
                        .update()
                == 1;
    }

    private static HostMigration migration(ResultSet row, int number) throws SQLException {
        return new HostMigration(
                new HostMigrationId(row.getObject("id", UUID.class)),
                new HostId(row.getObject("host", UUID.class)),
                row.getString("host_name"),
                new SystemId(row.getObject("system", UUID.class)),
                new LeaseId(row.getString("cluster"), row.getString("namespace")),
                HostMigration.State.valueOf(row.getString("state")),
                Amounts.of(
                        Map.of(
                                Resource.CPU,
                                row.getLong("cpu_millis"),
                                Resource.MEMORY,
                                row.getLong("memory_bytes"))),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("gate"),
                row.getString("reason"));
    }
}
