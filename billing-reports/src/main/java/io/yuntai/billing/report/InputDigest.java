package io.yuntai.billing.report;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.Period;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The digest of all that a month's figures are made of: SM3 over lines that the database writes, so
 * that whoever has the database can print and digest them without us. docs/ranking.md has the
 * statements.
 */
@Repository
public class InputDigest {

    private static final int FETCHED = 5000;

    /** Who had what, cut to the month, and since when it was confirmed. */
    private static final String ALLOCATIONS =
            """
            select concat_ws(E'\\t', 'allocation', a.host, a.unit, a.system, a.pool, a.vcpu, a.memory_bytes, a.disk_bytes,
                extract(epoch from greatest(lower(a.during), :from)),
                extract(epoch from coalesce(least(upper(a.during), :to), :to)),
                coalesce(extract(epoch from (select c.at from host_confirmed c
                    where c.host = a.host and c.at < :to))::text, '-')) as line
            from allocation a where a.during && tstzrange(:from, :to)
            order by a.host, lower(a.during)
            """;

    private static final String EXEMPTIONS =
            """
            select concat_ws(E'\\t', 'exemption', e.host, e.kind, e.from_day, e.until_day, e.id) as line
            from exemption e
            where e.state = 'APPROVED' and e.decided_at <= :asOf and :lastDay between e.from_day and e.until_day
              and (e.ended_at is null or e.ended_at > :asOf or :lastDay <= e.ended_on)
            order by e.host, e.id
            """;

    private static final String HOUR =
            """
            concat_ws(E'\\t', 'hour', u.host, extract(epoch from u.hour)::bigint, u.samples, u.quarantined,
                u.cpu_time_ms, u.cpu_peak_millis, coalesce(u.memory_byte_seconds::text, '-'),
                coalesce(u.disk_byte_seconds::text, '-'), array_to_string(u.cpu_samples, ',', '-'),
                array_to_string(u.memory_samples, ',', '-')) as line
            """;

    private static final String HOURS =
            "select u.host, "
                    + HOUR
                    + "from usage_hour u where u.hour >= :from and u.hour < :to order by u.host, u.hour";

    /** As they were before later versions replaced some of them. */
    private static final String HOURS_OF_VERSION =
            """
            with old as (
                select distinct on (host, hour) * from usage_superseded
                where month = :month and version >= :version order by host, hour, version),
            u as (
                select host, hour, samples, quarantined, cpu_time_ms, cpu_peak_millis, memory_byte_seconds,
                    disk_byte_seconds, cpu_samples, memory_samples
                from usage_hour h where hour >= :from and hour < :to
                    and not exists (select from old where (old.host, old.hour) = (h.host, h.hour))
                union all
                select host, hour, samples, quarantined, cpu_time_ms, cpu_peak_millis, memory_byte_seconds,
                    disk_byte_seconds, cpu_samples, memory_samples
                from old where samples is not null)
            """
                    + "select u.host, "
                    + HOUR
                    + "from u order by u.host, u.hour";

    /** The digest of a host's hours, so that a difference has a host's name. */
    public record HostHours(MeteredHostId host, int hours, String sm3) {}

    /** The digest of everything, and of each host's hours. */
    public record Input(String sm3, List<HostHours> hosts) {

        public Input {
            hosts = List.copyOf(hosts);
        }
    }

    private final JdbcClient sql;

    InputDigest(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Digests what a version rests on. To be called in a transaction: the rows are read as they
     * come.
     *
     * @param version a published one or the next
     * @param asOf exemptions count as they stood then
     */
    Input of(YearMonth month, int version, Instant asOf) {
        var all = new Sm3();
        var of = bounds(sql.sql(ALLOCATIONS), month);
        of.query(row -> {
            all.addLine(row.getString("line"));
        });
        sql.sql(EXEMPTIONS)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param("lastDay", month.atEndOfMonth())
                .query(row -> {
                    all.addLine(row.getString("line"));
                });
        var hosts = new Hosts();
        hours(month, version)
                .withFetchSize(FETCHED)
                .query(row -> {
                    var line = row.getString("line");
                    all.addLine(line);
                    hosts.add(row.getObject("host", UUID.class), line);
                });
        return new Input(all.endHex(), hosts.end());
    }

    private JdbcClient.StatementSpec hours(YearMonth month, int version) {
        boolean replaced =
                sql.sql(
                                """
                                select exists (select from usage_superseded
                                    where month = :month and version >= :version)
                                """)
                        .param("month", month.atDay(1))
                        .param("version", version)
                        .query(Boolean.class)
                        .single();
        return replaced
                ? bounds(sql.sql(HOURS_OF_VERSION), month)
                        .param("month", month.atDay(1))
                        .param("version", version)
                : bounds(sql.sql(HOURS), month);
    }

    private static JdbcClient.StatementSpec bounds(
            JdbcClient.StatementSpec statement, YearMonth month) {
        var period = Period.of(month);
        return statement
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC));
    }

    /** Digests one host after the other. */
    private static final class Hosts {

        private final List<HostHours> ended = new ArrayList<>();
        private final Sm3 digest = new Sm3();
        private UUID host = new UUID(0, 0);
        private int hours;

        void add(UUID next, String line) {
            if (!next.equals(host)) {
                endHost();
                host = next;
            }
            hours++;
            digest.addLine(line);
        }

        List<HostHours> end() {
            endHost();
            return ended;
        }

        private void endHost() {
            if (hours > 0) {
                ended.add(new HostHours(new MeteredHostId(host), hours, digest.endHex()));
                hours = 0;
            }
        }
    }
}
