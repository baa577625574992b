package io.yuntai.billing.metering;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Owns usage_hour, one partition a month of {@link Period#ZONE}, and frozen_month, usage_late and
 * usage_superseded.
 */
@Repository
class UsageStore {

    /** Any number of our own: one reading at a time, so that none finds half of another's rows. */
    private static final long READING = 0x59_54_4d_45_54_45_52L;

    private static final String FIGURES =
            """
            cpu_time_ms, memory_byte_seconds, disk_byte_seconds, cpu_peak_millis, samples, quarantined,
            cpu_samples, memory_samples
            """;

    private static final String TAKE_OVER =
            """
            on conflict (host, hour) do update set
                cpu_time_ms = excluded.cpu_time_ms,
                memory_byte_seconds = excluded.memory_byte_seconds,
                disk_byte_seconds = excluded.disk_byte_seconds,
                cpu_peak_millis = excluded.cpu_peak_millis,
                samples = excluded.samples,
                quarantined = excluded.quarantined,
                cpu_samples = excluded.cpu_samples,
                memory_samples = excluded.memory_samples
            """;

    /** What becomes of an hour of which there are fewer samples now than there were. */
    enum Fewer {
        TAKEN,
        LEFT
    }

    /** Whether the hour of a row lies in a month whose hours stay as they are. */
    private static final String FROZEN =
            """
            exists (select from frozen_month f
                where f.month = date_trunc('month', r.hour at time zone 'Asia/Shanghai')::date)
            """;

    private final JdbcTemplate sql;

    UsageStore(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * Takes hours in, inside the caller's transaction.
     *
     * @param source hands every hour to the consumer it is given
     */
    HoursRead take(Period period, Fewer fewer, Consumer<Consumer<UsageHour>> source) {
        hold();
        Partitions.make(sql, "usage_hour", period);
        // Nothing there yet is the usual case, and twice as fast.
        if (anyIn(period) || anyFrozen(period)) {
            return merge(period, fewer, source);
        }
        long read = copy("usage_hour", period, source);
        return new HoursRead(read, read);
    }

    private boolean anyIn(Period period) {
        return Boolean.TRUE.equals(
                sql.queryForObject(
                        "select exists (select from usage_hour where hour >= ? and hour < ?)",
                        Boolean.class,
                        period.from().atOffset(ZoneOffset.UTC),
                        period.to().atOffset(ZoneOffset.UTC)));
    }

    private HoursRead merge(Period period, Fewer fewer, Consumer<Consumer<UsageHour>> source) {
        sql.execute(
                """
                create temporary table usage_read (like usage_hour including defaults) on commit drop
                """);
        long read = copy("usage_read", period, source);
        if (fewer == Fewer.LEFT) {
            var _ =
                    sql.update(
                            """
                            delete from usage_read r using usage_hour u
                            where (u.host, u.hour) = (r.host, r.hour) and u.hour >= ? and u.hour < ?
                            and r.samples + r.quarantined < u.samples + u.quarantined
                            """,
                            period.from().atOffset(ZoneOffset.UTC),
                            period.to().atOffset(ZoneOffset.UTC));
        }
        int changed =
                sql.update(
                        "insert into usage_hour select * from usage_read r where not "
                                + FROZEN
                                + TAKE_OVER
                                + "where usage_hour is distinct from excluded");
        // What says the same as what counts is not late.
        int aside =
                sql.update(
                        "insert into usage_late select * from usage_read r where "
                                + FROZEN
                                + "and not exists (select from usage_hour u where (u.host, u.hour) = (r.host, r.hour) and row(u.*) is not distinct from row(r.*))"
                                + TAKE_OVER
                                + "where usage_late is distinct from excluded");
        sql.execute("drop table usage_read");
        return new HoursRead(read, changed + aside);
    }

    /** One at a time, until the transaction ends. */
    void hold() {
        sql.execute("select pg_advisory_xact_lock(" + READING + ")");
    }

    void freeze(YearMonth month) {
        var _ = sql.update("insert into frozen_month (month) values (?)", month.atDay(1));
    }

    boolean isFrozen(YearMonth month) {
        return Boolean.TRUE.equals(
                sql.queryForObject(
                        "select exists (select from frozen_month where month = ?)",
                        Boolean.class,
                        month.atDay(1)));
    }

    private boolean anyFrozen(Period period) {
        return Boolean.TRUE.equals(
                sql.queryForObject(
                        """
                        select exists (select from frozen_month where month between
                            date_trunc('month', cast(? as timestamptz) at time zone 'Asia/Shanghai')::date
                            and (cast(? as timestamptz) at time zone 'Asia/Shanghai')::date)
                        """,
                        Boolean.class,
                        period.from().atOffset(ZoneOffset.UTC),
                        period.to().atOffset(ZoneOffset.UTC)));
    }

    long late(YearMonth month) {
        Long rows =
                sql.queryForObject(
                        "select count(*) from usage_late where hour >= ? and hour < ?",
                        Long.class,
                        bounds(month));
        return rows == null ? 0 : rows;
    }

    void takeLate(YearMonth month, int version) {
        hold();
        var bounds = bounds(month);
        var _ =
                sql.update(
                        "insert into usage_superseded (month, version, host, hour, "
                                + FIGURES
                                + ") select ?, ?, l.host, l.hour, "
                                + FIGURES.replaceAll("(\\w+)", "u.$1")
                                + """
                                from usage_late l left join usage_hour u on (u.host, u.hour) = (l.host, l.hour)
                                where l.hour >= ? and l.hour < ?
                                """,
                        month.atDay(1),
                        version,
                        bounds[0],
                        bounds[1]);
        Partitions.make(sql, "usage_hour", Period.of(month));
        var _ =
                sql.update(
                        "insert into usage_hour (host, hour, "
                                + FIGURES
                                + ") select host, hour, "
                                + FIGURES
                                + "from usage_late where hour >= ? and hour < ? "
                                + TAKE_OVER,
                        bounds);
        var _ = sql.update("delete from usage_late where hour >= ? and hour < ?", bounds);
    }

    private static Object[] bounds(YearMonth month) {
        var period = Period.of(month);
        return new Object[] {
            period.from().atOffset(ZoneOffset.UTC), period.to().atOffset(ZoneOffset.UTC)
        };
    }

    private long copy(String table, Period period, Consumer<Consumer<UsageHour>> source) {
        return BinaryCopy.into(
                sql, table + UsageRows.COLUMNS, copy -> new UsageRows(copy, period), source);
    }
}
