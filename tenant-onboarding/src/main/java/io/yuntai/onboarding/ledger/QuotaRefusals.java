package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the ledger has refused, and why, as it was answered. */
@Service
@Transactional(readOnly = true)
public class QuotaRefusals {

    /** What was asked for below a node, and what was short at it or below it. */
    private static final String REFUSED =
            """
            with recursive below as (
                select id from quota_node where id = :node
                union all
                select n.id from quota_node n join below b on n.parent = b.id),
            refused as (
                select s.transfer from below b join quota_shortfall s on s.node = b.id
                union
                select l.transfer from below b join quota_leg l on l.leaf = b.id)
            """;

    private final JdbcClient jdbc;
    private final LedgerRows rows;
    private final QuotaNodes nodes;

    QuotaRefusals(JdbcClient jdbc, JdbcTemplate template, QuotaNodes nodes) {
        this.jdbc = jdbc;
        this.rows = new LedgerRows(template);
        this.nodes = nodes;
    }

    /** What was asked for, as the ledger calls it. */
    public enum Asked {
        /** An order. */
        PENDING,
        /** A lease that would grow. */
        LEASE,
        /** New limits. */
        LIMIT,
        /** Another shape of the tree. */
        MOVE
    }

    /**
     * A refusal.
     *
     * @param phase what was asked for: PENDING (an order), LEASE (also what was asked of a host),
     *     LIMIT or MOVE
     * @param asked what each leaf was to hold more; nothing of limits and moves
     * @param shortfalls why not, the lowest level first
     * @param leaves who held what at those of them that are leaves
     */
    public record Refusal(
            TransferId transfer,
            Instant at,
            String phase,
            List<Leg> asked,
            List<Shortfall> shortfalls,
            Map<Standing.Key, LeafHolders> leaves) {
        public Refusal {
            asked = List.copyOf(asked);
            shortfalls = List.copyOf(shortfalls);
            leaves = Map.copyOf(leaves);
        }
    }

    /**
     * A page of what was refused at a node or below it, or asked for from there and refused above,
     * the latest first.
     *
     * @param asked only what was asked for so; empty: all of it
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}; INVALID {@code BAD_CURSOR}
     */
    public Page<Refusal> of(Actor actor, NodeId node, PageQuery query, Optional<Asked> asked) {
        nodes.require(actor, node);
        record Row(TransferId id, Instant at, String phase) {}
        var phases =
                asked.map(Stream::of)
                        .orElseGet(() -> Stream.of(Asked.values()))
                        .map(Asked::name)
                        .toArray(String[]::new);
        var found =
                jdbc.sql(
                                REFUSED
                                        + """
                                        select t.id, t.at, t.phase
                                        from refused r join quota_transfer t on t.id = r.transfer
                                        where t.outcome = 'DENIED' and t.phase = any(:asked)
                                        order by t.at desc, t.id desc
                                        """
                                        + query.slice())
                        .param("node", node.value())
                        .param("asked", phases)
                        .query((row, _) ->
                                new Row(
                                        new TransferId(row.getObject("id", UUID.class)),
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        row.getString("phase")))
                        .list();
        long counted =
                jdbc.sql(
                                REFUSED
                                        + """
                                        select count(*) from (
                                            select from refused r join quota_transfer t on t.id = r.transfer
                                            where t.outcome = 'DENIED' and t.phase = any(:asked)
                                            limit :most) c
                                        """)
                        .param("node", node.value())
                        .param("asked", phases)
                        .param("most", Page.MOST_COUNTED + 1)
                        .query(Long.class)
                        .single();
        var legs = legs(found.stream().map(Row::id).toList());
        return Page.counted(
                        found,
                        query,
                        counted,
                        _ -> io.yuntai.onboarding.Cursor.offset(query.offset() + query.limit()))
                .map(row ->
                        new Refusal(
                                row.id(),
                                row.at(),
                                row.phase(),
                                legs.getOrDefault(row.id(), List.of()),
                                rows.shortfalls(row.id()),
                                rows.leaves(row.id())));
    }

    private Map<TransferId, List<Leg>> legs(List<TransferId> transfers) {
        var asked = new LinkedHashMap<TransferId, Map<NodeId, Map<Resource, Long>>>();
        jdbc.sql(
                        """
                        select transfer, leaf, resource, amount from quota_leg
                        where transfer = any(:transfers) order by transfer, leaf, resource
                        """)
                .param("transfers", transfers.stream().map(TransferId::value).toArray(UUID[]::new))
                .query(row -> {
                    asked.computeIfAbsent(
                                    new TransferId(row.getObject("transfer", UUID.class)),
                                    _ -> new LinkedHashMap<>())
                            .computeIfAbsent(LedgerStore.node(row, "leaf"), _ -> new HashMap<>())
                            .put(new Resource(row.getString("resource")), row.getLong("amount"));
                });
        var legs = new HashMap<TransferId, List<Leg>>();
        asked.forEach((transfer, leaves) -> {
            var list = new ArrayList<Leg>();
            leaves.forEach((leaf, amounts) -> list.add(new Leg(leaf, Amounts.of(amounts))));
            legs.put(transfer, list);
        });
        return legs;
    }
}
