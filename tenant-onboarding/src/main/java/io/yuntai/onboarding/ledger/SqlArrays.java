package io.yuntai.onboarding.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of many rows at once, for {@code unnest}. */
final class SqlArrays {

    private SqlArrays() {}

    static <T> Array uuids(
            Connection connection, Collection<T> rows, Function<T, @Nullable UUID> column)
            throws SQLException {
        return of(connection, "uuid", rows, column);
    }

    static <T> Array texts(
            Connection connection, Collection<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        return of(connection, "text", rows, column);
    }

    static <T> Array longs(
            Connection connection, Collection<T> rows, Function<T, @Nullable Long> column)
            throws SQLException {
        var values = new @Nullable Long[rows.size()];
        int row = 0;
        for (var each : rows) {
            values[row++] = column.apply(each);
        }
        // An array of this very type goes over the wire as it is, not as a text.
        return connection.createArrayOf("int8", values);
    }

    /** ISO 8601 in UTC, as an Instant prints itself. */
    static <T> Array times(
            Connection connection, Collection<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        return of(connection, "timestamptz", rows, column);
    }

    private static <T> Array of(
            Connection connection,
            String type,
            Collection<T> rows,
            Function<T, ? extends @Nullable Object> column)
            throws SQLException {
        @Nullable Object[] values = new Object[rows.size()];
        int row = 0;
        for (var each : rows) {
            values[row++] = column.apply(each);
        }
        return connection.createArrayOf(type, values);
    }
}
