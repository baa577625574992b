package io.yuntai.billing.ranking;

import static java.util.function.Predicate.not;

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
import java.util.Set;
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

    /** What one step of a statement may keep in memory: sums of 20,000 hosts, not on disk. */
    private static final String MEMORY = "64MB";

    /** What is added up of hours that count. */
    private static final String SUMS =
            """
            count(*) as hours, sum(u.samples) as samples, max(u.cpu_peak_millis) as peak,
            sum(u.cpu_time_ms) as cpu, sum(u.memory_byte_seconds) as memory, sum(u.disk_byte_seconds) as disk,
            count(u.memory_byte_seconds) as memory_hours,
            sum(u.samples) filter (where u.memory_byte_seconds is not null) as memory_samples,
            sum(u.samples) filter (where u.disk_byte_seconds is not null) as disk_samples
            """;

    /** Which hours count. */
    private static final String COUNT =
            "u.hour >= :from and u.hour < :to and u.samples >= :samples";

    /**
     * A host with one capacity (piece), then with one owner (held), and what of it was measured.
     * Most hosts are whole: one piece all the month. Their hours are added up without asking for
     * each of them whose it was, by as many workers as there are; only those of the others are held
     * against the bounds of their pieces.
     */
    private static final String MEASURED =
            """
            with exempt as materialized (
                select distinct on (host) host, id, kind, reason, applicant_name, decided_by_name,
                    case when ended_at < :asOf then ended_on else until_day end as until
                from exemption
                where :lastDay between from_day and until_day and state = 'APPROVED' and decided_at <= :asOf
                    and (ended_at is null or ended_at > :asOf or :lastDay <= ended_on)
                order by host, decided_at, id),
            piece as materialized (
                select a.host, a.host_name, a.unit, a.system, a.pool, a.vcpu, a.memory_bytes, a.disk_bytes,
                    greatest(lower(a.during), :from) as lo, coalesce(least(upper(a.during), :to), :to) as hi,
                    case when c.at is null or c.at >= :to then 'NOT_CONFIRMED'
                        when c.at > :confirmed then 'RECENTLY_CONFIRMED'
                        else e.kind end as exclusion
                from allocation a left join host_confirmed c on c.host = a.host left join exempt e on e.host = a.host
                where a.during && tstzrange(:from, :to)),
            held as (
                select host, unit, system, pool, min(exclusion) as exclusion,
                    (array_agg(host_name order by lo desc))[1] as host_name,
                    (array_agg(vcpu order by lo desc))[1] as vcpu, min(lo) as lo, max(hi) as hi,
                    bool_and(lo = :from and hi = :to) as whole,
                    sum(hours)::bigint as hours, sum(hours * vcpu)::bigint as vcpu_hours
                from (select *, (ceil(extract(epoch from hi) / 3600)
                    - ceil(extract(epoch from lo) / 3600))::bigint as hours from piece) p
                group by host, unit, system, pool),
            measured_piece as (
                select p.host, p.lo, hours, samples, peak, cpu, memory, disk, memory_hours, memory_samples, disk_samples
                from piece p
                join (select u.host, %1$s from usage_hour u where %2$s group by u.host) m on m.host = p.host
                where p.lo = :from and p.hi = :to
                union all
                select p.host, p.lo, %1$s
                from piece p join usage_hour u on u.host = p.host and u.hour >= p.lo and u.hour < p.hi
                where not (p.lo = :from and p.hi = :to) and %2$s
                group by p.host, p.lo),
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
            """
                    .formatted(SUMS, COUNT);

    /**
     * Units and systems are called, and units lie, as they did when the month ended.
     *
     * <p>Coverage is rounded to two decimals before it is compared, as it is printed. Memory speaks
     * for a host by the {@link Rules}. Nobody is idle yet: who is calm by all else is asked by
     * {@link #LOW}.
     */
    private static final String JUDGED =
            """
            judged as (
                select h.*, m.hours as valid_hours, m.vcpu_hours as valid_vcpu_hours,
                    m.cpu, m.cpu_of, m.memory, m.memory_of, m.memory_due, m.disk, m.disk_of, m.disk_due,
                    low_peak and 10000 * cpu < :idleCpu * cpu_of and memory_of > 0
                        and case when :memoryInAllHours then memory_of = memory_due
                            else (20000 * m.memory_hours + h.hours) / nullif(2 * h.hours, 0) >= :coverage end
                        and 10000 * memory < :idleMemory * memory_of as calm
                from held h
                left join measured m on (m.host, m.unit, m.system, m.pool) = (h.host, h.unit, h.system, h.pool))
            select h.*, h.lo as held_from, h.hi as held_to,
                coalesce(qp.code, q.code) as unit_code, coalesce(qp.name, q.name) as unit_name,
                coalesce(qp.region, q.region) as region,
                coalesce(sp.code, s.code) as system_code, coalesce(sp.name, s.name) as system_name,
                h.exclusion is null and h.hours > 0
                    and coalesce((20000 * h.valid_hours + h.hours) / nullif(2 * h.hours, 0) >= :coverage, false) as measured,
                false as idle, e.id as exemption, e.reason as exempt_reason, e.until as exempt_until,
                e.applicant_name as exempt_applicant, e.decided_by_name as exempt_approver
            from judged h join party q on q.unit = h.unit join metered_system s on s.id = h.system
            left join exempt e on e.host = h.host and e.kind = h.exclusion
            left join lateral (select * from party_past w where w.unit = h.unit and w.until >= :to
                order by w.until limit 1) qp on true
            left join lateral (select * from metered_system_past w where w.id = h.system and w.until >= :to
                order by w.until limit 1) sp on true
            """;

    /** Pieces of some that are not whole, with the hours of each. */
    private static final String PIECES =
            """
            (select n.number, a.host, a.unit, a.pool, a.vcpu,
                greatest(lower(a.during), :from) as lo, coalesce(least(upper(a.during), :to), :to) as hi
            from unnest(:pieceHosts, :pieceUnits, :pieceSystems, :piecePools) with ordinality n (host, unit, system, pool, number)
            join allocation a on (a.host, a.unit, a.system, a.pool) = (n.host, n.unit, n.system, n.pool)
            where a.during && tstzrange(:from, :to) offset '0') a
            join usage_hour u on u.host = a.host and u.hour >= a.lo and u.hour < a.hi
            """;

    /** The samples themselves are looked at where the peak of an hour does not tell enough. */
    private static final String LOW_SAMPLES =
            """
            sum(case when 20::bigint * u.cpu_peak_millis + vcpu < 2 * vcpu * :idleP95 then u.samples
                else (select count(*) from unnest(u.cpu_samples) s where s < :idleP95) end)
            """;

    /** Whose samples are low enough to be idle: whole ones by number, then the others by theirs. */
    private static final String LOW =
            """
            select true as whole, number from unnest(:hosts, :vcpus) with ordinality a (host, vcpu, number)
            join usage_hour u on u.host = a.host where %2$s
            group by number having 100 * %3$s >= 95 * sum(u.samples)
            union all
            select false, number from %1$s where %2$s
            group by number having 100 * %3$s >= 95 * sum(u.samples)
            """
                    .formatted(PIECES, COUNT, LOW_SAMPLES);

    /**
     * Rounding keeps order, so the nearest rank of the rounded is the rounded nearest rank. What
     * counts of the allocations is worked out apart from the join: {@code offset '0'} keeps it
     * there, so that the database neither works it out in each hour nor guesses from it how few
     * there are. It has to be the text of a number: only then is it known to leave nothing out,
     * which workers must not.
     */
    private static final String PERCENTILES =
            """
            with hourly as (
                select unit, pool, u.hour, sum(u.cpu_time_ms)::bigint as cpu, sum(vcpu * u.samples)::bigint * 300000 as cpu_of
                from (select host, unit, pool, vcpu, lower(during) <= :from and coalesce(upper(during) >= :to, true)
                        and host <> all(:unmeasured) as counts
                    from allocation offset '0') a
                join usage_hour u on u.host = a.host
                where a.counts and %2$s group by unit, pool, u.hour
                union all
                select unit, pool, u.hour, sum(u.cpu_time_ms)::bigint, sum(vcpu * u.samples)::bigint * 300000
                from %1$s where %2$s group by unit, pool, u.hour),
            scoped as (
                select unit, coalesce(pool, zone, family, 'all') as scope, sum(cpu)::bigint as cpu, sum(cpu_of)::bigint as cpu_of
                from (select *, 'zone:' || split_part(pool, '-', 1) as zone,
                    'family:' || split_part(pool, '-', 2) as family from hourly) h
                group by grouping sets ((unit, pool, hour), (unit, zone, hour), (unit, family, hour), (unit, hour)))
            select unit, scope, percentile_disc(0.95)
                within group (order by (20000 * cpu + cpu_of) / (2 * cpu_of)) as p95,
                max((20000 * cpu + cpu_of) / (2 * cpu_of)) as peak
            from scoped group by unit, scope
            """
                    .formatted(PIECES, COUNT);

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
        var _ =
                sql.sql("select set_config('work_mem', :memory, true)")
                        .param("memory", MEMORY)
                        .query(String.class)
                        .single();
        var period = Period.of(month);
        var judged = judged(period, month.atEndOfMonth(), policy, rules, asOf);
        var idle = idle(judged.stream().filter(Judged::isCalm).toList(), period, policy);
        return MonthFigures.of(
                month,
                policy,
                rules,
                judged.stream()
                        .map(one -> idle.contains(one) ? one.share().asIdle() : one.share())
                        .toList(),
                hourly(judged, period, policy));
    }

    /**
     * A share.
     *
     * @param isWhole all the month with one capacity
     * @param isCalm idle but for what its samples say
     */
    private record Judged(HostShare share, boolean isWhole, boolean isCalm) {}

    private List<Judged> judged(
            Period period, LocalDate lastDay, RankingPolicy policy, Rules rules, Instant asOf) {
        var evidence = policy.evidence();
        var idle = policy.idle();
        return bounded(MEASURED + JUDGED, period, policy)
                .param("lastDay", lastDay)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param(
                        "confirmed",
                        period.to()
                                .minus(Duration.ofDays(evidence.confirmedDays()))
                                .atOffset(ZoneOffset.UTC))
                .param("coverage", hundredths(evidence.coverage()))
                .param("memoryInAllHours", rules == Rules.MEMORY_IN_ALL_HOURS)
                .param("idleCpu", hundredths(idle.cpu()))
                .param("idlePeak", hundredths(idle.cpuPeak()))
                .param("idleMemory", hundredths(idle.memory()))
                .query((row, number) ->
                        new Judged(
                                HostShareRows.share(row, number),
                                row.getBoolean("whole"),
                                row.getBoolean("calm")))
                .list();
    }

    private Set<Judged> idle(List<Judged> calm, Period period, RankingPolicy policy) {
        var whole = calm.stream().filter(Judged::isWhole).toList();
        var others = calm.stream().filter(not(Judged::isWhole)).toList();
        return pieces(bounded(LOW, period, policy), others)
                .param("hosts", array("uuid", whole, share -> share.host().value()))
                .param("vcpus", array("integer", whole, HostShare::vcpu))
                .param("idleP95", hundredths(policy.idle().cpuP95()))
                .query((row, _) ->
                        (row.getBoolean("whole") ? whole : others).get(row.getInt("number") - 1))
                .set();
    }

    private Map<UnitScope, HourlyCpu> hourly(
            List<Judged> shares, Period period, RankingPolicy policy) {
        var unmeasured =
                shares.stream().filter(one -> one.isWhole() && !one.share().measured()).toList();
        var others =
                shares.stream().filter(one -> !one.isWhole() && one.share().measured()).toList();
        var hourly = new HashMap<UnitScope, HourlyCpu>();
        pieces(bounded(PERCENTILES, period, policy), others)
                .param("unmeasured", array("uuid", unmeasured, share -> share.host().value()))
                .query(row -> {
                    hourly.put(
                            new UnitScope(
                                    new PartyId(row.getObject("unit", UUID.class)),
                                    row.getString("scope")),
                            new HourlyCpu(
                                    row.getBigDecimal("p95").movePointLeft(2),
                                    Optional.of(row.getBigDecimal("peak").movePointLeft(2))));
                });
        return hourly;
    }

    private JdbcClient.StatementSpec bounded(
            String statement, Period period, RankingPolicy policy) {
        return sql.sql(statement)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("samples", policy.evidence().validSamples());
    }

    private static JdbcClient.StatementSpec pieces(
            JdbcClient.StatementSpec statement, List<Judged> of) {
        return statement
                .param("pieceHosts", array("uuid", of, share -> share.host().value()))
                .param("pieceUnits", array("uuid", of, share -> share.unit().id().value()))
                .param("pieceSystems", array("uuid", of, share -> share.system().id().value()))
                .param("piecePools", array("text", of, HostShare::pool));
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
            String type, List<Judged> of, Function<HostShare, Object> member) {
        return new SqlArrayValue(type, of.stream().map(Judged::share).map(member).toArray());
    }

    private static long hundredths(BigDecimal percent) {
        return percent.movePointRight(2).longValueExact();
    }
}
