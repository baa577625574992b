package io.yuntai.billing.ranking;

import static java.math.BigDecimal.ZERO;

import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Sums a month up by unit, in one statement. Everything in it is whole numbers: what is divided is
 * divided afterwards, exactly.
 *
 * <p>An hour belongs to who had the host, and with what capacity, at its first moment. An hour
 * counts as much as was measured of it: the capacity of nine samples stands beside the use of nine
 * samples.
 */
@Repository
class UsageSums {

    /**
     * A host with one capacity (piece), then with one owner (held), and what of it was measured.
     */
    private static final String MEASURED =
            """
            with piece as materialized (
                select a.host, a.unit, a.pool, a.vcpu, a.memory_bytes, a.disk_bytes,
                    greatest(lower(a.during), :from) as lo, coalesce(least(upper(a.during), :to), :to) as hi,
                    c.at is null or c.at > :confirmed as excluded
                from allocation a left join host_confirmed c on c.host = a.host
                where a.during && tstzrange(:from, :to)),
            held as (
                select host, unit, pool, bool_or(excluded) as excluded,
                    (array_agg(vcpu order by lo desc))[1] as vcpu,
                    sum(hours)::bigint as hours, sum(hours * vcpu)::bigint as vcpu_hours
                from (select *, (ceil(extract(epoch from hi) / 3600)
                    - ceil(extract(epoch from lo) / 3600))::bigint as hours from piece) p
                group by host, unit, pool),
            measured_piece as (
                select u.host, p.lo, count(*) as hours, sum(u.samples) as samples, max(u.cpu_peak_millis) as peak,
                    sum(u.cpu_time_ms) as cpu, sum(u.memory_byte_seconds) as memory, sum(u.disk_byte_seconds) as disk,
                    sum(u.samples) filter (where u.memory_byte_seconds is not null) as memory_samples,
                    sum(u.samples) filter (where u.disk_byte_seconds is not null) as disk_samples
                from piece p join usage_hour u on u.host = p.host and u.hour >= p.lo and u.hour < p.hi
                where u.hour >= :from and u.hour < :to and u.samples >= :samples
                group by u.host, p.lo),
            measured as (
                select p.host, p.unit, p.pool, sum(m.hours)::bigint as hours,
                    sum(m.hours * p.vcpu)::bigint as vcpu_hours,
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
                group by p.host, p.unit, p.pool),
            """;

    /**
     * The samples themselves are looked at only where all else says that a host is idle. Coverage
     * is rounded to two decimals before it is compared, as it is printed.
     */
    private static final String JUDGED =
            """
            calm as materialized (
                select host, unit, pool from measured
                where low_peak and 10000 * cpu < :idleCpu * cpu_of and memory_of > 0 and memory_of = memory_due
                    and 10000 * memory < :idleMemory * memory_of),
            under as (
                select c.host, c.unit, c.pool,
                    sum(case when 20::bigint * u.cpu_peak_millis + p.vcpu < 2 * p.vcpu * :idleP95 then u.samples
                        else (select count(*) from unnest(u.cpu_samples) s where s < :idleP95) end) as samples
                from calm c join piece p on (p.host, p.unit, p.pool) = (c.host, c.unit, c.pool)
                join usage_hour u on u.host = p.host and u.hour >= p.lo and u.hour < p.hi
                where u.hour >= :from and u.hour < :to and u.samples >= :samples
                group by c.host, c.unit, c.pool),
            judged as materialized (
                select h.host, h.unit, h.pool, h.excluded, h.vcpu, h.vcpu_hours as due_vcpu_hours,
                    not h.excluded and h.hours > 0
                        and (20000 * m.hours + h.hours) / nullif(2 * h.hours, 0) >= :coverage as measured,
                    coalesce(100 * c.samples >= 95 * m.samples, false) as idle,
                    m.vcpu_hours, m.cpu, m.cpu_of, m.memory, m.memory_of, m.memory_due, m.disk, m.disk_of, m.disk_due
                from held h left join measured m on (m.host, m.unit, m.pool) = (h.host, h.unit, h.pool)
                left join under c on (c.host, c.unit, c.pool) = (h.host, h.unit, h.pool)),
            """;

    /** Rounding keeps order, so the nearest rank of the rounded is the rounded nearest rank. */
    private static final String SUMMED =
            """
            unit_hour as (
                select j.unit, j.pool, u.hour, sum(u.cpu_time_ms)::bigint as cpu,
                    sum(p.vcpu * u.samples)::bigint * 300000 as cpu_of
                from judged j join piece p on (p.host, p.unit, p.pool) = (j.host, j.unit, j.pool)
                join usage_hour u on u.host = p.host and u.hour >= p.lo and u.hour < p.hi
                where j.measured and u.hour >= :from and u.hour < :to and u.samples >= :samples
                group by j.unit, j.pool, u.hour),
            p95 as (
                select unit, pool, percentile_disc(0.95)
                    within group (order by (20000 * cpu + cpu_of) / (2 * cpu_of)) as hundredths
                from (select unit, coalesce(pool, 'all') as pool, sum(cpu)::bigint as cpu, sum(cpu_of)::bigint as cpu_of
                    from unit_hour group by grouping sets ((unit, pool, hour), (unit, hour))) h
                group by unit, pool),
            summed as (
                select unit, coalesce(pool, 'all') as pool,
                    count(distinct host) as hosts,
                    count(distinct host) filter (where measured) as measured_hosts,
                    count(distinct host) filter (where excluded) as excluded_hosts,
                    sum(vcpu) as vcpu, sum(vcpu) filter (where measured) as measured_vcpu,
                    sum(vcpu_hours) filter (where measured) as covered_vcpu_hours,
                    sum(due_vcpu_hours) filter (where not excluded) as expected_vcpu_hours,
                    sum(due_vcpu_hours) filter (where measured) as measured_vcpu_hours,
                    sum(due_vcpu_hours) filter (where measured and idle) as idle_vcpu_hours,
                    sum(cpu) filter (where measured) as cpu, sum(cpu_of) filter (where measured) as cpu_of,
                    sum(cpu_of) filter (where measured) as cpu_due,
                    sum(memory) filter (where measured) as memory, sum(memory_of) filter (where measured) as memory_of,
                    sum(memory_due) filter (where measured) as memory_due,
                    sum(disk) filter (where measured) as disk, sum(disk_of) filter (where measured) as disk_of,
                    sum(disk_due) filter (where measured) as disk_due
                from judged group by grouping sets ((unit, pool), (unit)))
            select s.*, q.code, q.name, p95.hundredths
            from summed s join party q on q.unit = s.unit
            left join p95 on (p95.unit, p95.pool) = (s.unit, s.pool)
            """;

    private final JdbcClient sql;

    UsageSums(JdbcClient sql) {
        this.sql = sql;
    }

    /** Every unit that had a host in the period: once for each pool, and once for all of them. */
    List<UnitUsage> of(Period period, RankingPolicy policy) {
        var evidence = policy.evidence();
        var idle = policy.idle();
        return sql.sql(MEASURED + JUDGED + SUMMED)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param(
                        "confirmed",
                        period.to()
                                .minus(Duration.ofDays(evidence.confirmedDays()))
                                .atOffset(ZoneOffset.UTC))
                .param("samples", evidence.validSamples())
                .param("coverage", hundredths(evidence.coverage()))
                .param("idleCpu", hundredths(idle.cpu()))
                .param("idleP95", hundredths(idle.cpuP95()))
                .param("idlePeak", hundredths(idle.cpuPeak()))
                .param("idleMemory", hundredths(idle.memory()))
                .query((row, _) -> unitUsage(row))
                .list();
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

    private static UnitUsage unitUsage(ResultSet row) throws SQLException {
        return new UnitUsage(
                new PartyId(row.getObject("unit", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                row.getString("pool"),
                row.getInt("hosts"),
                row.getInt("measured_hosts"),
                row.getInt("excluded_hosts"),
                row.getLong("vcpu"),
                row.getLong("measured_vcpu"),
                whole(row, "covered_vcpu_hours"),
                whole(row, "expected_vcpu_hours"),
                whole(row, "measured_vcpu_hours"),
                whole(row, "idle_vcpu_hours"),
                use(row, "cpu"),
                use(row, "memory"),
                use(row, "disk"),
                Optional.ofNullable(row.getBigDecimal("hundredths"))
                        .map(hundredths -> hundredths.movePointLeft(2)));
    }

    private static UnitUsage.Use use(ResultSet row, String measure) throws SQLException {
        return new UnitUsage.Use(
                whole(row, measure), whole(row, measure + "_of"), whole(row, measure + "_due"));
    }

    /** A sum over no rows is null, and zero here. */
    private static BigInteger whole(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column)).orElse(ZERO).toBigIntegerExact();
    }

    private static long hundredths(BigDecimal percent) {
        return percent.movePointRight(2).longValueExact();
    }
}
