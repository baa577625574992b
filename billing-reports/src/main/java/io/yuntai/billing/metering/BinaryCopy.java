package io.yuntai.billing.metering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes rows in PostgreSQL's binary COPY format: the server then parses no text, which is most of
 * what a COPY of numbers costs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, file formats</a>
 */
final class BinaryCopy {

    /** No row of ours is longer. */
    private static final int LARGEST_ROW = 512;

    private static final int OF_SMALLINTS = 21;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long rows;

    private BinaryCopy(CopyIn copy) {
        this.copy = copy;
        buffer.put("PGCOPY\n".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) 0xff).put((byte) '\r').put((byte) '\n').put((byte) 0);
        buffer.putInt(0).putInt(0);
    }

    /**
     * Copies into a table, inside the caller's transaction.
     *
     * @param table with its columns in brackets
     * @param rows what writes a row
     * @param source hands every row to the consumer it is given
     * @return how many rows
     */
    static <T> long into(
            JdbcTemplate sql,
            String table,
            Function<BinaryCopy, Consumer<T>> rows,
            Consumer<Consumer<T>> source) {
        ConnectionCallback<Long> copying = connection -> copy(connection, table, rows, source);
        Long copied = sql.execute(copying);
        return copied == null ? 0 : copied;
    }

    private static <T> long copy(
            Connection connection,
            String table,
            Function<BinaryCopy, Consumer<T>> rows,
            Consumer<Consumer<T>> source)
            throws SQLException {
        var copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin (format binary)");
        try {
            var binary = new BinaryCopy(copy);
            source.accept(rows.apply(binary));
            return binary.end();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Begins a row of so many columns, which follow one by one. */
    void row(int columns) {
        if (buffer.remaining() < LARGEST_ROW) {
            flush();
        }
        buffer.putShort((short) columns);
        rows++;
    }

    void put(UUID value) {
        buffer.putInt(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }

    /** At most 63 characters of ASCII, as names in Kubernetes are. */
    void put(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(bytes.length).put(bytes);
    }

    void put(Instant whole) {
        put((whole.getEpochSecond() - EPOCH.getEpochSecond()) * 1_000_000);
    }

    void put(long value) {
        buffer.putInt(8).putLong(value);
    }

    void put(OptionalLong value) {
        if (value.isPresent()) {
            put(value.getAsLong());
        } else {
            buffer.putInt(-1);
        }
    }

    void putInteger(int value) {
        buffer.putInt(4).putInt(value);
    }

    void putSmallint(int value) {
        buffer.putInt(2).putShort((short) value);
    }

    /** As array_send in PostgreSQL's arrayfuncs.c: dimensions, nulls, type, size, lower bound. */
    void put(FiveMinutes samples) {
        int length = buffer.position();
        buffer.putInt(0).putInt(samples.isNone() ? 0 : 1).putInt(1).putInt(OF_SMALLINTS);
        if (!samples.isNone()) {
            buffer.putInt(FiveMinutes.COUNT).putInt(1);
            for (int at = 0; at < FiveMinutes.COUNT; at++) {
                if (samples.has(at)) {
                    putSmallint(samples.get(at));
                } else {
                    buffer.putInt(-1);
                }
            }
        }
        buffer.putInt(length, buffer.position() - length - Integer.BYTES);
    }

    private long end() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        long copied = copy.endCopy();
        if (copied != rows) {
            throw new IllegalStateException("sent " + rows + " rows, copied " + copied);
        }
        return copied;
    }

    private void flush() {
        try {
            copy.writeToCopy(buffer.array(), 0, buffer.position());
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the copy broke off", e);
        }
        buffer.clear();
    }
}
