package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.MonthFigures.UnitScope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * Sums a month up by host and owner. Everything in it is whole numbers: what is divided is divided
 * afterwards, exactly.
 *
 * <p>An hour belongs to who had the host, and with what capacity, at its first moment. An hour
 * counts as much as was measured of it: the capacity of nine samples stands beside the use of nine
 * samples.
 */
@Repository
class UsageSums {

    /**
     * A host with one capacity (piece), then with one owner (held), and what of it was measured.
     * The hours are read from allocations themselves and not from {@code piece}: what is kept aside
     * is never read by several workers at once.
     */
    private static final String MEASURED =
            """
            with piece as materialized (
                select a.host, a.host_name, a.unit, a.system, a.pool, a.vcpu, a.memory_bytes, a.disk_bytes,
                    greatest(lower(a.during), :from) as lo, coalesce(least(upper(a.during), :to), :to) as hi,
                    case when c.at is null or c.at >= :to then 'NOT_CONFIRMED'
                        when c.at > :confirmed then 'RECENTLY_CONFIRMED'
                        else (select e.kind from exemption e
                            where e.host = a.host and :lastDay between e.from_day and e.until_day
                                and e.state = 'APPROVED' and e.decided_at <= :asOf
                                and (e.ended_at is null or e.ended_at > :asOf or :lastDay <= e.ended_on)
                            order by e.decided_at, e.id limit 1) end as exclusion
                from allocation a left join host_confirmed c on c.host = a.host
                where a.during && tstzrange(:from, :to)),
            held as (
                select host, unit, system, pool, min(exclusion) as exclusion,
                    (array_agg(host_name order by lo desc))[1] as host_name,
                    (array_agg(vcpu order by lo desc))[1] as vcpu, min(lo) as lo, max(hi) as hi,
                    sum(hours)::bigint as hours, sum(hours * vcpu)::bigint as vcpu_hours
                from (select *, (ceil(extract(epoch from hi) / 3600)
                    - ceil(extract(epoch from lo) / 3600))::bigint as hours from piece) p
                group by host, unit, system, pool),
            measured_piece as (
                select u.host, lo, count(*) as hours, sum(u.samples) as samples, max(u.cpu_peak_millis) as peak,
                    sum(u.cpu_time_ms) as cpu, sum(u.memory_byte_seconds) as memory, sum(u.disk_byte_seconds) as disk,
                    count(u.memory_byte_seconds) as memory_hours,
                    sum(u.samples) filter (where u.memory_byte_seconds is not null) as memory_samples,
                    sum(u.samples) filter (where u.disk_byte_seconds is not null) as disk_samples
                from (select host, greatest(lower(during), :from) as lo, coalesce(least(upper(during), :to), :to) as hi
                    from allocation where during && tstzrange(:from, :to)) a
                join usage_hour u on u.host = a.host and u.hour >= lo and u.hour < hi
                where u.hour >= :from and u.hour < :to and u.samples >= :samples
                group by u.host, lo),
            measured as (
                select p.host, p.unit, p.system, p.pool, sum(m.hours)::bigint as hours,
                    sum(m.memory_hours)::bigint as memory_hours, sum(m.hours * p.vcpu)::bigint as vcpu_hours,
                    sum(m.cpu) as cpu, sum(m.samples * p.vcpu * 300000) as cpu_of,
                    coalesce(sum(m.memory), 0) as memory,
                    coalesce(sum(m.memory_samples::numeric * p.memory_bytes * 300), 0) as memory_of,
                    sum(m.samples::numeric * p.memory_bytes * 300) as memory_due,
                    coalesce(sum(m.disk), 0) as disk,
                    coalesce(sum(m.disk_samples::numeric * p.disk_bytes * 300), 0) as disk_of,
                    sum(m.samples::numeric * p.disk_bytes * 300) as disk_due,
                    sum(m.samples) as samples,
                    bool_and(10::bigint * m.peak < :idlePeak * p.vcpu) as low_peak
                from piece p join measured_piece m on m.host = p.host and m.lo = p.lo
                group by p.host, p.unit, p.system, p.pool),
            """;

    /**
     * The samples themselves are looked at only where all else says that a host is idle. Coverage
     * is rounded to two decimals before it is compared, as it is printed. Memory speaks for a host
     * when it was measured in as many of its hours as its processors must be: not in each of them.
     */
    private static final String JUDGED =
            """
            calm as materialized (
                select m.host, m.unit, m.system, m.pool from measured m
                join held h on (h.host, h.unit, h.system, h.pool) = (m.host, m.unit, m.system, m.pool)
                where low_peak and 10000 * cpu < :idleCpu * cpu_of and memory_of > 0
                    and case when :memoryInAllHours then memory_of = memory_due
                        else (20000 * m.memory_hours + h.hours) / nullif(2 * h.hours, 0) >= :coverage end
                    and 10000 * memory < :idleMemory * memory_of),
            under as (
                select c.host, c.unit, c.system, c.pool,
                    sum(case when 20::bigint * u.cpu_peak_millis + p.vcpu < 2 * p.vcpu * :idleP95 then u.samples
                        else (select count(*) from unnest(u.cpu_samples) s where s < :idleP95) end) as samples
                from calm c join piece p on (p.host, p.unit, p.system, p.pool) = (c.host, c.unit, c.system, c.pool)
                join usage_hour u on u.host = p.host and u.hour >= p.lo and u.hour < p.hi
                where u.hour >= :from and u.hour < :to and u.samples >= :samples
                group by c.host, c.unit, c.system, c.pool)
            select h.*, h.lo as held_from, h.hi as held_to, q.code as unit_code, q.name as unit_name, q.region,
                s.code as system_code, s.name as system_name, coalesce(m.hours, 0) as valid_hours,
                h.exclusion is null and h.hours > 0
                    and coalesce((20000 * m.hours + h.hours) / nullif(2 * h.hours, 0) >= :coverage, false) as measured,
                coalesce(100 * c.samples >= 95 * m.samples, false) as idle,
                m.vcpu_hours as valid_vcpu_hours, m.cpu, m.cpu_of, m.memory, m.memory_of, m.memory_due,
                m.disk, m.disk_of, m.disk_due
            from held h join party q on q.unit = h.unit join metered_system s on s.id = h.system
            left join measured m on (m.host, m.unit, m.system, m.pool) = (h.host, h.unit, h.system, h.pool)
            left join under c on (c.host, c.unit, c.system, c.pool) = (h.host, h.unit, h.system, h.pool)
            """;

    /** Rounding keeps order, so the nearest rank of the rounded is the rounded nearest rank. */
    private static final String PERCENTILES =
            """
            with hourly as (
                select j.unit, j.pool, u.hour, sum(u.cpu_time_ms)::bigint as cpu,
                    sum(a.vcpu * u.samples)::bigint * 300000 as cpu_of
                from unnest(:hosts, :units, :systems, :pools) j (host, unit, system, pool)
                join allocation a on (a.host, a.unit, a.system, a.pool) = (j.host, j.unit, j.system, j.pool)
                    and a.during && tstzrange(:from, :to)
                join usage_hour u on u.host = a.host and u.hour >= greatest(lower(a.during), :from)
                    and u.hour < coalesce(least(upper(a.during), :to), :to)
                where u.hour >= :from and u.hour < :to and u.samples >= :samples
                group by j.unit, j.pool, u.hour),
            scoped as (
                select unit, coalesce(pool, zone, family, 'all') as scope, sum(cpu)::bigint as cpu, sum(cpu_of)::bigint as cpu_of
                from (select *, 'zone:' || split_part(pool, '-', 1) as zone,
                    'family:' || split_part(pool, '-', 2) as family from hourly) h
                group by grouping sets ((unit, pool, hour), (unit, zone, hour), (unit, family, hour), (unit, hour)))
            select unit, scope, percentile_disc(0.95)
                within group (order by (20000 * cpu + cpu_of) / (2 * cpu_of)) as hundredths
            from scoped group by unit, scope
            """;

    private final JdbcClient sql;

    UsageSums(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Works a month out.
     *
     * @param asOf exemptions count that had been approved then, and are in force on the last day
     */
    MonthFigures of(YearMonth month, RankingPolicy policy, Rules rules, Instant asOf) {
        var period = Period.of(month);
        var hosts = judged(period, month.atEndOfMonth(), policy, rules, asOf);
        return MonthFigures.of(month, policy, hosts, percentiles(hosts, period, policy));
    }

    private List<HostShare> judged(
            Period period, LocalDate lastDay, RankingPolicy policy, Rules rules, Instant asOf) {
        var evidence = policy.evidence();
        var idle = policy.idle();
        return sql.sql(MEASURED + JUDGED)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("lastDay", lastDay)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param(
                        "confirmed",
                        period.to()
                                .minus(Duration.ofDays(evidence.confirmedDays()))
                                .atOffset(ZoneOffset.UTC))
                .param("samples", evidence.validSamples())
                .param("coverage", hundredths(evidence.coverage()))
                .param("memoryInAllHours", rules == Rules.MEMORY_IN_ALL_HOURS)
                .param("idleCpu", hundredths(idle.cpu()))
                .param("idleP95", hundredths(idle.cpuP95()))
                .param("idlePeak", hundredths(idle.cpuPeak()))
                .param("idleMemory", hundredths(idle.memory()))
                .query(HostShareRows::share)
                .list();
    }

    private Map<UnitScope, BigDecimal> percentiles(
            List<HostShare> hosts, Period period, RankingPolicy policy) {
        var measured = hosts.stream().filter(HostShare::measured).toList();
        var percentiles = new HashMap<UnitScope, BigDecimal>();
        sql.sql(PERCENTILES)
                .param("hosts", array("uuid", measured, host -> host.host().value()))
                .param("units", array("uuid", measured, host -> host.unit().id().value()))
                .param("systems", array("uuid", measured, host -> host.system().id().value()))
                .param("pools", array("text", measured, HostShare::pool))
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("samples", policy.evidence().validSamples())
                .query(row -> {
                    percentiles.put(
                            new UnitScope(
                                    new PartyId(row.getObject("unit", UUID.class)),
                                    row.getString("scope")),
                            row.getBigDecimal("hundredths").movePointLeft(2));
                });
        return percentiles;
    }

    /** When the first host was allocated. */
    Optional<Instant> firstAllocation() {
        return sql.sql(
                        """
                        select lower(during) as begins from allocation
                        order by lower(during) limit 1
                        """)
                .query((row, _) -> row.getObject("begins", OffsetDateTime.class).toInstant())
                .optional();
    }

    private static SqlArrayValue array(
            String type, List<HostShare> hosts, Function<HostShare, Object> member) {
        return new SqlArrayValue(type, hosts.stream().map(member).toArray());
    }

    private static long hundredths(BigDecimal percent) {
        return percent.movePointRight(2).longValueExact();
    }
}
