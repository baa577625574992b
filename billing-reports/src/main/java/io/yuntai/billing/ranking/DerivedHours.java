package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHourRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was measured of one host, hour by hour, as it counted in a published version, or now. */
@Service
public class DerivedHours {

    private final JdbcClient sql;

    DerivedHours(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * The hours of a month that shares of one host rest on, the first one first; at most 744. An
     * hour in which somebody else had the host, or in another pool, is none of them.
     *
     * @param shares of one host; none has no hours
     * @param validSamples how many samples make an hour that counts
     * @param version as this published version has them; empty: as they count now
     */
    @Transactional(readOnly = true)
    public List<DerivedHour> of(
            List<HostShare> shares, int validSamples, YearMonth month, Optional<Integer> version) {
        var hosts = shares.stream().map(HostShare::host).distinct().toList();
        if (hosts.isEmpty()) {
            return List.of();
        }
        if (hosts.size() > 1) {
            throw new IllegalArgumentException("shares of " + hosts.size() + " hosts");
        }
        var host = hosts.getFirst();
        var period = Period.of(month);
        return sql.sql(
                        """
                        with old as (
                            select distinct on (hour) * from usage_superseded
                            where month = :month and host = :host and version >= :version order by hour, version),
                        counted as (
                            select hour, samples, quarantined, cpu_time_ms, cpu_peak_millis, memory_byte_seconds,
                                disk_byte_seconds, cpu_samples, memory_samples, null::integer as last_in
                            from usage_hour where host = :host and hour >= :from and hour < :to
                                and not exists (select from old where old.hour = usage_hour.hour)
                            union all
                            select hour, samples, quarantined, cpu_time_ms, cpu_peak_millis, memory_byte_seconds,
                                disk_byte_seconds, cpu_samples, memory_samples, version
                            from old where samples is not null)
                        select c.*, a.vcpu, a.memory_bytes, a.disk_bytes
                        from counted c join allocation a on a.host = :host and a.during @> c.hour
                        join unnest(:units, :systems, :pools) s (unit, system, pool)
                            on (s.unit, s.system, s.pool) = (a.unit, a.system, a.pool)
                        order by c.hour
                        """)
                .param("month", month.atDay(1))
                .param("host", host.value())
                // What no version is after replaces nothing.
                .param("version", version.orElse(Integer.MAX_VALUE))
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("units", array("uuid", shares, share -> share.unit().id().value()))
                .param("systems", array("uuid", shares, share -> share.system().id().value()))
                .param("pools", array("text", shares, HostShare::pool))
                .query((row, _) -> hour(host, validSamples, row))
                .list();
    }

    private static DerivedHour hour(MeteredHostId host, int validSamples, ResultSet row)
            throws SQLException {
        var hour = UsageHourRows.hour(host, row);
        return new DerivedHour(
                hour,
                new Capacity(
                        row.getInt("vcpu"), row.getLong("memory_bytes"), row.getLong("disk_bytes")),
                hour.samples() >= validSamples,
                Optional.ofNullable(row.getObject("last_in", Integer.class)));
    }

    private static SqlArrayValue array(
            String type, List<HostShare> shares, Function<HostShare, Object> member) {
        return new SqlArrayValue(type, shares.stream().map(member).toArray());
    }
}
