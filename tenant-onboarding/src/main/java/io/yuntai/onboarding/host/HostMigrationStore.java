package io.yuntai.onboarding.host;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of live migrations. Every method joins the caller's transaction. */
@Repository
class HostMigrationStore {

    private static final String SELECT =
            """
            select m.*, h.name as host_name, h.system from host_migration m join host h on h.id = m.host
            """;

    private static final String MATCHING =
            """
            from host_migration m
            join host h on h.id = m.host
            join system s on s.id = h.system
            join system_owner o on o.system = s.id and upper_inf(o.during)
            where (cast(:scope as uuid) is null or o.unit = cast(:scope as uuid))
              and (cast(:cluster as text) is null or m.cluster = cast(:cluster as text))
              and (cast(:state as text) is null or m.state = cast(:state as text))
              and (not :underWay or m.state <> 'ENDED')
              and (h.name like :pattern or s.name like :pattern or m.namespace like :pattern
                   or m.source_node like :pattern or m.target_node like :pattern)
            """;

    private static final Map<String, String> SORTS =
            Map.of("orderedAt", "m.ordered_at", "since", "m.since", "host", "h.name");

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

    /** Whether what a cluster has begun was taken in before. */
    boolean isKnown(LeaseId namespace, String evacuation) {
        return jdbc.sql(
                        """
                        select exists (select from host_migration
                                       where cluster = ? and namespace = ? and name = ?)
                        """)
                .params(namespace.cluster(), namespace.namespace(), evacuation)
                .query(Boolean.class)
                .single();
    }

    /** What those of a pool take whose namespaces are closed for it, and nobody has paid yet. */
    Amounts unpaid(PoolId pool) {
        return jdbc.sql(
                        """
                        select coalesce(sum(m.cpu_millis), 0) as cpu_millis,
                               coalesce(sum(m.memory_bytes), 0) as memory_bytes
                        from host_migration m join host h on h.id = m.host
                        where h.pool = ? and m.state in ('CLOSING', 'CLOSED')
                        """)
                .param(pool.toString())
                .query((row, _) -> surge(row))
                .single();
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

    /** Up to limit + 1; those that were ordered at one time by id. */
    List<HostMigrationEntry> page(
            PageQuery query, Sort sort, Optional<UnitId> scope, HostMigrationFilter filter) {
        return jdbc.sql(
                        "select m.*, h.name as host_name, h.system, s.name as system_name "
                                + MATCHING
                                + "order by "
                                + SORTS.get(sort.field())
                                + (sort.descending() ? " desc" : "")
                                + ", m.id"
                                + query.slice())
                .params(matching(query, scope, filter))
                .query((row, number) ->
                        new HostMigrationEntry(
                                migration(row, number),
                                row.getString("system_name"),
                                row.getObject("ordered_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, HostMigrationFilter filter) {
        return jdbc.sql("select count(*) " + MATCHING)
                .params(matching(query, scope, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<UnitId> scope, HostMigrationFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("pattern", query.pattern());
        params.put("scope", scope.map(UnitId::value).orElse(null));
        params.put("cluster", filter.cluster().orElse(null));
        params.put("state", filter.state().map(Enum::name).orElse(null));
        params.put("underWay", filter.underWay());
        return params;
    }

    void insert(HostMigration migration, Optional<PersonId> by) {
        var _ =
                jdbc.sql(
                                """
                                insert into host_migration (id, host, cluster, namespace, state, cpu_millis,
                                    memory_bytes, ordered_by, ordered_at, since, gate, name, reason)
                                values (?, ?, ?, ?, ?, ?, ?, cast(nullif(?, '') as uuid), ?, ?, ?,
                                    nullif(?, ''), '')
                                """)
                        .params(
                                migration.id().value(),
                                migration.host().value(),
                                migration.lease().cluster(),
                                migration.lease().namespace(),
                                migration.state().name(),
                                migration.surge().get(Resource.CPU),
                                migration.surge().get(Resource.MEMORY),
                                by.map(one -> one.value().toString()).orElse(""),
                                migration.since().atOffset(ZoneOffset.UTC),
                                migration.since().atOffset(ZoneOffset.UTC),
                                migration.gate(),
                                migration.evacuation().orElse(""))
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

    /** Notes between which nodes it goes. */
    void between(HostMigrationId id, HostMigration.Nodes nodes) {
        var _ =
                jdbc.sql("update host_migration set source_node = ?, target_node = ? where id = ?")
                        .params(nodes.from(), nodes.to(), id.value())
                        .update();
    }

    private static HostMigration migration(ResultSet row, int number) throws SQLException {
        return new HostMigration(
                new HostMigrationId(row.getObject("id", UUID.class)),
                new HostId(row.getObject("host", UUID.class)),
                row.getString("host_name"),
                new SystemId(row.getObject("system", UUID.class)),
                new LeaseId(row.getString("cluster"), row.getString("namespace")),
                HostMigration.State.valueOf(row.getString("state")),
                surge(row),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("gate"),
                row.getString("reason"),
                new HostMigration.Nodes(row.getString("source_node"), row.getString("target_node")),
                Optional.ofNullable(row.getString("name")));
    }

    private static Amounts surge(ResultSet row) throws SQLException {
        return Amounts.of(
                Map.of(
                        Resource.CPU,
                        row.getLong("cpu_millis"),
                        Resource.MEMORY,
                        row.getLong("memory_bytes")));
    }
}
