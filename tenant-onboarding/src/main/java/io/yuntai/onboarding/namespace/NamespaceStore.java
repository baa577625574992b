package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what namespaces shall hold. Every method joins the caller's transaction. */
@Repository
class NamespaceStore {

    private static final String SELECT =
            """
            select l.cluster, l.namespace, l.system, l.pool, o.unit, u.uscc, s.code, r.reason,
                   l.enforced_at is not null as enforced,
                   (select coalesce(array_agg(g.code), '{}') from namespace_grant g
                    where g.system = l.system and g.pool = l.pool) as grants,
                   (select m.gate from host_migration m
                    where m.cluster = l.cluster and m.namespace = l.namespace and m.gate <> '') as gate
            from living_lease l
            join system s on s.id = l.system
            join system_owner o on o.system = l.system and upper_inf(o.during)
            join unit u on u.id = o.unit
            left join namespace_refusal r on r.cluster = l.cluster and r.namespace = l.namespace
            """;

    private final JdbcClient jdbc;

    NamespaceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a namespace shall hold.
     *
     * @param shared whether its cluster serves several pools
     */
    Optional<Desired.Tenancy> tenancy(LeaseId id, boolean shared) {
        return jdbc.sql(SELECT + "where l.cluster = ? and l.namespace = ?")
                .params(id.cluster(), id.namespace())
                .query((row, _) -> tenancy(row, shared))
                .optional();
    }

    /** Of the namespaces of a cluster whose lease was enforced once. */
    List<Desired.Tenancy> tenancies(String cluster, boolean shared) {
        return jdbc.sql(
                        SELECT
                                + """
                                where l.cluster = ? and l.enforced_epoch > 0 and l.tenure = 'HELD'
                                order by l.namespace
                                """)
                .param(cluster)
                .query((row, _) -> tenancy(row, shared))
                .list();
    }

    List<NamespaceEntry> of(SystemId system) {
        return jdbc.sql(SELECT + "where l.system = ? order by l.pool, l.cluster")
                .param(system.value())
                .query(NamespaceStore::entry)
                .list();
    }

    void refused(LeaseId id, String reason, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into namespace_refusal (cluster, namespace, reason, since)
                                values (:cluster, :namespace, :reason, :since)
                                on conflict (cluster, namespace) do update set reason = excluded.reason
                                where namespace_refusal.reason <> excluded.reason
                                """)
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .param("reason", reason)
                        .param("since", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    void accepted(LeaseId id) {
        var _ =
                jdbc.sql("delete from namespace_refusal where cluster = ? and namespace = ?")
                        .params(id.cluster(), id.namespace())
                        .update();
    }

    /** Whether it was not granted before; if it was, nobody takes it back meanwhile. */
    boolean grant(NamespaceGrant grant, PersonId by) {
        return jdbc.sql(
                                """
                                insert into namespace_grant (system, pool, code, reason, person, at, ordered)
                                values (:system, :pool, :code, :reason, :person, :at, :ordered)
                                on conflict (system, pool, code) do update set at = excluded.at where false
                                """)
                        .param("system", grant.system().value())
                        .param("pool", grant.pool().toString())
                        .param("code", grant.grant().name())
                        .param("reason", grant.reason())
                        .param("person", by.value())
                        .param("at", grant.at().atOffset(ZoneOffset.UTC))
                        .param("ordered", grant.ordered())
                        .update()
                == 1;
    }

    /** Whether it was granted before. */
    boolean revoke(SystemId system, PoolId pool, Grant grant) {
        return jdbc.sql("delete from namespace_grant where system = ? and pool = ? and code = ?")
                        .params(system.value(), pool.toString(), grant.name())
                        .update()
                == 1;
    }

    /**
     * Takes back what came with orders, unless some lease may still hold what was ordered.
     *
     * @return why it was granted; empty: it stays, or there was none
     */
    Optional<String> revokeOrdered(SystemId system, PoolId pool, Grant grant, Resource ordered) {
        return held(system, pool, grant)
                .flatMap(_ ->
                        // A statement of its own: it sees what was ordered by whoever held it.
                        jdbc.sql(
                                        """
                                        delete from namespace_grant g
                                        where system = ? and pool = ? and code = ? and ordered
                                          and not exists (
                                              select from lease l join lease_amount m using (cluster, namespace)
                                              where l.system = g.system and l.pool = g.pool
                                                and m.resource = ? and m.entitled > 0)
                                        returning reason
                                        """)
                                .params(
                                        system.value(),
                                        pool.toString(),
                                        grant.name(),
                                        ordered.code())
                                .query(String.class)
                                .optional());
    }

    /** Until the transaction ends. */
    private Optional<Boolean> held(SystemId system, PoolId pool, Grant grant) {
        return jdbc.sql(
                        """
                        select ordered from namespace_grant
                        where system = ? and pool = ? and code = ? for update
                        """)
                .params(system.value(), pool.toString(), grant.name())
                .query(Boolean.class)
                .optional();
    }

    private static Desired.Tenancy tenancy(ResultSet row, boolean shared) throws SQLException {
        return new Desired.Tenancy(
                new Desired.SystemNamespace(
                        new NamespaceName(row.getString("namespace")),
                        new UnitId(row.getObject("unit", UUID.class)),
                        new SystemId(row.getObject("system", UUID.class)),
                        PoolId.of(row.getString("pool"))),
                new UnifiedSocialCreditCode(row.getString("uscc")),
                new SystemCode(row.getString("code")),
                grants(row),
                shared,
                Optional.ofNullable(row.getString("gate")));
    }

    private static NamespaceEntry entry(ResultSet row, int number) throws SQLException {
        return new NamespaceEntry(
                new LeaseId(row.getString("cluster"), row.getString("namespace")),
                PoolId.of(row.getString("pool")),
                row.getBoolean("enforced"),
                grants(row),
                Optional.ofNullable(row.getString("reason")));
    }

    private static Set<Grant> grants(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("grants").getArray())
                .map(Grant::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
