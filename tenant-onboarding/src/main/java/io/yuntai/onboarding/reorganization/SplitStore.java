package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of splitting a pool. The caller has the tree and the register for himself. */
@Repository
class SplitStore {

    private static final String BELOW =
            """
            with recursive below as (
                select * from quota_node where id = any(:nodes)
                union
                select n.* from quota_node n join below on n.parent = below.id)
            """;

    private final JdbcClient jdbc;

    SplitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isPool(PoolId pool) {
        return jdbc.sql("select count(*) from pool where id = ?")
                        .param(pool.toString())
                        .query(Long.class)
                        .single()
                > 0;
    }

    void createPool(PoolId pool) {
        var _ =
                jdbc.sql(
                                """
                                insert into pool (id, zone, processor) values (?, ?, ?)
                                on conflict do nothing
                                """)
                        .params(pool.toString(), pool.zone().code(), pool.processor().code())
                        .update();
    }

    /** Those of some nodes that are below another of them. */
    Set<NodeId> belowAnother(Collection<NodeId> nodes) {
        return Set.copyOf(
                jdbc.sql(
                                """
                                with recursive below (id) as (
                                    select id from quota_node where parent = any(:nodes)
                                    union
                                    select n.id from quota_node n join below on n.parent = below.id)
                                select id from below where id = any(:nodes)
                                """)
                        .param("nodes", uuids(nodes))
                        .query((row, _) -> new NodeId(row.getObject(1, UUID.class)))
                        .list());
    }

    List<SystemId> systemsBelow(Collection<NodeId> nodes) {
        return jdbc.sql(BELOW + "select system from below where kind = 'SYSTEM' order by system")
                .param("nodes", uuids(nodes))
                .query((row, _) -> new SystemId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Whether the pool has a place already for anything that is at these nodes or below them. */
    boolean isAnyIn(PoolId pool, Collection<NodeId> nodes) {
        return jdbc.sql(
                                BELOW
                                        + """
                                        select count(*) from below b
                                        join quota_node n on n.pool = :pool
                                            and (n.unit = b.unit or n.system = b.system)
                                        """)
                        .param("nodes", uuids(nodes))
                        .param("pool", pool.toString())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether any of these systems holds anything in another pool: it would be in two zones. */
    boolean holdElsewhere(Collection<SystemId> systems, PoolId pool) {
        return jdbc.sql(
                                """
                                select count(*) from quota_node n join quota_account a on a.node = n.id
                                where n.system = any(:systems) and n.pool <> :pool and a.held > 0
                                """)
                        .param("systems", ReorganizationStore.ids(systems))
                        .param("pool", pool.toString())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * What the infrastructure of a pool holds for these systems: what their leases are charged and
     * they do not hold themselves, and what their orders have locked there.
     */
    Amounts beside(Collection<SystemId> systems, PoolId pool) {
        var beside = new HashMap<Resource, Long>();
        jdbc.sql(
                        """
                        with mine as (
                            select id, system from quota_node where system = any(:systems) and pool = :pool),
                        own as (
                            select m.system, a.resource, a.held - coalesce(sum(k.amount), 0) as amount
                            from mine m join quota_account a on a.node = m.id
                            left join quota_locked k on k.leaf = m.id and k.resource = a.resource
                            group by m.system, a.node, a.resource, a.held),
                        charged as (
                            select l.system, a.resource, sum(a.charged) as amount
                            from lease l join lease_amount a
                                on a.cluster = l.cluster and a.namespace = l.namespace
                            where l.system = any(:systems) and l.pool = :pool group by 1, 2)
                        select resource, sum(amount)::bigint as amount from (
                            select c.resource, greatest(0, c.amount - coalesce(o.amount, 0)) as amount
                            from charged c
                            left join own o on o.system = c.system and o.resource = c.resource
                            union all
                            select k.resource, k.amount
                            from application p join quota_locked k on k.transfer = p.lock
                            join quota_node n on n.id = k.leaf and n.kind = 'INFRASTRUCTURE'
                            where p.system = any(:systems) and p.pool = :pool) b
                        group by resource
                        """)
                .param("systems", ReorganizationStore.ids(systems))
                .param("pool", pool.toString())
                .query(row -> {
                    beside.put(new Resource(row.getString("resource")), row.getLong("amount"));
                });
        return Amounts.of(beside);
    }

    /** What orders of these systems have locked in the infrastructure of a pool. */
    Amounts lockedBeside(Collection<SystemId> systems, PoolId pool) {
        var locked = new HashMap<Resource, Long>();
        jdbc.sql(
                        """
                        select k.resource, sum(k.amount)::bigint as amount
                        from application p join quota_locked k on k.transfer = p.lock
                        join quota_node n on n.id = k.leaf and n.kind = 'INFRASTRUCTURE'
                        where p.system = any(:systems) and p.pool = :pool group by k.resource
                        """)
                .param("systems", ReorganizationStore.ids(systems))
                .param("pool", pool.toString())
                .query(row -> {
                    locked.put(new Resource(row.getString("resource")), row.getLong("amount"));
                });
        return Amounts.of(locked);
    }

    /**
     * What is open or runs is the other pool's; what is closed stays what it was. A host and its
     * lease, which it points at, go in one statement.
     */
    void rehome(Collection<SystemId> systems, PoolId from, PoolId to) {
        var _ =
                jdbc.sql(
                                """
                                with leases as (
                                    update lease set pool = :to, version = version + 1
                                    where system = any(:systems) and pool = :from)
                                update host set pool = :to where system = any(:systems) and pool = :from
                                """)
                        .param("systems", ReorganizationStore.ids(systems))
                        .param("from", from.toString())
                        .param("to", to.toString())
                        .update();
        var _ =
                jdbc.sql(
                                "update application set pool = :to, version = version + 1"
                                        + " where system = any(:systems) and pool = :from and "
                                        + ReorganizationStore.OPEN)
                        .param("systems", ReorganizationStore.ids(systems))
                        .param("from", from.toString())
                        .param("to", to.toString())
                        .update();
        var _ =
                jdbc.sql(
                                """
                                update system set zone = :zone, version = version + 1
                                where id = any(:systems)
                                """)
                        .param("systems", ReorganizationStore.ids(systems))
                        .param("zone", to.zone().code())
                        .update();
    }

    /** What these systems' orders have locked in the infrastructure is locked in the other one. */
    void relock(Collection<SystemId> systems, NodeId from, NodeId to) {
        var _ =
                jdbc.sql(
                                """
                                update quota_locked k set leaf = :to from application p
                                where p.lock = k.transfer and p.system = any(:systems) and k.leaf = :from
                                """)
                        .param("systems", ReorganizationStore.ids(systems))
                        .param("from", from.value())
                        .param("to", to.value())
                        .update();
    }

    /** The register follows the ledger: capacities, and the promises of all units that went. */
    void moveRegistered(PoolId from, PoolId to, Amounts capacity) {
        for (var entry : capacity.asMap().entrySet()) {
            String resource = entry.getKey().code();
            var _ =
                    jdbc.sql(
                                    """
                                    delete from pool_capacity
                                    where pool = ? and resource = ? and amount <= ?
                                    """)
                            .params(from.toString(), resource, entry.getValue())
                            .update();
            var _ =
                    jdbc.sql(
                                    """
                                    update pool_capacity set amount = amount - ?
                                    where pool = ? and resource = ?
                                    """)
                            .params(entry.getValue(), from.toString(), resource)
                            .update();
            var _ =
                    jdbc.sql(
                                    """
                                    insert into pool_capacity (pool, resource, amount) values (?, ?, ?)
                                    on conflict (pool, resource)
                                        do update set amount = pool_capacity.amount + excluded.amount
                                    """)
                            .params(to.toString(), resource, entry.getValue())
                            .update();
        }
        var _ =
                jdbc.sql(
                                """
                                update unit_quota q set pool = :to
                                from quota_node n
                                where q.pool = :from and n.pool = :to and n.unit = q.unit
                                """)
                        .param("from", from.toString())
                        .param("to", to.toString())
                        .update();
    }

    private static UUID[] uuids(Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).toArray(UUID[]::new);
    }
}
