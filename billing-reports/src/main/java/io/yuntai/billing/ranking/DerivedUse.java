package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a ranking says of hours without keeping it, made of them once more, as they counted in a
 * published version, or now: by what hosts are idle or not, and the hours of a unit that its
 * percentile and its peak are taken of.
 */
@Service
public class DerivedUse {

    /**
     * The valid hours of some shares. An hour is a share's in which the host was the unit's, the
     * system's and in the pool at its first moment.
     */
    private static final String COUNTED =
            """
            with share as materialized (
                select s.number, a.host, a.vcpu,
                    greatest(lower(a.during), :from) as lo, coalesce(least(upper(a.during), :to), :to) as hi
                from unnest(:hosts, :units, :systems, :pools) with ordinality s (host, unit, system, pool, number)
                join allocation a on (a.host, a.unit, a.system, a.pool) = (s.host, s.unit, s.system, s.pool)
                where a.during && tstzrange(:from, :to)),
            old as materialized (
                select distinct on (host, hour) * from usage_superseded
                where month = :month and version >= :version and host = any(:hosts) order by host, hour, version),
            counted as (
                select s.number, s.host, s.vcpu, u.hour, u.samples, u.cpu_time_ms, u.cpu_peak_millis,
                    u.memory_byte_seconds, u.cpu_samples
                from share s join usage_hour u on u.host = s.host and u.hour >= s.lo and u.hour < s.hi
                where u.hour >= :from and u.hour < :to and u.samples >= :samples
                    and not exists (select from old o where (o.host, o.hour) = (u.host, u.hour))
                union all
                select s.number, s.host, s.vcpu, o.hour, o.samples, o.cpu_time_ms, o.cpu_peak_millis,
                    o.memory_byte_seconds, o.cpu_samples
                from share s join old o on o.host = s.host and o.hour >= s.lo and o.hour < s.hi
                where o.samples >= :samples)
            """;

    private final JdbcClient sql;

    DerivedUse(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * By what hosts are idle or not.
     *
     * @param shares of whatever hosts
     * @param version as this published version has them; empty: as they count now
     * @return nothing of those of which no hour is valid
     */
    @Transactional(readOnly = true)
    public Map<HostShare, IdleFigures> idle(
            List<HostShare> shares,
            RankingPolicy policy,
            YearMonth month,
            Optional<Integer> version) {
        var found = new HashMap<HostShare, IdleFigures>();
        of(
                        COUNTED
                                + """
                                , sampled as (
                                    select number, count(*) as samples,
                                        percentile_disc(0.95) within group (order by s) as p95
                                    from counted, unnest(cpu_samples) s where s is not null group by number)
                                select c.number, max(10::bigint * c.cpu_peak_millis / c.vcpu) as peak,
                                    count(c.memory_byte_seconds)::integer as memory_hours,
                                    min(s.p95) filter (where s.samples = c.all_samples) as p95
                                from (select *, sum(samples) over (partition by number) as all_samples from counted) c
                                left join sampled s on s.number = c.number
                                group by c.number
                                """,
                        shares,
                        policy,
                        month,
                        version)
                .query(row -> {
                    found.put(shares.get(row.getInt("number") - 1), idle(row));
                });
        return found;
    }

    private static IdleFigures idle(ResultSet row) throws SQLException {
        return new IdleFigures(
                Optional.ofNullable(row.getBigDecimal("p95")).map(p95 -> p95.movePointLeft(2)),
                BigDecimal.valueOf(row.getLong("peak"), 2),
                row.getInt("memory_hours"));
    }

    /**
     * The hours of a unit in a month and scope, in the order of time; at most 744.
     *
     * @param shares of the unit in the scope; those that are not measured add nothing
     * @param version as this published version has them; empty: as they count now
     */
    @Transactional(readOnly = true)
    public List<UnitHour> hours(
            List<HostShare> shares,
            RankingPolicy policy,
            YearMonth month,
            Optional<Integer> version) {
        var hours =
                of(
                                COUNTED
                                        + """
                                        select hour, count(distinct host)::integer as hosts, sum(cpu_time_ms) as cpu,
                                            sum(vcpu * samples)::bigint * 300000 as cpu_of
                                        from counted group by hour
                                        """,
                                shares.stream().filter(HostShare::measured).toList(),
                                policy,
                                month,
                                version)
                        .query((row, _) -> hour(row))
                        .list();
        return UnitHour.marked(hours);
    }

    private static UnitHour hour(ResultSet row) throws SQLException {
        var of = BigInteger.valueOf(row.getLong("cpu_of"));
        return UnitHour.of(
                row.getObject("hour", OffsetDateTime.class).toInstant(),
                row.getInt("hosts"),
                new Use(row.getBigDecimal("cpu").toBigIntegerExact(), of, of));
    }

    private JdbcClient.StatementSpec of(
            String statement,
            List<HostShare> shares,
            RankingPolicy policy,
            YearMonth month,
            Optional<Integer> version) {
        var period = Period.of(month);
        return sql.sql(statement)
                .param("month", month.atDay(1))
                // What no version is after replaces nothing.
                .param("version", version.orElse(Integer.MAX_VALUE))
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("samples", policy.evidence().validSamples())
                .param("hosts", array("uuid", shares, share -> share.host().value()))
                .param("units", array("uuid", shares, share -> share.unit().id().value()))
                .param("systems", array("uuid", shares, share -> share.system().id().value()))
                .param("pools", array("text", shares, HostShare::pool));
    }

    private static SqlArrayValue array(
            String type, List<HostShare> shares, Function<HostShare, Object> member) {
        return new SqlArrayValue(type, shares.stream().map(member).toArray());
    }
}
