package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the ledger shows: how nodes stand, with what is granted and what is locked below them. */
@Service
@Transactional(readOnly = true)
public class QuotaViews {

    private static final String NAMED =
            """
            select n.id, n.kind, coalesce(r.name, u.name, s.name,
                                          case when n.kind = 'POOL' then n.pool else '' end) as name
            from quota_node n
            left join region r on r.code = n.region
            left join unit u on u.id = n.unit
            left join system s on s.id = n.system
            """;

    private final JdbcClient jdbc;

    QuotaViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every pool, by id. */
    public Map<PoolId, Level> pools() {
        var nodes = new LinkedHashMap<NodeId, PoolId>();
        jdbc.sql("select id, pool from quota_node where kind = 'POOL' order by pool")
                .query(row -> {
                    nodes.put(LedgerStore.node(row, "id"), PoolId.of(row.getString("pool")));
                });
        var pools = new LinkedHashMap<PoolId, Level>();
        levels(nodes.keySet()).forEach(level -> pools.put(nodes.get(level.node().id()), level));
        return pools;
    }

    /**
     * The levels from the pool down to a system; without the system while it holds nothing there.
     */
    public List<Level> path(PoolId pool, SystemId system) {
        var nodes = new ArrayList<NodeId>();
        jdbc.sql(
                        """
                        with recursive start as (
                            select n.id from quota_node n
                            left join system_owner o on o.unit = n.unit and upper_inf(o.during)
                                                    and o.system = :system
                            where n.pool = :pool and (n.system = :system or o.system is not null)
                            order by n.depth desc limit 1),
                        path as (
                            select n.* from quota_node n join start on start.id = n.id
                            union all
                            select n.* from quota_node n join path on n.id = path.parent)
                        select id from path order by depth
                        """)
                .param("pool", pool.toString())
                .param("system", system.value())
                .query(row -> {
                    nodes.add(LedgerStore.node(row, "id"));
                });
        return levels(nodes);
    }

    /** Nodes as people know them. */
    public Map<NodeId, NodeRef> named(Collection<NodeId> nodes) {
        var refs = new HashMap<NodeId, NodeRef>();
        jdbc.sql(NAMED + "where n.id = any(:nodes)")
                .param("nodes", LedgerStore.uuids(nodes))
                .query(row -> {
                    refs.put(LedgerStore.node(row, "id"), ref(row));
                });
        return refs;
    }

    private List<Level> levels(Collection<NodeId> nodes) {
        var refs = named(nodes);
        var rows = new HashMap<NodeId, List<Level.Row>>();
        jdbc.sql(
                        """
                        with recursive below (top, id) as (
                            select id, id from quota_node where id = any(:nodes)
                            union all
                            select b.top, n.id from below b join quota_node n on n.parent = b.id),
                        held as (
                            select b.top, a.resource, sum(a.held) as amount
                            from below b join quota_node n on n.id = b.id
                            join quota_account a on a.node = b.id
                            where n.kind in ('SYSTEM', 'INFRASTRUCTURE') group by 1, 2),
                        locked as (
                            select b.top, k.resource, sum(k.amount) as amount
                            from below b join quota_locked k on k.leaf = b.id group by 1, 2)
                        select a.node, a.resource, a.guaranteed, a.ceiling, a.held as promised,
                               coalesce(h.amount, 0) - coalesce(l.amount, 0) as committed,
                               coalesce(l.amount, 0) as locked
                        from quota_account a
                        left join held h on h.top = a.node and h.resource = a.resource
                        left join locked l on l.top = a.node and l.resource = a.resource
                        where a.node = any(:nodes) order by a.resource
                        """)
                .param("nodes", LedgerStore.uuids(nodes))
                .query(row -> {
                    rows.computeIfAbsent(LedgerStore.node(row, "node"), _ -> new ArrayList<>())
                            .add(row(row));
                });
        return nodes.stream()
                .map(node ->
                        new Level(
                                Optional.ofNullable(refs.get(node)).orElseThrow(),
                                rows.getOrDefault(node, List.of())))
                .toList();
    }

    private static NodeRef ref(ResultSet row) throws SQLException {
        return new NodeRef(
                LedgerStore.node(row, "id"),
                NodeRef.Kind.valueOf(row.getString("kind")),
                row.getString("name"));
    }

    private static Level.Row row(ResultSet row) throws SQLException {
        return new Level.Row(
                new Resource(row.getString("resource")),
                row.getLong("guaranteed"),
                LedgerStore.ceiling(row),
                row.getLong("promised"),
                row.getLong("committed"),
                row.getLong("locked"));
    }
}
