package io.yuntai.onboarding.ledger;

import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Standing;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of a tree that changes its shape. The caller has the tree for himself: no row is locked.
 */
@Repository
class TreeMoveStore {

    private static final String BELOW =
            """
            with recursive below (id, depth) as (
                select id, depth from quota_node where id = :node
                union all
                select n.id, n.depth from quota_node n join below on n.parent = below.id)
            """;

    private static final String ABOVE =
            """
            with recursive above (id, parent) as (
                select id, parent from quota_node where id = any(:nodes)
                union
                select n.id, n.parent from quota_node n join above on n.id = above.parent)
            """;

    private final JdbcClient jdbc;

    TreeMoveStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where a node would come.
     *
     * @param below whether that is below itself
     * @param depth of the deepest node that would come along
     */
    record Place(boolean below, int depth) {}

    boolean isKnown(TransferId id) {
        return jdbc.sql("select count(*) from quota_transfer where id = ?")
                        .param(id.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    Place place(NodeId node, NodeId parent) {
        return jdbc.sql(
                        BELOW
                                + """
                                select coalesce(bool_or(b.id = p.id), false) as below,
                                       p.depth + 1 + max(b.depth) - min(b.depth) as depth
                                from below b cross join quota_node p where p.id = :parent
                                group by p.depth
                                """)
                .param("node", node.value())
                .param("parent", parent.value())
                .query((row, _) -> new Place(row.getBoolean("below"), row.getInt("depth")))
                .single();
    }

    /** Makes the accounts that a change may write to and that are not there yet. */
    void createAccounts(List<Reshape> steps) {
        for (var step : steps) {
            switch (step) {
                case Reshape.Leave _ -> {}
                case Reshape.Join(var node, var parent) ->
                        createAccounts(parent, resourcesOf(node));
                case Reshape.SetLimits(var node, var limits) ->
                        createAccounts(node, limits.keySet());
                case Reshape.Shift(var leg) ->
                        createAccounts(leg.leaf(), leg.amounts().resources());
            }
        }
    }

    private Collection<Resource> resourcesOf(NodeId node) {
        return new TreeSet<>(
                jdbc.sql("select resource from quota_account where node = ?")
                        .param(node.value())
                        .query((row, _) -> new Resource(row.getString(1)))
                        .list());
    }

    private void createAccounts(NodeId node, Collection<Resource> resources) {
        var _ =
                jdbc.sql(
                                ABOVE
                                        + """
                                        insert into quota_account (node, resource, guaranteed, ceiling, held, changed_at)
                                        select a.id, r, 0, case when a.parent is null then 0 end, 0, '-infinity'
                                        from above a cross join unnest(:resources::text[]) r
                                        on conflict do nothing
                                        """)
                        .param("nodes", LedgerStore.uuids(List.of(node)))
                        .param(
                                "resources",
                                resources.stream().map(Resource::code).toArray(String[]::new))
                        .update();
    }

    /** These nodes and all above them, as they stand. */
    LedgerStore.Read read(Collection<NodeId> nodes) {
        var read = new LedgerStore.Read();
        jdbc.sql(
                        ABOVE
                                + """
                                select above.id, above.parent, a.*
                                from above left join quota_account a on a.node = above.id
                                """)
                .param("nodes", LedgerStore.uuids(nodes))
                .query(row -> {
                    var node = LedgerStore.node(row, "id");
                    read.parents()
                            .put(
                                    node,
                                    Optional.ofNullable(row.getObject("parent", UUID.class))
                                            .map(NodeId::new));
                    if (row.getString("resource") != null) {
                        var key = new Standing.Key(node, new Resource(row.getString("resource")));
                        read.accounts().put(key, LedgerStore.account(row));
                        read.changed()
                                .put(
                                        key,
                                        instant(row.getObject("changed_at", OffsetDateTime.class)));
                    }
                });
        return read;
    }

    /** When anything last changed or moved that is at a node or below it. */
    Instant lastChangeBelow(NodeId node) {
        return jdbc.sql(
                        BELOW
                                + """
                                select greatest(max(a.changed_at), max(p.until), '-infinity')
                                from below b left join quota_account a on a.node = b.id
                                left join quota_past_parent p on p.node = b.id
                                """)
                .param("node", node.value())
                .query((row, _) -> instant(row.getObject(1, OffsetDateTime.class)))
                .single();
    }

    /** When any of these last moved. */
    Instant lastMove(Collection<NodeId> nodes) {
        return jdbc.sql(
                        """
                        select coalesce(max(until), '-infinity') from quota_past_parent
                        where node = any(?)
                        """)
                .param(LedgerStore.uuids(nodes))
                .query((row, _) -> instant(row.getObject(1, OffsetDateTime.class)))
                .single();
    }

    private static Instant instant(OffsetDateTime time) {
        return time.equals(OffsetDateTime.MIN) ? Instant.MIN : time.toInstant();
    }

    /**
     * Hangs a node below another parent, and keeps under whom it was and what it came with. Nothing
     * that is at it or below it can from now on be dated earlier.
     */
    void hang(TransferId transfer, NodeId node, NodeId parent, Instant at) {
        long parting =
                jdbc.sql("select nextval(pg_get_serial_sequence('quota_entry', 'position'))")
                        .query(Long.class)
                        .single();
        var time = at.atOffset(ZoneOffset.UTC);
        var _ =
                jdbc.sql(
                                """
                                insert into quota_past_parent
                                    (node, parent, since, until, since_position, until_position)
                                select n.id, n.parent, coalesce(max(p.until), '-infinity'), :at,
                                       coalesce(max(p.until_position), 0), :parting
                                from quota_node n left join quota_past_parent p on p.node = n.id
                                where n.id = :node group by n.id, n.parent
                                """)
                        .param("node", node.value())
                        .param("at", time)
                        .param("parting", parting)
                        .update();
        var _ =
                jdbc.sql(
                                BELOW
                                        + """
                                        insert into quota_moved (position, transfer, node, parting, resource, held, at)
                                        select nextval(pg_get_serial_sequence('quota_entry', 'position')),
                                               :transfer, :node, :parting, m.resource, m.held, :at
                                        from (select a.resource, sum(a.held) as held
                                              from below b join quota_node n on n.id = b.id
                                              join quota_account a on a.node = b.id
                                              where n.kind in ('SYSTEM', 'INFRASTRUCTURE') and a.held > 0
                                              group by a.resource order by a.resource) m
                                        """)
                        .param("transfer", transfer.value())
                        .param("node", node.value())
                        .param("parting", parting)
                        .param("at", time)
                        .update();
        var _ =
                jdbc.sql(
                                BELOW
                                        + """
                                        update quota_node n
                                        set parent = case when n.id = :node then :parent else n.parent end,
                                            depth = n.depth - top.depth + p.depth + 1, pool = p.pool
                                        from below b,
                                             (select depth from quota_node where id = :node) top,
                                             (select depth, pool from quota_node where id = :parent) p
                                        where n.id = b.id
                                        """)
                        .param("node", node.value())
                        .param("parent", parent.value())
                        .update();
        var _ =
                jdbc.sql(
                                BELOW
                                        + """
                                        update quota_account a set changed_at = :at
                                        from below b where a.node = b.id and a.changed_at < :at
                                        """)
                        .param("node", node.value())
                        .param("at", time)
                        .update();
    }
}
