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
import org.springframework.jdbc.core.simple.JdbcClient;
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
     * The hours of a month, the first one first; at most 744.
     *
     * @param version as this published version has them; empty: as they count now
     */
    @Transactional(readOnly = true)
    public List<DerivedHour> of(MeteredHostId host, YearMonth month, Optional<Integer> version) {
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
                        from counted c left join allocation a on a.host = :host and a.during @> c.hour
                        order by c.hour
                        """)
                .param("month", month.atDay(1))
                .param("host", host.value())
                // What no version is after replaces nothing.
                .param("version", version.orElse(Integer.MAX_VALUE))
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .query((row, _) -> hour(host, row))
                .list();
    }

    private static DerivedHour hour(MeteredHostId host, ResultSet row) throws SQLException {
        var vcpu = row.getObject("vcpu", Integer.class);
        return new DerivedHour(
                UsageHourRows.hour(host, row),
                vcpu == null
                        ? Optional.empty()
                        : Optional.of(
                                new Capacity(
                                        vcpu,
                                        row.getLong("memory_bytes"),
                                        row.getLong("disk_bytes"))),
                Optional.ofNullable(row.getObject("last_in", Integer.class)));
    }
}
