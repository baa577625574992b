package io.yuntai.billing.metering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How rows of {@code usage_hour}, and of tables like it, read as hours. */
public final class UsageHourRows {

    private UsageHourRows() {}

    public static UsageHour hour(MeteredHostId host, ResultSet row) throws SQLException {
        return new UsageHour(
                host,
                row.getObject("hour", OffsetDateTime.class).toInstant(),
                samples(row, "cpu_samples"),
                samples(row, "memory_samples"),
                row.getInt("quarantined"),
                row.getLong("cpu_time_ms"),
                row.getInt("cpu_peak_millis"),
                amount(row, "memory_byte_seconds"),
                amount(row, "disk_byte_seconds"));
    }

    private static FiveMinutes samples(ResultSet row, String column) throws SQLException {
        return FiveMinutes.of((@Nullable Short[]) row.getArray(column).getArray());
    }

    private static OptionalLong amount(ResultSet row, String column) throws SQLException {
        long amount = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(amount);
    }
}
