package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How whole pools stood at moments of the past, from the ledger's entries and the tree of then. */
@Service
@Transactional(readOnly = true)
public class PoolAccounts {

    /**
     * One resource of one pool at a moment, in base units; each is added up by itself.
     *
     * @param capacity what the pool was given from outside
     * @param units held by systems of units, without what was locked
     * @param platform held by the infrastructure, likewise
     * @param locked held for orders that were not decided then
     * @param promised to somebody and not handed on
     * @param unassigned what the pool itself still had
     * @param debt what was charged although there was no room for it; over the capacity
     */
    public record Standing(
            PoolId pool,
            Resource resource,
            long capacity,
            long units,
            long platform,
            long locked,
            long promised,
            long unassigned,
            long debt) {}

    /** What was taken of one resource of a pool at a moment, locks included, in base units. */
    public record Taken(PoolId pool, Resource resource, Instant at, long amount) {}

    /** The same from outside the server, inside the caller's transaction. */
    public static PoolAccounts over(JdbcClient sql) {
        return new PoolAccounts(sql);
    }

    /** The trees as they were at the moments asked for. */
    private static final String BELOW_THEN =
            """
            with recursive moment as (select unnest(cast(:moments as timestamptz[])) as at),
            below (pool, at, id) as (
                select n.pool, m.at, n.id from quota_node n cross join moment m where n.kind = 'POOL'
                union all
                select b.pool, b.at, c.id from below b cross join lateral (
                    select n.id from quota_node n
                    where n.parent = b.id
                      and not exists (select from quota_past_parent p where p.node = n.id and p.until > b.at)
                    union all
                    select p.node from quota_past_parent p
                    where p.parent = b.id and p.since <= b.at and p.until > b.at) c)
            """;

    private final JdbcClient jdbc;

    PoolAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How each pool stood, by pool and resource; entries of exactly that moment count. Reads the
     * whole ledger.
     */
    public List<Standing> at(Instant moment) {
        return jdbc.sql(
                        BELOW_THEN
                                + """
                                , node as (
                                    select b.pool, b.at, b.id, n.kind from below b join quota_node n on n.id = b.id),
                                summed as (
                                    select b.pool, e.resource,
                                        coalesce(-sum(e.amount) filter (where e.side = 'OUTSIDE'), 0)::bigint as given,
                                        coalesce(sum(e.amount) filter (where e.side = 'HELD'
                                            and b.kind <> 'INFRASTRUCTURE'), 0)::bigint as units,
                                        coalesce(sum(e.amount) filter (where e.side = 'HELD'
                                            and b.kind = 'INFRASTRUCTURE'), 0)::bigint as platform,
                                        coalesce(sum(e.amount) filter (where e.side = 'FREE'
                                            and b.kind <> 'POOL'), 0)::bigint as promised,
                                        coalesce(sum(e.amount) filter (where e.side = 'FREE'
                                            and b.kind = 'POOL'), 0)::bigint as unassigned
                                    from node b join quota_entry e on e.node = b.id and e.at <= b.at
                                    group by 1, 2),
                                locked as (
                                    select b.pool, e.resource,
                                        coalesce(sum(e.amount) filter (where b.kind <> 'INFRASTRUCTURE'), 0)::bigint as units,
                                        coalesce(sum(e.amount) filter (where b.kind = 'INFRASTRUCTURE'), 0)::bigint as platform
                                    from node b join quota_entry e on e.node = b.id and e.side = 'HELD' and e.at <= b.at
                                    join quota_transfer t on t.id = e.transfer and t.phase = 'PENDING'
                                    where not exists (select from quota_transfer p where p.pending = t.id and p.at <= b.at)
                                    group by 1, 2),
                                indebted as (
                                    select distinct on (n.pool, d.resource) n.pool, d.resource, d.debt
                                    from quota_past_debt d join quota_node n on n.id = d.node and n.kind = 'POOL'
                                    join moment m on d.at <= m.at
                                    order by n.pool, d.resource, d.at desc, d.position desc)
                                select s.pool, s.resource, s.given - coalesce(d.debt, 0) as capacity,
                                    s.units - coalesce(l.units, 0) as units,
                                    s.platform - coalesce(l.platform, 0) as platform,
                                    coalesce(l.units, 0) + coalesce(l.platform, 0) as locked,
                                    s.promised, s.unassigned,
                                    coalesce(d.debt, 0) as debt
                                from summed s
                                left join locked l on (l.pool, l.resource) = (s.pool, s.resource)
                                left join indebted d on (d.pool, d.resource) = (s.pool, s.resource)
                                order by s.pool, s.resource
                                """)
                .param("moments", moments(List.of(moment)))
                .query((row, _) ->
                        new Standing(
                                PoolId.of(row.getString("pool")),
                                new Resource(row.getString("resource")),
                                row.getLong("capacity"),
                                row.getLong("units"),
                                row.getLong("platform"),
                                row.getLong("locked"),
                                row.getLong("promised"),
                                row.getLong("unassigned"),
                                row.getLong("debt")))
                .list();
    }

    /**
     * What was taken at each of the moments, by pool, resource and moment; nothing of a moment
     * before the first entry.
     */
    public List<Taken> taken(Collection<Instant> moments) {
        return jdbc.sql(
                        BELOW_THEN
                                + """
                                select b.pool, a.resource, b.at, sum(e.balance)::bigint as amount
                                from below b join quota_account a on a.node = b.id
                                cross join lateral (
                                    select balance from quota_entry
                                    where node = a.node and resource = a.resource and side = 'HELD' and at <= b.at
                                    order by at desc, position desc limit 1) e
                                group by b.pool, a.resource, b.at order by b.pool, a.resource, b.at
                                """)
                .param("moments", moments(moments))
                .query((row, _) ->
                        new Taken(
                                PoolId.of(row.getString("pool")),
                                new Resource(row.getString("resource")),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getLong("amount")))
                .list();
    }

    private static String[] moments(Collection<Instant> moments) {
        return moments.stream()
                .map(at -> at.atOffset(ZoneOffset.UTC).toString())
                .toArray(String[]::new);
    }
}
