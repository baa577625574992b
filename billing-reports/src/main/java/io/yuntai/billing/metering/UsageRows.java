package io.yuntai.billing.metering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Writes hours in PostgreSQL's binary COPY format: the server then parses no text, which is most of
 * what a COPY of numbers costs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, file formats</a>
 */
final class UsageRows implements Consumer<UsageHour> {

    static final String COLUMNS =
            "(host, hour, cpu_time_ms, memory_byte_seconds, disk_byte_seconds, cpu_peak_millis,"
                    + " samples, quarantined, cpu_samples, memory_samples)";

    private static final int LARGEST_ROW = 384;
    private static final int OF_SMALLINTS = 21;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn copy;
    private final Period period;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long rows;

    UsageRows(CopyIn copy, Period period) {
        this.copy = copy;
        this.period = period;
        buffer.put("PGCOPY\n".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) 0xff).put((byte) '\r').put((byte) '\n').put((byte) 0);
        buffer.putInt(0).putInt(0);
    }

    @Override
    public void accept(UsageHour row) {
        if (!period.contains(row.hour())) {
            throw new IllegalArgumentException("outside what was asked for: " + row);
        }
        if (buffer.remaining() < LARGEST_ROW) {
            flush();
        }
        buffer.putShort((short) 10);
        var host = row.host().value();
        buffer.putInt(16)
                .putLong(host.getMostSignificantBits())
                .putLong(host.getLeastSignificantBits());
        putLong((row.hour().getEpochSecond() - EPOCH.getEpochSecond()) * 1_000_000);
        putLong(row.cpuTimeMillis());
        putLong(row.memoryByteSeconds());
        putLong(row.diskByteSeconds());
        buffer.putInt(4).putInt(row.cpuPeakMillis());
        buffer.putInt(2).putShort((short) row.samples());
        buffer.putInt(2).putShort((short) row.quarantined());
        putSamples(row.cpu());
        putSamples(row.memory());
        rows++;
    }

    /** Ends the copy; returns how many rows. */
    long end() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        long copied = copy.endCopy();
        if (copied != rows) {
            throw new IllegalStateException("sent " + rows + " rows, copied " + copied);
        }
        return copied;
    }

    private void putLong(long value) {
        buffer.putInt(8).putLong(value);
    }

    private void putLong(OptionalLong value) {
        if (value.isPresent()) {
            putLong(value.getAsLong());
        } else {
            buffer.putInt(-1);
        }
    }

    /** As array_send in PostgreSQL's arrayfuncs.c: dimensions, nulls, type, size, lower bound. */
    private void putSamples(FiveMinutes samples) {
        int length = buffer.position();
        buffer.putInt(0).putInt(samples.isNone() ? 0 : 1).putInt(1).putInt(OF_SMALLINTS);
        if (!samples.isNone()) {
            buffer.putInt(FiveMinutes.COUNT).putInt(1);
            for (int at = 0; at < FiveMinutes.COUNT; at++) {
                if (samples.has(at)) {
                    buffer.putInt(2).putShort(samples.get(at));
                } else {
                    buffer.putInt(-1);
                }
            }
        }
        buffer.putInt(length, buffer.position() - length - Integer.BYTES);
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
