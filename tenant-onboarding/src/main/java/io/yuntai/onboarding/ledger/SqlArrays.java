package io.yuntai.onboarding.ledger;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Columns of many rows at once, for {@code unnest}, in PostgreSQL's binary format: as texts they
 * cost both sides more than what is done with them.
 */
final class SqlArrays {

    private static final int UUID_BYTES = 16;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private SqlArrays() {}

    static <T> Array uuids(
            Connection connection, Collection<T> rows, Function<T, @Nullable UUID> column)
            throws SQLException {
        return binary(
                connection,
                Oid.UUID_ARRAY,
                Oid.UUID,
                UUID_BYTES,
                rows,
                column,
                (to, id) ->
                        to.putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits()));
    }

    static <T> Array texts(
            Connection connection, Collection<T> rows, Function<T, @Nullable String> column)
            throws SQLException {
        @Nullable String[] values = new @Nullable String[rows.size()];
        int row = 0;
        for (var each : rows) {
            values[row++] = column.apply(each);
        }
        return connection.createArrayOf("text", values);
    }

    static <T> Array longs(
            Connection connection, Collection<T> rows, Function<T, @Nullable Long> column)
            throws SQLException {
        return binary(
                connection,
                Oid.INT8_ARRAY,
                Oid.INT8,
                Long.BYTES,
                rows,
                column,
                ByteBuffer::putLong);
    }

    /** To the microsecond; {@link Instant#MIN} is before all time. */
    static <T> Array times(
            Connection connection, Collection<T> rows, Function<T, @Nullable Instant> column)
            throws SQLException {
        return binary(
                connection,
                Oid.TIMESTAMPTZ_ARRAY,
                Oid.TIMESTAMPTZ,
                Long.BYTES,
                rows,
                column,
                (to, time) -> to.putLong(micros(time)));
    }

    private static long micros(Instant time) {
        return time.equals(Instant.MIN)
                ? Long.MIN_VALUE
                : Math.addExact(
                        Math.multiplyExact(
                                time.getEpochSecond() - EPOCH.getEpochSecond(), 1_000_000L),
                        time.getNano() / 1000);
    }

    /**
     * Dimensions, whether there are nulls, type, size and lower bound, and then each element after
     * its length; see array_send in PostgreSQL's arrayfuncs.c.
     */
    private static <T, V> Array binary(
            Connection connection,
            int arrayType,
            int type,
            int bytes,
            Collection<T> rows,
            Function<T, @Nullable V> column,
            BiConsumer<ByteBuffer, V> element)
            throws SQLException {
        var buffer = ByteBuffer.allocate(5 * Integer.BYTES + rows.size() * (Integer.BYTES + bytes));
        buffer.putInt(rows.isEmpty() ? 0 : 1).putInt(1).putInt(type);
        if (!rows.isEmpty()) {
            buffer.putInt(rows.size()).putInt(1);
        }
        for (var row : rows) {
            @Nullable V value = column.apply(row);
            if (value == null) {
                buffer.putInt(-1);
            } else {
                buffer.putInt(bytes);
                element.accept(buffer, value);
            }
        }
        var array = new byte[buffer.position()];
        buffer.flip().get(array);
        return new PgArray(connection.unwrap(BaseConnection.class), arrayType, array);
    }
}
