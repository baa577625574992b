package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The past of the ledger, from its entries: no balance of today is asked. */
@Service
@Transactional(readOnly = true)
public class QuotaHistory {

    /** The tree as it was at a moment: what has left its parent later was still there. */
    private static final String BELOW_THEN =
            """
            with recursive below as (
                select cast(:node as uuid) as id
                union all
                select c.id from below b cross join lateral (
                    select n.id from quota_node n
                    where n.parent = b.id
                      and not exists (select from quota_past_parent p where p.node = n.id and p.until > :at)
                    union all
                    select p.node from quota_past_parent p
                    where p.parent = b.id and p.since <= :at and p.until > :at) c)
            """;

    /** Whatever was ever below a node, and between which places of the ledger's order it was. */
    private static final String EVER_BELOW =
            """
            with recursive below (id, low, high) as (
                select cast(:node as uuid), cast(0 as bigint), cast(9223372036854775807 as bigint)
                union all
                select c.id, greatest(b.low, c.low), least(b.high, c.high)
                from below b cross join lateral (
                    select n.id, coalesce((select max(p.until_position) from quota_past_parent p
                                           where p.node = n.id), 0) as low,
                           9223372036854775807 as high
                    from quota_node n where n.parent = b.id
                    union all
                    select p.node, p.since_position, p.until_position
                    from quota_past_parent p where p.parent = b.id) c
                where greatest(b.low, c.low) < least(b.high, c.high)),
            change as (
                select e.position, e.transfer, e.node, e.resource, e.amount, e.balance, e.at,
                       false as limits, cast(null as bigint) as was_guaranteed,
                       cast(null as bigint) as was_ceiling, cast(null as bigint) as guaranteed,
                       cast(null as bigint) as ceiling
                from below b join quota_entry e
                    on e.node = b.id and e.position >= b.low and e.position < b.high
                where e.side = 'HELD'
                union all
                select m.position, m.transfer, m.node, m.resource,
                       sum(case when m.parting = b.low then m.held else -m.held end),
                       case when bool_or(m.parting = b.low) then m.held else 0 end, m.at,
                       false, null, null, null, null
                from below b join quota_moved m on m.node = b.id and m.parting in (b.low, b.high)
                group by m.position having count(*) = 1
                union all
                select l.position, l.transfer, l.node, l.resource, 0, 0, l.at,
                       true, l.was_guaranteed, l.was_ceiling, l.guaranteed, l.ceiling
                from below b join quota_limit_change l
                    on l.node = b.id and l.position >= b.low and l.position < b.high)
            """;

    /**
     * One change of what a leaf holds, or of a node's limits.
     *
     * @param position where it stands in the order of the ledger
     * @param phase what kind of transfer: PENDING, POST, VOID, LEASE, DEBT, LIMIT or MOVE
     * @param leaf the leaf; of a MOVE the node that came or went, with all that was held below it;
     *     of limits the node whose they are
     * @param amount in base units; below zero when it was given back; zero of limits
     * @param held what the leaf held afterwards; of one that went, nothing that counts here
     * @param limits of limits that were changed, what they were and became; empty for all others
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
            Optional<LimitChange> limits,
            Optional<TransferId> lock,
            Optional<String> end) {}

    /** What a node's limits in a resource were, and what they became. */
    public record LimitChange(Limit before, Limit after) {}

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
            where (cast(:resource as text) is null or e.resource = :resource)
              and (cast(:from as timestamptz) is null or e.at >= :from)
              and (cast(:to as timestamptz) is null or e.at < :to)
            """;

    private final JdbcClient jdbc;

    QuotaHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the leaves held, what was locked included, that were at a moment below a node, or it
     * itself. Entries and moves of exactly that moment count. The accounts of each are looked up by
     * themselves: nobody can estimate how many are below a node, and the planner reads them all.
     */
    public Amounts held(NodeId node, Instant at) {
        var held = new HashMap<Resource, Long>();
        jdbc.sql(
                        BELOW_THEN
                                + """
                                select a.resource, sum(e.balance)::bigint as held
                                from below cross join lateral (
                                    select node, resource from quota_account
                                    where node = below.id offset 0) a
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

    /**
     * What a node was promised and could not exceed at a moment, by resource; changes of exactly
     * that moment count. Resources in which it had no limits by then are left out.
     */
    public Map<Resource, Limit> limits(NodeId node, Instant at) {
        var limits = new TreeMap<Resource, Limit>();
        jdbc.sql(
                        """
                        select a.resource,
                               case when l.position is not null then l.guaranteed
                                    when f.position is not null then f.was_guaranteed
                                    else a.guaranteed end as guaranteed,
                               case when l.position is not null then l.ceiling
                                    when f.position is not null then f.was_ceiling
                                    else a.ceiling end as ceiling
                        from quota_account a
                        left join lateral (
                            select * from quota_limit_change c
                            where c.node = a.node and c.resource = a.resource and c.at <= :at
                            order by c.at desc, c.position desc limit 1) l on true
                        left join lateral (
                            select * from quota_limit_change c
                            where c.node = a.node and c.resource = a.resource and c.at > :at
                            order by c.at, c.position limit 1) f on true
                        where a.node = :node
                        """)
                .param("node", node.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    var limit = new Limit(row.getLong("guaranteed"), LedgerStore.ceiling(row));
                    if (limit.guaranteed() > 0 || limit.ceiling().isPresent()) {
                        limits.put(new Resource(row.getString("resource")), limit);
                    }
                });
        return limits;
    }

    /**
     * What changed at a node, or below it while it was there, and what came to it or left it; the
     * latest first.
     */
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
                                EVER_BELOW
                                        + """
                                        select e.*, t.phase, t.pending, p.phase as ended
                                        from change e
                                        join quota_transfer t on t.id = e.transfer
                                        left join quota_transfer p on p.pending = t.id
                                        """
                                        + MATCHING
                                        + "and e.position < :before order by e.position desc"
                                        + query.atMost())
                        .params(matching)
                        .param("before", before(query))
                        .query(QuotaHistory::movement)
                        .list();
        long counted =
                jdbc.sql(
                                EVER_BELOW
                                        + "select count(*) from (select from change e\n"
                                        + MATCHING
                                        + "limit :counted) c")
                        .params(matching)
                        .param("counted", Page.MOST_COUNTED + 1)
                        .query(Long.class)
                        .single();
        return Page.counted(
                found, query, counted, last -> Cursor.after(Long.toString(last.position())));
    }

    private static long before(PageQuery query) {
        return query.cursor().map(Cursor::asOffset).orElse(Long.MAX_VALUE);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static LimitChange limitChange(ResultSet row) throws SQLException {
        return new LimitChange(
                new Limit(row.getLong("was_guaranteed"), ceiling(row, "was_ceiling")),
                new Limit(row.getLong("guaranteed"), ceiling(row, "ceiling")));
    }

    private static OptionalLong ceiling(ResultSet row, String column) throws SQLException {
        long ceiling = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(ceiling);
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
                row.getBoolean("limits") ? Optional.of(limitChange(row)) : Optional.empty(),
                pending ? Optional.of(id) : ended,
                pending ? Optional.ofNullable(row.getString("ended")) : ended.map(_ -> phase));
    }
}
