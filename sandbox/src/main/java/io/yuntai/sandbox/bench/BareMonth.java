package io.yuntai.sandbox.bench;

import io.yuntai.billing.metering.Period;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** What somebody would write who had nothing but SQL, to know the same of a month. */
final class BareMonth {

    private static final int BUFFER = 1 << 16;

    /** What a unit used and could have used, by pool. */
    private static final String SUMS =
            """
            select a.unit, a.pool, sum(u.cpu_time_ms), sum(u.samples * a.vcpu::bigint) * 300000,
                sum(u.memory_byte_seconds), sum(u.samples::numeric * a.memory_bytes * 300),
                sum(u.disk_byte_seconds), sum(u.samples::numeric * a.disk_bytes * 300), count(*)
            from usage_hour u join allocation a on a.host = u.host and a.during @> u.hour
            where u.hour >= ? and u.hour < ? and u.samples >= 9
            group by a.unit, a.pool
            """;

    /** The 95th percentile of its hours. */
    private static final String PERCENTILES =
            """
            select unit, percentile_disc(0.95) within group (order by cpu / cpu_of)
            from (select a.unit, u.hour, sum(u.cpu_time_ms) as cpu, sum(u.samples * a.vcpu::bigint) * 300000 as cpu_of
                from usage_hour u join allocation a on a.host = u.host and a.during @> u.hour
                where u.hour >= ? and u.hour < ? and u.samples >= 9
                group by a.unit, u.hour) h
            group by unit
            """;

    private final JdbcTemplate jdbc;

    BareMonth(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Both statements, every row of their answers read. */
    Duration aggregate(YearMonth month) {
        var began = System.nanoTime();
        read(SUMS, month);
        read(PERCENTILES, month);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void read(String statement, YearMonth month) {
        var period = Period.of(month);
        var rows = new AtomicLong();
        jdbc.query(
                statement,
                row -> {
                    var _ = rows.addAndGet(row.getRow());
                },
                period.from().atOffset(ZoneOffset.UTC),
                period.to().atOffset(ZoneOffset.UTC));
        if (rows.get() == 0) {
            throw new IllegalStateException("nothing was measured in " + month);
        }
    }

    /** Writes a month's rows to a file, in the format in which they are copied fastest. */
    void save(YearMonth month, Path file) {
        copy(copy -> {
            try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
                var _ =
                        copy.copyOut(
                                "copy %s to stdout (format binary)".formatted(partition(month)),
                                out);
            }
        });
    }

    /** Copies that file into a table like a month's, and drops it. */
    Duration load(Path file) {
        jdbc.execute("create table bare_hour (like usage_hour including all)");
        var began = System.nanoTime();
        copy(copy -> {
            try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
                var _ = copy.copyIn("copy bare_hour from stdin (format binary)", in, BUFFER);
            }
        });
        var took = Duration.ofNanos(System.nanoTime() - began);
        jdbc.execute("drop table bare_hour");
        return took;
    }

    private static String partition(YearMonth month) {
        return "usage_hour_%d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private interface Copying {
        void run(CopyManager copy) throws SQLException, IOException;
    }

    private void copy(Copying what) {
        ConnectionCallback<Boolean> copying =
                (Connection connection) -> {
                    try {
                        what.run(connection.unwrap(PGConnection.class).getCopyAPI());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return true;
                };
        var _ = jdbc.execute(copying);
    }
}
