package io.yuntai.billing.reconciliation;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.reconciliation.Balance.Measure;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns closing_balance. */
@Repository
class BalanceStore {

    /**
     * Each border of a host's allocations inside the month is a movement from what was before to
     * what is after. A host belongs to one pool all its life; one that did not would be reclaimed
     * in one and opened in the other.
     */
    private static final String MOVED =
            """
            with piece as (
                select host, pool, vcpu, memory_bytes, disk_bytes, lower(during) as lo, upper(during) as hi
                from allocation where during && tstzrange(:from, :to, '[]')),
            amount as (
                select p.host, p.pool, p.lo, p.hi, m.measure, m.amount from piece p,
                    lateral (values ('VCPU', p.vcpu::bigint), ('MEMORY', p.memory_bytes), ('DISK', p.disk_bytes))
                        m (measure, amount)),
            movement as (
                select a.pool, a.measure, a.amount as later, coalesce(b.amount, 0) as earlier, b.host is null as opens
                from amount a left join amount b
                    on (b.host, b.pool, b.measure, b.hi) = (a.host, a.pool, a.measure, a.lo)
                where a.lo >= :from and a.lo < :to
                union all
                select a.pool, a.measure, 0, a.amount, false
                from amount a where a.hi >= :from and a.hi < :to and not exists (select from amount n
                    where (n.host, n.pool, n.measure, n.lo) = (a.host, a.pool, a.measure, a.hi))),
            moved as (
                select pool, measure,
                    coalesce(sum(later) filter (where opens), 0) as opened,
                    coalesce(sum(later - earlier) filter (where not opens and later > earlier), 0) as expanded,
                    coalesce(sum(earlier - later) filter (where not opens and later > 0 and later < earlier), 0) as shrunk,
                    coalesce(sum(earlier) filter (where not opens and later = 0), 0) as reclaimed
                from movement group by pool, measure),
            standing as (
                select pool, measure,
                    coalesce(sum(amount) filter (where lo < :from and (hi is null or hi >= :from)), 0) as before,
                    coalesce(sum(amount) filter (where lo < :to and (hi is null or hi >= :to)), 0) as after
                from amount group by pool, measure),
            closed as (
                select pool, measure, amount from closing_balance c where month = :last
                    and version = (select max(r.version) from report r where r.month = c.month and r.frozen_at <= :asOf))
            select pool, measure, coalesce(c.amount, s.before) as before, coalesce(s.after, 0) as after,
                coalesce(m.opened, 0) as opened, coalesce(m.expanded, 0) as expanded,
                coalesce(m.shrunk, 0) as shrunk, coalesce(m.reclaimed, 0) as reclaimed
            from standing s full join closed c using (pool, measure) left join moved m using (pool, measure)
            where s.pool is not null or c.amount > 0
            order by pool, measure
            """;

    private final JdbcClient sql;

    BalanceStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Balance> of(YearMonth month, Instant asOf) {
        var period = Period.of(month);
        return sql.sql(MOVED)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param("last", month.minusMonths(1).atDay(1))
                .query((row, _) ->
                        new Balance(
                                row.getString("pool"),
                                Measure.valueOf(row.getString("measure")),
                                row.getLong("before"),
                                row.getLong("opened"),
                                row.getLong("expanded"),
                                row.getLong("shrunk"),
                                row.getLong("reclaimed"),
                                row.getLong("after")))
                .list();
    }

    void close(YearMonth month, int version, List<Balance> balances) {
        for (var balance : balances) {
            var _ =
                    sql.sql(
                                    """
                                    insert into closing_balance (month, version, pool, measure, amount)
                                    values (:month, :version, :pool, :measure, :amount)
                                    """)
                            .param("month", month.atDay(1))
                            .param("version", version)
                            .param("pool", balance.pool())
                            .param("measure", balance.measure().name())
                            .param("amount", balance.after())
                            .update();
        }
    }
}
