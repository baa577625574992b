package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the tree as it is shown: whoever asks, wherever from, however deep it is. */
@Repository
class QuotaNodeStore {

    /** The nodes to choose from, with their names. */
    private static final String CANDIDATES =
            """
            with recursive base as (
                select n.id from quota_node n
                where case when cast(:parent as uuid) is not null then n.parent = cast(:parent as uuid)
                           when cast(:scope as uuid) is not null then n.kind = 'UNIT' and n.unit = cast(:scope as uuid)
                           else n.parent is null end
                  and (cast(:pool as text) is null or n.pool = :pool)),
            candidate as (
                select id from base
                union
                select n.id from quota_node n join candidate c on n.parent = c.id where :deep),
            named as (
                select n.*, coalesce(r.name, u.name, s.name,
                                     case when n.kind = 'POOL' then n.pool else '' end) as name
                from candidate c join quota_node n on n.id = c.id
                left join region r on r.code = n.region
                left join unit u on u.id = n.unit
                left join system s on s.id = n.system),
            matching as (select * from named where :all or name like :pattern)
            """;

    /** What the leaves below a node {@code n} add up to in one resource. */
    private static final String BELOW =
            """
            (with recursive b as (
                 select n.id, n.pool, n.system, n.kind
                 union all
                 select q.id, q.pool, q.system, q.kind from quota_node q join b on q.parent = b.id)
             %s)
            """;

    private static final Map<String, String> SORTS =
            Map.of(
                    "name",
                    "n.name",
                    "guaranteed",
                    "coalesce(a.guaranteed, 0)",
                    "ceiling",
                    "a.ceiling",
                    "committed",
                    "coalesce(greatest(a.guaranteed, a.held), 0)",
                    "free",
                    "greatest(a.ceiling - a.held, 0)",
                    "granted",
                    BELOW.formatted(
                            """
                            select coalesce(sum(x.held), 0) from b join quota_account x on x.node = b.id
                            where b.kind in ('SYSTEM', 'INFRASTRUCTURE') and x.resource = :resource
                            """),
                    "used",
                    BELOW.formatted(
                            """
                            select coalesce(sum(x.used), 0)
                            from b join lease l on l.system = b.system and l.pool = b.pool
                            join lease_amount x on x.cluster = l.cluster and x.namespace = l.namespace
                            where x.resource = :resource
                            """));

    private static final String NODES =
            """
            select n.id, n.kind, n.pool, n.parent, n.unit, n.system,
                   coalesce(r.name, u.name, s.name,
                            case when n.kind = 'POOL' then n.pool else '' end) as name,
                   (select count(*) from quota_node c where c.parent = n.id) as children
            from unnest(:nodes) with ordinality as asked (id, place)
            join quota_node n on n.id = asked.id
            left join region r on r.code = n.region
            left join unit u on u.id = n.unit
            left join system s on s.id = n.system
            order by asked.place
            """;

    private static final String ROWS =
            """
            with recursive below (top, id) as (
                select id, id from quota_node where id = any(:nodes)
                union all
                select b.top, n.id from below b join quota_node n on n.parent = b.id),
            held as (
                select b.top, a.resource, sum(a.held)::bigint as amount
                from below b join quota_node n on n.id = b.id
                join quota_account a on a.node = b.id
                where n.kind in ('SYSTEM', 'INFRASTRUCTURE') group by 1, 2),
            locked as (
                select b.top, k.resource, sum(k.amount)::bigint as amount
                from below b join quota_locked k on k.leaf = b.id group by 1, 2),
            used as (
                select b.top, x.resource, sum(x.used)::bigint as amount
                from below b join quota_node n on n.id = b.id
                join lease l on l.system = n.system and l.pool = n.pool
                join lease_amount x on x.cluster = l.cluster and x.namespace = l.namespace
                group by 1, 2)
            select a.node, a.resource, a.guaranteed, a.ceiling, a.held as handed_out, a.debt_since,
                   coalesce(h.amount, 0) - coalesce(k.amount, 0) as granted,
                   coalesce(k.amount, 0) as locked, coalesce(u.amount, 0) as used
            from quota_account a
            left join held h on h.top = a.node and h.resource = a.resource
            left join locked k on k.top = a.node and k.resource = a.resource
            left join used u on u.top = a.node and u.resource = a.resource
            where a.node = any(:nodes) order by a.resource
            """;

    private final JdbcClient jdbc;

    QuotaNodeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a list can be sorted by. */
    static java.util.Set<String> sorts() {
        return SORTS.keySet();
    }

    /** Up to limit + 1 nodes of a page. */
    List<NodeId> page(PageQuery query, Sort sort, Optional<UnitId> scope, QuotaNodeFilter filter) {
        String order =
                """
                select n.id from matching n
                left join quota_account a on a.node = n.id and a.resource = :resource
                order by n.kind = 'INFRASTRUCTURE', %s %s nulls last, n.name, n.pool, n.id
                """
                        .formatted(
                                Optional.ofNullable(SORTS.get(sort.field())).orElseThrow(),
                                sort.descending() ? "desc" : "asc");
        return jdbc.sql(CANDIDATES + order + query.slice())
                .params(matching(query, scope, filter))
                .param("resource", filter.resource().code())
                .query((row, _) -> LedgerStore.node(row, "id"))
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, QuotaNodeFilter filter) {
        return jdbc.sql(CANDIDATES + "select count(*) from matching")
                .params(matching(query, scope, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<UnitId> scope, QuotaNodeFilter filter) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("parent", filter.parent().map(NodeId::value).orElse(null));
        values.put("scope", scope.map(UnitId::value).orElse(null));
        values.put("pool", filter.pool().map(PoolId::toString).orElse(null));
        values.put("deep", filter.deep());
        values.put("all", query.q().isEmpty());
        values.put("pattern", query.pattern());
        return values;
    }

    /** The nodes from a pool down to one, that one included; empty when there is none. */
    List<NodeId> path(NodeId node) {
        return jdbc.sql(
                        """
                        with recursive path (id, parent, up) as (
                            select id, parent, 0 from quota_node where id = :node
                            union all
                            select n.id, n.parent, p.up + 1
                            from quota_node n join path p on n.id = p.parent)
                        select id from path order by up desc
                        """)
                .param("node", node.value())
                .query((row, _) -> LedgerStore.node(row, "id"))
                .list();
    }

    /** The nodes of a unit or a system, one a pool. */
    List<NodeId> of(UUID unitOrSystem) {
        return jdbc.sql("select id from quota_node where unit = :of or system = :of order by pool")
                .param("of", unitOrSystem)
                .query((row, _) -> LedgerStore.node(row, "id"))
                .list();
    }

    /** Nodes with how they stand, in the order in which they were asked for. */
    List<QuotaNode> nodes(List<NodeId> ids) {
        var rows = new HashMap<NodeId, List<QuotaNode.Row>>();
        jdbc.sql(ROWS)
                .param("nodes", LedgerStore.uuids(ids))
                .query(row -> {
                    rows.computeIfAbsent(LedgerStore.node(row, "node"), _ -> new ArrayList<>())
                            .add(row(row));
                });
        return jdbc.sql(NODES)
                .param("nodes", LedgerStore.uuids(ids))
                .query((row, _) -> node(row, rows))
                .list();
    }

    private static QuotaNode node(ResultSet row, Map<NodeId, List<QuotaNode.Row>> rows)
            throws SQLException {
        var id = LedgerStore.node(row, "id");
        return new QuotaNode(
                new NodeRef(id, NodeRef.Kind.valueOf(row.getString("kind")), row.getString("name")),
                PoolId.of(row.getString("pool")),
                Optional.ofNullable(row.getObject("parent", UUID.class)).map(NodeId::new),
                row.getInt("children"),
                Optional.ofNullable(row.getObject("unit", UUID.class)).map(UnitId::new),
                Optional.ofNullable(row.getObject("system", UUID.class)).map(SystemId::new),
                rows.getOrDefault(id, List.of()));
    }

    private static QuotaNode.Row row(ResultSet row) throws SQLException {
        return new QuotaNode.Row(
                new Resource(row.getString("resource")),
                row.getLong("guaranteed"),
                LedgerStore.ceiling(row),
                row.getLong("handed_out"),
                row.getLong("granted"),
                row.getLong("locked"),
                row.getLong("used"),
                Optional.ofNullable(row.getObject("debt_since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    /** Holds a node's limits as they are until the transaction ends, in the ledger's order. */
    Map<Resource, Limit> limits(NodeId node) {
        var limits = new HashMap<Resource, Limit>();
        jdbc.sql("select resource, guaranteed, ceiling from quota_account where node = ?")
                .param(node.value())
                .query(row -> {
                    limits.put(
                            new Resource(row.getString("resource")),
                            new Limit(row.getLong("guaranteed"), LedgerStore.ceiling(row)));
                });
        return limits;
    }

    void lock(NodeId node) {
        jdbc.sql("select pg_advisory_xact_lock_shared(:shape)")
                .param("shape", LedgerStore.SHAPE)
                .query(row -> {});
        var _ =
                jdbc.sql(
                                """
                                select resource from quota_account where node = :node
                                order by resource for update
                                """)
                        .param("node", node.value())
                        .query(String.class)
                        .list();
    }
}
