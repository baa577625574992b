package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The past of the ledger, from its entries: no balance of today is asked. */
@Service
@Transactional(readOnly = true)
public class QuotaHistory {

    private static final String BELOW =
            """
            with recursive below as (
                select id from quota_node where id = :node
                union all
                select n.id from quota_node n join below on n.parent = below.id)
            """;

    /**
     * One change of what a leaf holds.
     *
     * @param position where it stands in the order of the ledger
     * @param phase what kind of transfer: PENDING, POST, VOID, LEASE, LIMIT or MOVE
     * @param amount in base units; below zero when it was given back
     * @param held what the leaf held afterwards
     */
    public record Movement(
            long position,
            Instant at,
            TransferId transfer,
            String phase,
            NodeId leaf,
            Resource resource,
            long amount,
            long held) {}

    private final JdbcClient jdbc;

    QuotaHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the leaves below a node, or it itself, held at a moment, what was locked included.
     * Entries of exactly that moment count.
     */
    public Amounts held(NodeId node, Instant at) {
        var held = new HashMap<Resource, Long>();
        jdbc.sql(
                        BELOW
                                + """
                                select a.resource, sum(e.balance)::bigint as held
                                from below join quota_account a on a.node = below.id
                                cross join lateral (
                                    select balance from quota_entry
                                    where node = a.node and resource = a.resource and side = 'HELD'
                                      and at <= :at
                                    order by at desc, position desc limit 1) e
                                group by a.resource
                                """)
                .param("node", node.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    held.put(new Resource(row.getString("resource")), row.getLong("held"));
                });
        return Amounts.of(held);
    }

    /** What changed at a node or below it, the latest first. */
    public Page<Movement> of(NodeId node, PageQuery query) {
        long before =
                query.cursor()
                        .map(c -> Long.parseLong(c.keys(1).getFirst()))
                        .orElse(Long.MAX_VALUE);
        var found =
                jdbc.sql(
                                BELOW
                                        + """
                                        select e.*, t.phase
                                        from below join quota_entry e on e.node = below.id
                                        join quota_transfer t on t.id = e.transfer
                                        where e.side = 'HELD' and e.position < :before
                                        order by e.position desc limit :most
                                        """)
                        .param("node", node.value())
                        .param("before", before)
                        .param("most", query.limit() + 1)
                        .query((row, _) ->
                                new Movement(
                                        row.getLong("position"),
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        new TransferId(row.getObject("transfer", UUID.class)),
                                        row.getString("phase"),
                                        LedgerStore.node(row, "node"),
                                        new Resource(row.getString("resource")),
                                        row.getLong("amount"),
                                        row.getLong("balance")))
                        .list();
        long total =
                jdbc.sql(
                                BELOW
                                        + """
                                        select count(*) from below
                                        join quota_entry e on e.node = below.id
                                        where e.side = 'HELD'
                                        """)
                        .param("node", node.value())
                        .query(Long.class)
                        .single();
        return Page.of(found, query, total, last -> Cursor.after(Long.toString(last.position())));
    }
}
