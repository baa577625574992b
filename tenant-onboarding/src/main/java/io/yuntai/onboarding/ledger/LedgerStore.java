package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Account;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of transfers and balances. Every method joins the caller's transaction. */
@Repository
class LedgerStore {

    /** What is known of a transfer. */
    record Stored(String phase, boolean granted, String digest) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    LedgerStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    Optional<Stored> find(TransferId id) {
        return jdbc.sql("select phase, outcome, digest from quota_transfer where id = ?")
                .param(id.value())
                .query((row, _) ->
                        new Stored(
                                row.getString("phase"),
                                row.getString("outcome").equals("GRANTED"),
                                row.getString("digest")))
                .optional();
    }

    /**
     * Locks the accounts of some leaves and of all their ancestors, child before parent, and reads
     * how they stand. An account that did not exist is made, for a row must be there to be locked.
     */
    Standing lock(Collection<NodeId> leaves, Set<Resource> resources) {
        var parents = new LinkedHashMap<NodeId, Optional<NodeId>>();
        jdbc.sql(
                        """
                        with recursive path as (
                            select id, parent, depth from quota_node where id = any(:leaves)
                            union
                            select n.id, n.parent, n.depth
                            from quota_node n join path on n.id = path.parent)
                        select id, parent from path order by depth desc, id
                        """)
                .param("leaves", uuids(leaves))
                .query(row -> {
                    parents.put(node(row, "id"), parent(row));
                });
        String[] codes = resources.stream().map(Resource::code).toArray(String[]::new);
        UUID[] nodes = uuids(parents.keySet());
        createMissing(nodes, codes);
        var accounts = new HashMap<Standing.Key, Account>();
        jdbc.sql(
                        """
                        select a.* from quota_account a join quota_node n on n.id = a.node
                        where a.node = any(:nodes) and a.resource = any(:resources)
                        order by n.depth desc, n.id, a.resource
                        for update of a
                        """)
                .param("nodes", nodes)
                .param("resources", codes)
                .query(row -> {
                    accounts.put(
                            new Standing.Key(
                                    node(row, "node"), new Resource(row.getString("resource"))),
                            account(row));
                });
        return new Standing(parents, accounts);
    }

    private void createMissing(UUID[] nodes, String[] resources) {
        var _ =
                jdbc.sql(
                                """
                                insert into quota_account (node, resource, guaranteed, ceiling, held)
                                select n.id, r, 0, case when n.kind = 'POOL' then 0 end, 0
                                from quota_node n cross join unnest(:resources) r
                                where n.id = any(:nodes)
                                  and not exists (select from quota_account a
                                                  where a.node = n.id and a.resource = r)
                                order by n.depth desc, n.id, r
                                on conflict do nothing
                                """)
                        .param("nodes", nodes)
                        .param("resources", resources)
                        .update();
    }

    void insert(
            TransferId id,
            String phase,
            boolean granted,
            Optional<TransferId> ends,
            String digest,
            Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into quota_transfer (id, phase, outcome, pending, digest, at)
                                values (:id, :phase, :outcome, :pending, :digest, :at)
                                """)
                        .param("id", id.value())
                        .param("phase", phase)
                        .param("outcome", granted ? "GRANTED" : "DENIED")
                        .param("pending", ends.map(TransferId::value).orElse(null))
                        .param("digest", digest)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    void insertLegs(TransferId id, List<Leg> legs) {
        batch.batchUpdate(
                "insert into quota_leg (transfer, leaf, resource, amount) values (?, ?, ?, ?)",
                legRows(id, legs));
    }

    void insertLocks(TransferId id, List<Leg> legs) {
        batch.batchUpdate(
                "insert into quota_locked (transfer, leaf, resource, amount) values (?, ?, ?, ?)",
                legRows(id, legs));
    }

    private static List<Object[]> legRows(TransferId id, List<Leg> legs) {
        var rows = new ArrayList<Object[]>();
        for (var leg : legs) {
            leg.amounts()
                    .asMap()
                    .forEach((resource, amount) ->
                            rows.add(
                                    new Object[] {
                                        id.value(), leg.leaf().value(), resource.code(), amount
                                    }));
        }
        return rows;
    }

    /** Lifts the lock of a pending transfer; false when there was none to lift. */
    boolean unlock(TransferId pending) {
        return jdbc.sql("delete from quota_locked where transfer = ?")
                        .param(pending.value())
                        .update()
                > 0;
    }

    List<Leg> legs(TransferId id) {
        var amounts = new LinkedHashMap<NodeId, Amounts>();
        jdbc.sql("select leaf, resource, amount from quota_leg where transfer = ? order by leaf")
                .param(id.value())
                .query(row -> {
                    amounts.merge(
                            node(row, "leaf"),
                            Amounts.of(
                                    new Resource(row.getString("resource")), row.getLong("amount")),
                            Amounts::plus);
                });
        return amounts.entrySet().stream().map(e -> new Leg(e.getKey(), e.getValue())).toList();
    }

    /** Writes what was decided: the entries, and the balances that follow from them. */
    void write(TransferId id, Decision.Granted granted) {
        batch.batchUpdate(
                "insert into quota_entry (transfer, node, resource, side, amount) values (?, ?, ?, ?, ?)",
                granted.entries().stream()
                        .map(e ->
                                new Object[] {
                                    id.value(),
                                    e.node().value(),
                                    e.resource().code(),
                                    e.side().name(),
                                    e.amount()
                                })
                        .toList());
        batch.batchUpdate(
                """
                update quota_account set guaranteed = ?, ceiling = ?, held = ?
                where node = ? and resource = ?
                """,
                granted.balances().stream()
                        .map(b ->
                                new Object[] {
                                    b.account().guaranteed(),
                                    b.account().ceiling().isPresent()
                                            ? (Object) b.account().ceiling().getAsLong()
                                            : null,
                                    b.account().held(),
                                    b.node().value(),
                                    b.resource().code()
                                })
                        .toList());
    }

    void write(TransferId id, List<Shortfall> shortfalls) {
        batch.batchUpdate(
                """
                insert into quota_shortfall (transfer, node, resource, asked, free)
                values (?, ?, ?, ?, ?)
                """,
                shortfalls.stream()
                        .map(s ->
                                new Object[] {
                                    id.value(),
                                    s.node().value(),
                                    s.resource().code(),
                                    s.asked(),
                                    s.free()
                                })
                        .toList());
    }

    List<Shortfall> shortfalls(TransferId id) {
        return jdbc.sql(
                        """
                        select s.* from quota_shortfall s join quota_node n on n.id = s.node
                        where transfer = ? order by n.depth desc, s.resource
                        """)
                .param(id.value())
                .query((row, _) ->
                        new Shortfall(
                                node(row, "node"),
                                new Resource(row.getString("resource")),
                                row.getLong("asked"),
                                row.getLong("free"),
                                List.of()))
                .list();
    }

    /** Who holds most of what a node has handed out. */
    List<Shortfall.Holder> holders(NodeId node, Resource resource, int most) {
        return jdbc.sql(
                        """
                        select n.id, greatest(a.guaranteed, a.held) as amount
                        from quota_node n join quota_account a on a.node = n.id
                        where n.parent = ? and a.resource = ? and greatest(a.guaranteed, a.held) > 0
                        order by amount desc, n.id limit ?
                        """)
                .params(node.value(), resource.code(), most)
                .query((row, _) -> new Shortfall.Holder(node(row, "id"), row.getLong("amount")))
                .list();
    }

    static UUID[] uuids(Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).toArray(UUID[]::new);
    }

    static NodeId node(ResultSet row, String column) throws SQLException {
        return new NodeId(row.getObject(column, UUID.class));
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(row.getLong("guaranteed"), ceiling(row), row.getLong("held"));
    }

    static OptionalLong ceiling(ResultSet row) throws SQLException {
        @Nullable Long ceiling = row.getObject("ceiling", Long.class);
        return ceiling == null ? OptionalLong.empty() : OptionalLong.of(ceiling);
    }

    private static Optional<NodeId> parent(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("parent", UUID.class)).map(NodeId::new);
    }
}
