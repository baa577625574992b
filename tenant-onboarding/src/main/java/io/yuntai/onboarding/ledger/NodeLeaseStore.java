package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is at the leaves of the tree below a node: leases, and what orders have locked. */
@Repository
class NodeLeaseStore {

    /** So many leases and locks of a leaf are named; the others are added up. */
    private static final int NAMED = 5;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String BELOW =
            """
            with recursive below as (
                select id, pool, system from quota_node where id = :node
                union all
                select n.id, n.pool, n.system from quota_node n join below b on n.parent = b.id)
            """;

    private static final String LEASES =
            """
            from below b join living_lease l on l.system = b.system and l.pool = b.pool
            join system s on s.id = l.system
            join system_owner o on o.system = s.id and upper_inf(o.during)
            join unit u on u.id = o.unit
            where (l.namespace like :pattern or s.name like :pattern or u.name like :pattern)
            """;

    /** What is idle, as the leases that are asked to shrink are found. */
    private static final String IDLE =
            BELOW
                    + """
                    , idle as (
                        select l.cluster, l.namespace, l.system, s.name, o.unit,
                               a.granted - greatest(a.used, a.floor) as amount
                        from below b join lease l on l.system = b.system and l.pool = b.pool
                        join lease_amount a on a.cluster = l.cluster and a.namespace = l.namespace
                        join system s on s.id = l.system
                        join system_owner o on o.system = s.id and upper_inf(o.during)
                        where a.resource = :resource and a.granted > greatest(a.used, a.floor)
                          and l.enforced_epoch = l.epoch
                          and coalesce((select state from cluster c where c.name = l.cluster), 'ACTIVE')
                              = 'ACTIVE')
                    """;

    private static final Map<String, String> SORTS =
            Map.of(
                    "namespace",
                    "l.namespace",
                    "system",
                    "s.name",
                    "granted",
                    amount("granted"),
                    "charged",
                    amount("charged"),
                    "used",
                    amount("used"));

    private final JdbcClient jdbc;

    NodeLeaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String amount(String column) {
        return """
        (select coalesce(sum(a.%s), 0) from lease_amount a
         where a.cluster = l.cluster and a.namespace = l.namespace and a.resource = :resource)
        """
                .formatted(column);
    }

    static java.util.Set<String> sorts() {
        return SORTS.keySet();
    }

    /** Up to limit + 1 leases of a page. */
    List<NodeLease> page(NodeId node, PageQuery query, Sort sort, Resource resource) {
        String select =
                """
                select l.*, s.name as system_name, o.unit, u.name as unit_name,
                       coalesce((select state from cluster c where c.name = l.cluster), 'ACTIVE')
                           as cluster_state,
                       (select json_object_agg(resource,
                                   json_build_array(floor, entitled, granted, charged, used))
                        from lease_amount a
                        where a.cluster = l.cluster and a.namespace = l.namespace) as amounts
                """;
        String order =
                "order by %s %s, l.cluster, l.namespace"
                        .formatted(
                                Optional.ofNullable(SORTS.get(sort.field())).orElseThrow(),
                                sort.descending() ? "desc" : "asc");
        return jdbc.sql(BELOW + select + LEASES + order + query.slice())
                .param("node", node.value())
                .param("pattern", query.pattern())
                .param("resource", resource.code())
                .query(NodeLeaseStore::lease)
                .list();
    }

    long count(NodeId node, PageQuery query) {
        return jdbc.sql(BELOW + "select count(*) " + LEASES)
                .param("node", node.value())
                .param("pattern", query.pattern())
                .query(Long.class)
                .single();
    }

    /** The most idle leases below a node; of one unit, when a scope is given. */
    List<IdleLeases.Idle> idle(NodeId node, Resource resource, Optional<UnitId> scope, int most) {
        return jdbc.sql(
                        IDLE
                                + """
                                select * from idle
                                where cast(:scope as uuid) is null or unit = cast(:scope as uuid)
                                order by amount desc, cluster, namespace limit :most
                                """)
                .param("node", node.value())
                .param("resource", resource.code())
                .param("scope", scope.map(UnitId::value).orElse(null))
                .param("most", most)
                .query((row, _) ->
                        new IdleLeases.Idle(
                                LeaseRows.id(row),
                                new SystemId(row.getObject("system", UUID.class)),
                                row.getString("name"),
                                row.getLong("amount")))
                .list();
    }

    /** What is idle below a node altogether. */
    long idle(NodeId node, Resource resource) {
        return jdbc.sql(IDLE + "select coalesce(sum(amount), 0)::bigint from idle")
                .param("node", node.value())
                .param("resource", resource.code())
                .query(Long.class)
                .single();
    }

    /** Who holds what at a leaf, the most first. */
    LeafHolders holders(NodeId leaf, Resource resource) {
        long held =
                jdbc.sql("select held from quota_account where node = ? and resource = ?")
                        .params(leaf.value(), resource.code())
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
        var named = new LeafHolders(charged(leaf, resource), locked(leaf, resource), 0);
        return new LeafHolders(
                named.leases(), named.locks(), Math.max(0, held - named.unnamed().others()));
    }

    /** What the leases of a leaf are charged, the most first. */
    private List<LeafHolders.OfLease> charged(NodeId leaf, Resource resource) {
        return jdbc.sql(
                        """
                        select l.cluster, l.namespace, a.charged
                        from quota_node n join lease l on l.system = n.system and l.pool = n.pool
                        join lease_amount a on a.cluster = l.cluster and a.namespace = l.namespace
                        where n.id = :leaf and a.resource = :resource and a.charged > 0
                        order by a.charged desc, l.cluster, l.namespace limit :most
                        """)
                .param("most", NAMED)
                .param("leaf", leaf.value())
                .param("resource", resource.code())
                .query((row, _) ->
                        new LeafHolders.OfLease(LeaseRows.id(row), row.getLong("charged")))
                .list();
    }

    /** What is locked at a leaf, the most first. */
    private List<LeafHolders.OfLock> locked(NodeId leaf, Resource resource) {
        return jdbc.sql(
                        """
                        select transfer, amount from quota_locked
                        where leaf = :leaf and resource = :resource
                        order by amount desc, transfer limit :most
                        """)
                .param("most", NAMED)
                .param("leaf", leaf.value())
                .param("resource", resource.code())
                .query((row, _) ->
                        new LeafHolders.OfLock(
                                new TransferId(row.getObject("transfer", UUID.class)),
                                row.getLong("amount")))
                .list();
    }

    /** Up to limit + 1 of what is locked below a node, the oldest first. */
    List<LockedOrder> locks(NodeId node, PageQuery query) {
        return jdbc.sql(
                        BELOW
                                + """
                                , locked as (
                                    select transfer, resource, sum(amount)::bigint as amount
                                    from below b join quota_locked k on k.leaf = b.id group by 1, 2),
                                running as (
                                    select k.*, sum(k.amount) over (
                                        partition by k.resource order by t.at, t.id) as up_to
                                    from locked k join quota_transfer t on t.id = k.transfer)
                                select t.id, t.at, t.expires_at, w.system, s.name,
                                       json_object_agg(k.resource, k.amount) as amounts,
                                       json_object_agg(k.resource, k.up_to) as up_to
                                from running k join quota_transfer t on t.id = k.transfer
                                left join lateral (
                                    select n.system from quota_locked x join quota_node n on n.id = x.leaf
                                    where x.transfer = t.id and n.system is not null limit 1) w on true
                                left join system s on s.id = w.system
                                group by t.id, t.at, t.expires_at, w.system, s.name
                                order by t.at, t.id
                                """
                                + query.slice())
                .param("node", node.value())
                .query(NodeLeaseStore::locked)
                .list();
    }

    long countLocks(NodeId node) {
        return jdbc.sql(
                        BELOW
                                + """
                                select count(distinct k.transfer)
                                from below b join quota_locked k on k.leaf = b.id
                                """)
                .param("node", node.value())
                .query(Long.class)
                .single();
    }

    private static LockedOrder locked(ResultSet row, int number) throws SQLException {
        return new LockedOrder(
                new TransferId(row.getObject("id", UUID.class)),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                LeaseRows.at(row, "expires_at"),
                Optional.ofNullable(row.getObject("system", UUID.class)).map(SystemId::new),
                Optional.ofNullable(row.getString("name")).orElse(""),
                amounts(row, "amounts"),
                amounts(row, "up_to"));
    }

    private static Amounts amounts(ResultSet row, String column) throws SQLException {
        var amounts = new HashMap<Resource, Long>();
        JSON.readValue(row.getString(column), new TypeReference<Map<String, Long>>() {})
                .forEach((code, amount) -> amounts.put(new Resource(code), amount));
        return Amounts.of(amounts);
    }

    private static NodeLease lease(ResultSet row, int number) throws SQLException {
        var amounts = LeaseRows.amounts(row, 5);
        return new NodeLease(
                LeaseRows.id(row),
                new SystemId(row.getObject("system", UUID.class)),
                row.getString("system_name"),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("unit_name"),
                PoolId.of(row.getString("pool")),
                LeaseRows.account(row, amounts),
                amounts.get(4),
                ClusterState.valueOf(row.getString("cluster_state")));
    }
}
