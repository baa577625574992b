package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
     * @param lock the pending transfer that this one is, or has ended; empty for all others
     * @param end what has ended that pending transfer, POST or VOID; empty while it is pending
     */
    public record Movement(
            long position,
            Instant at,
            TransferId transfer,
            String phase,
            NodeId leaf,
            Resource resource,
            long amount,
            long held,
            Optional<TransferId> lock,
            Optional<String> end) {}

    /**
     * Which changes are looked for.
     *
     * @param resource empty: of every resource
     * @param from the earliest moment that counts
     * @param to the first moment that counts no more
     */
    public record Filter(
            Optional<Resource> resource, Optional<Instant> from, Optional<Instant> to) {

        /** Every change. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static final String MATCHING =
            """
            where e.side = 'HELD'
              and (cast(:resource as text) is null or e.resource = :resource)
              and (cast(:from as timestamptz) is null or e.at >= :from)
              and (cast(:to as timestamptz) is null or e.at < :to)
            """;

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
        return of(node, query, Filter.ALL);
    }

    /** What changed at a node or below it and matches, the latest first. */
    public Page<Movement> of(NodeId node, PageQuery query, Filter filter) {
        var matching = new HashMap<String, @Nullable Object>();
        matching.put("node", node.value());
        matching.put("resource", filter.resource().map(Resource::code).orElse(null));
        matching.put("from", filter.from().map(QuotaHistory::utc).orElse(null));
        matching.put("to", filter.to().map(QuotaHistory::utc).orElse(null));
        var found =
                jdbc.sql(
                                BELOW
                                        + """
                                        select e.*, t.phase, t.pending, p.phase as ended
                                        from below join quota_entry e on e.node = below.id
                                        join quota_transfer t on t.id = e.transfer
                                        left join quota_transfer p on p.pending = t.id
                                        """
                                        + MATCHING
                                        + "and e.position < :before order by e.position desc limit :most")
                        .params(matching)
                        .param("before", before(query))
                        .param("most", query.limit() + 1)
                        .query(QuotaHistory::movement)
                        .list();
        long total =
                jdbc.sql(
                                BELOW
                                        + "select count(*) from below join quota_entry e on e.node = below.id\n"
                                        + MATCHING)
                        .params(matching)
                        .query(Long.class)
                        .single();
        return Page.of(found, query, total, last -> Cursor.after(Long.toString(last.position())));
    }

    private static long before(PageQuery query) {
        return query.cursor().map(Cursor::asOffset).orElse(Long.MAX_VALUE);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Movement movement(ResultSet row, int number) throws SQLException {
        String phase = row.getString("phase");
        var id = new TransferId(row.getObject("transfer", UUID.class));
        var ended = Optional.ofNullable(row.getObject("pending", UUID.class)).map(TransferId::new);
        boolean pending = phase.equals(Phase.PENDING.name());
        return new Movement(
                row.getLong("position"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                id,
                phase,
                LedgerStore.node(row, "node"),
                new Resource(row.getString("resource")),
                row.getLong("amount"),
                row.getLong("balance"),
                pending ? Optional.of(id) : ended,
                pending ? Optional.ofNullable(row.getString("ended")) : ended.map(_ -> phase));
    }
}
