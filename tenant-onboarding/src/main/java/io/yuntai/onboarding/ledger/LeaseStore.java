package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of leases. Every method joins the caller's transaction. */
@Repository
class LeaseStore {

    /** Of every lease, also of a namespace that is gone. */
    private static final String SELECT = select("lease");

    private static final String LIVING = select("living_lease");

    private static String select(String leases) {
        return """
        select l.*, o.unit,
               coalesce((select state from cluster c where c.name = l.cluster), 'ACTIVE') as state,
               (select json_object_agg(resource, json_build_array(floor, entitled, granted, charged))
                from lease_amount a
                where a.cluster = l.cluster and a.namespace = l.namespace) as amounts
        from %s l join system_owner o on o.system = l.system and upper_inf(o.during)
        """
                .formatted(leases);
    }

    private static final String BY_NAME = "where l.cluster = ? and l.namespace = ?";

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    LeaseStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Makes a lease of nothing, unless the system has one of that pool on that cluster. */
    void place(LeaseId id, SystemId system, PoolId pool) {
        var _ =
                jdbc.sql(
                                """
                                insert into lease (cluster, namespace, system, pool, epoch, enforced_epoch)
                                values (:cluster, :namespace, :system, :pool, 0, 0)
                                on conflict (system, pool, cluster) do nothing
                                """)
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .param("system", system.value())
                        .param("pool", pool.toString())
                        .update();
    }

    /**
     * Locks a system's lease and reads it after: what a statement that waits for a lock reads
     * beside the locked row would be of the time before.
     */
    Lease lock(SystemId system, PoolId pool, String cluster) {
        var _ =
                jdbc.sql(
                                """
                                select version from lease where system = ? and pool = ? and cluster = ?
                                for update
                                """)
                        .params(system.value(), pool.toString(), cluster)
                        .query(Long.class)
                        .single();
        return jdbc.sql(SELECT + "where l.system = ? and l.pool = ? and l.cluster = ?")
                .params(system.value(), pool.toString(), cluster)
                .query(LeaseStore::lease)
                .single();
    }

    /** Whose a system is today; empty: there is none. */
    Optional<UnitId> unit(SystemId system) {
        return jdbc.sql("select unit from system_owner where system = ? and upper_inf(during)")
                .param(system.value())
                .query((row, _) -> new UnitId(row.getObject(1, UUID.class)))
                .optional();
    }

    /** Has whoever places leases of the same system wait for the end of this transaction. */
    void claim(SystemId system) {
        Exclusive.LEASES_OF_SYSTEM.hold(jdbc, system.value());
    }

    /** Notes whether a namespace stays, and with it that its lease is another than was read. */
    void hold(LeaseId id, Tenure tenure) {
        var _ =
                jdbc.sql(
                                """
                                update lease set tenure = ?, version = version + 1
                                where cluster = ? and namespace = ?
                                """)
                        .params(tenure.name(), id.cluster(), id.namespace())
                        .update();
    }

    /** Its namespace is gone: whoever makes it anew makes its first. */
    void close(LeaseId id) {
        var _ =
                jdbc.sql(
                                """
                                update lease set tenure = 'CLOSED', version = version + 1,
                                    enforced_epoch = 0, enforced_at = null
                                where cluster = ? and namespace = ?
                                """)
                        .params(id.cluster(), id.namespace())
                        .update();
    }

    /**
     * Has leases of namespaces that were closed, and are on their cluster, live again.
     *
     * @param namespaces those that are there, of whatever lease
     */
    List<LeaseId> reopen(String cluster, Collection<String> namespaces) {
        return jdbc.sql(
                        """
                        update lease set tenure = 'FOUND', version = version + 1
                        where cluster = ? and namespace = any (?) and tenure = 'CLOSED'
                        returning cluster, namespace
                        """)
                .params(cluster, namespaces.toArray(String[]::new))
                .query((row, _) -> LeaseRows.id(row))
                .list();
    }

    /** Also one of a namespace that is gone. */
    Lease lock(LeaseId id) {
        var _ =
                jdbc.sql(
                                """
                                select version from lease where cluster = ? and namespace = ?
                                for update
                                """)
                        .params(id.cluster(), id.namespace())
                        .query(Long.class)
                        .single();
        return jdbc.sql(SELECT + BY_NAME)
                .params(id.cluster(), id.namespace())
                .query(LeaseStore::lease)
                .single();
    }

    /** Locks leases for the rest of the transaction, always in the same order. */
    void lock(Collection<LeaseId> ids) {
        jdbc.sql(
                        """
                        select l.version from lease l
                        join unnest(?, ?) as held (cluster, namespace) using (cluster, namespace)
                        order by l.cluster, l.namespace for update of l
                        """)
                .params(
                        ids.stream().map(LeaseId::cluster).toArray(String[]::new),
                        ids.stream().map(LeaseId::namespace).toArray(String[]::new))
                .query(_ -> {});
    }

    Optional<Lease> find(LeaseId id) {
        return jdbc.sql(LIVING + BY_NAME)
                .params(id.cluster(), id.namespace())
                .query(LeaseStore::lease)
                .optional();
    }

    Optional<SystemId> owner(LeaseId id) {
        return jdbc.sql("select system from lease where cluster = ? and namespace = ?")
                .params(id.cluster(), id.namespace())
                .query((row, _) -> new SystemId(row.getObject(1, UUID.class)))
                .optional();
    }

    Optional<LeaseId> placed(SystemId system, PoolId pool, String cluster) {
        return jdbc.sql(
                        """
                        select cluster, namespace from lease
                        where system = ? and pool = ? and cluster = ?
                        """)
                .params(system.value(), pool.toString(), cluster)
                .query((row, _) -> LeaseRows.id(row))
                .optional();
    }

    List<Lease> of(SystemId system) {
        return jdbc.sql(LIVING + "where l.system = ? order by l.pool, l.cluster")
                .param(system.value())
                .query(LeaseStore::lease)
                .list();
    }

    Map<String, Long> charged(PoolId pool, Resource resource) {
        var charged = new HashMap<String, Long>();
        jdbc.sql(
                        """
                        select cluster, sum(charged) as charged
                        from lease join lease_amount using (cluster, namespace)
                        where pool = ? and resource = ? group by cluster
                        """)
                .params(pool.toString(), resource.code())
                .query(row -> {
                    charged.put(row.getString("cluster"), row.getLong("charged"));
                });
        return charged;
    }

    List<Lease> on(String cluster) {
        return jdbc.sql(LIVING + "where l.cluster = ? order by l.namespace")
                .param(cluster)
                .query(LeaseStore::lease)
                .list();
    }

    List<LeaseId> ofCluster(String cluster) {
        return jdbc.sql("select namespace from living_lease where cluster = ? order by namespace")
                .param(cluster)
                .query((row, _) -> new LeaseId(cluster, row.getString("namespace")))
                .list();
    }

    /** Writes an account; the lease is locked, and its version goes up by one. */
    Lease write(Lease lease, LeaseAccount account) {
        var id = lease.id();
        var _ =
                jdbc.sql(
                                """
                                update lease set epoch = :epoch, enforced_epoch = :enforced,
                                    enforced_at = :enforcedAt, idle_since = :idleSince,
                                    version = version + 1
                                where cluster = :cluster and namespace = :namespace
                                """)
                        .param("epoch", account.epoch().value())
                        .param("enforced", account.enforced().value())
                        .param("enforcedAt", at(account.enforcedAt()))
                        .param("idleSince", at(account.idleSince()))
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .update();
        batch.batchUpdate(
                """
                insert into lease_amount (cluster, namespace, resource, floor, entitled, granted, charged)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (cluster, namespace, resource) do update set
                    floor = excluded.floor, entitled = excluded.entitled,
                    granted = excluded.granted, charged = excluded.charged
                """,
                changedRows(lease, account));
        return new Lease(
                id,
                lease.system(),
                lease.unit(),
                lease.pool(),
                account,
                lease.version() + 1,
                lease.state(),
                lease.tenure());
    }

    private static List<Object[]> changedRows(Lease lease, LeaseAccount after) {
        var before = lease.account();
        var resources = new TreeSet<>(before.charged().resources());
        resources.addAll(before.entitled().resources());
        resources.addAll(after.charged().resources());
        resources.addAll(after.entitled().resources());
        var rows = new ArrayList<Object[]>();
        for (var resource : resources) {
            if (!amounts(before, resource).equals(amounts(after, resource))) {
                var row =
                        new ArrayList<Object>(
                                List.of(lease.cluster(), lease.namespace(), resource.code()));
                row.addAll(amounts(after, resource));
                rows.add(row.toArray());
            }
        }
        return rows;
    }

    private static List<Long> amounts(LeaseAccount account, Resource resource) {
        return List.of(
                account.floor().get(resource),
                account.entitled().get(resource),
                account.granted().get(resource),
                account.charged().get(resource));
    }

    /** What was last seen to be used of a lease. */
    Amounts used(LeaseId id) {
        return column(id, "used");
    }

    /** The node of the quota tree that pays for a lease. */
    NodeId leaf(Lease lease) {
        return new NodeId(
                jdbc.sql("select id from quota_node where pool = ? and system = ?")
                        .params(lease.pool().toString(), lease.system().value())
                        .query(UUID.class)
                        .single());
    }

    /** The node of the quota tree that pays for launchers of a lease's pool. */
    NodeId infrastructure(Lease lease) {
        return new NodeId(
                jdbc.sql("select id from quota_node where pool = ? and kind = 'INFRASTRUCTURE'")
                        .param(lease.pool().toString())
                        .query(UUID.class)
                        .single());
    }

    /** What of a lease the infrastructure pays. */
    Amounts beside(LeaseId id) {
        return column(id, "beside");
    }

    /** What of that it gets back as soon as it is credited. */
    Amounts besideDue(LeaseId id) {
        return column(id, "beside_due");
    }

    private Amounts column(LeaseId id, String column) {
        var amounts = new HashMap<Resource, Long>();
        jdbc.sql(
                        "select resource, "
                                + column
                                + " as amount from lease_amount where cluster = ? and namespace = ?")
                .params(id.cluster(), id.namespace())
                .query(row -> {
                    amounts.put(new Resource(row.getString("resource")), row.getLong("amount"));
                });
        return Amounts.of(amounts);
    }

    /** The infrastructure pays so much more of a lease. */
    void payBeside(LeaseId id, Amounts more) {
        updateBeside("beside = beside + ?", id, more);
    }

    /** So much of what it pays is wanted no longer. */
    void returnBeside(LeaseId id, Amounts less) {
        updateBeside("beside_due = least(beside, beside_due + ?)", id, less);
    }

    /** So much was given back to it. */
    void paidBeside(LeaseId id, Amounts returned) {
        var rows = new ArrayList<Object[]>();
        returned.asMap()
                .forEach((resource, amount) ->
                        rows.add(
                                new Object[] {
                                    amount, amount, id.cluster(), id.namespace(), resource.code()
                                }));
        batch.batchUpdate(
                """
                update lease_amount
                set beside = beside - ?, beside_due = greatest(0, beside_due - ?)
                where cluster = ? and namespace = ? and resource = ?
                """,
                rows);
    }

    private void updateBeside(String set, LeaseId id, Amounts amounts) {
        var rows = new ArrayList<Object[]>();
        amounts.asMap()
                .forEach((resource, amount) ->
                        rows.add(
                                new Object[] {
                                    amount, id.cluster(), id.namespace(), resource.code()
                                }));
        batch.batchUpdate(
                "update lease_amount set "
                        + set
                        + " where cluster = ? and namespace = ? and resource = ?",
                rows);
    }

    /** Each level is looked up by itself, see {@link LedgerStore#PATHS}. */
    Room room(NodeId leaf, List<Resource> resources) {
        var levels = new HashMap<Resource, Room.Level>();
        jdbc.sql(
                        """
                        with recursive path as (
                            select id, parent from quota_node where id = :leaf
                            union all
                            select n.id, n.parent from path cross join lateral (
                                select id, parent from quota_node where id = path.parent offset 0) n)
                        select distinct on (a.resource) a.resource, a.ceiling - a.held as free, a.ceiling
                        from path cross join lateral (
                            select resource, ceiling, held from quota_account
                            where node = path.id offset 0) a
                        where a.resource = any(:resources) and a.ceiling is not null
                        order by a.resource, free
                        """)
                .param("leaf", leaf.value())
                .param("resources", resources.stream().map(Resource::code).toArray(String[]::new))
                .query(row -> {
                    levels.put(
                            new Resource(row.getString("resource")),
                            new Room.Level(row.getLong("free"), row.getLong("ceiling")));
                });
        return new Room(levels);
    }

    List<LeaseId> idleBelow(NodeId node, Resource resource, Set<String> silent, int most) {
        return jdbc.sql(
                        """
                        with recursive below as (
                            select id, pool, system from quota_node where id = :node
                            union all
                            select n.id, n.pool, n.system
                            from quota_node n join below on n.parent = below.id)
                        select l.cluster, l.namespace
                        from below join lease l on l.system = below.system and l.pool = below.pool
                        join lease_amount a on a.cluster = l.cluster and a.namespace = l.namespace
                        left join cluster c on c.name = l.cluster
                        where a.resource = :resource and a.granted > greatest(a.used, a.floor)
                          and l.enforced_epoch = l.epoch and coalesce(c.state, 'ACTIVE') = 'ACTIVE'
                          and l.cluster <> all (:silent)
                        order by a.granted - greatest(a.used, a.floor) desc, l.cluster, l.namespace
                        limit :most
                        """)
                .param("node", node.value())
                .param("resource", resource.code())
                .param("silent", silent.toArray(String[]::new))
                .param("most", most)
                .query((row, _) ->
                        new LeaseId(row.getString("cluster"), row.getString("namespace")))
                .list();
    }

    void used(LeaseId id, Amounts used) {
        var _ =
                jdbc.sql(
                                """
                                update lease_amount a set used = s.used
                                from (select resource, coalesce(u.used, 0) as used
                                      from lease_amount
                                      left join unnest(:resources, :amounts) as u (code, used)
                                          on u.code = resource
                                      where cluster = :cluster and namespace = :namespace) s
                                where a.cluster = :cluster and a.namespace = :namespace
                                  and a.resource = s.resource and a.used <> s.used
                                """)
                        .param(
                                "resources",
                                used.resources().stream()
                                        .map(Resource::code)
                                        .toArray(String[]::new))
                        .param("amounts", used.asMap().values().toArray(Long[]::new))
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .update();
    }

    private static @Nullable OffsetDateTime at(Optional<Instant> time) {
        return time.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(
                LeaseRows.id(row),
                new SystemId(row.getObject("system", UUID.class)),
                new UnitId(row.getObject("unit", UUID.class)),
                PoolId.of(row.getString("pool")),
                LeaseRows.account(row, LeaseRows.amounts(row, 4)),
                row.getLong("version"),
                ClusterState.valueOf(row.getString("state")),
                Tenure.valueOf(row.getString("tenure")));
    }
}
