package io.yuntai.billing.metering;

import java.util.function.Consumer;

/** Writes hours of hosts. */
record UsageRows(BinaryCopy copy, Period period) implements Consumer<UsageHour> {

    static final String COLUMNS =
            "(host, hour, cpu_time_ms, memory_byte_seconds, disk_byte_seconds, cpu_peak_millis,"
                    + " samples, quarantined, cpu_samples, memory_samples)";

    @Override
    public void accept(UsageHour row) {
        if (!period.contains(row.hour())) {
            throw new IllegalArgumentException("outside what was asked for: " + row);
        }
        copy.row(10);
        copy.put(row.host().value());
        copy.put(row.hour());
        copy.put(row.cpuTimeMillis());
        copy.put(row.memoryByteSeconds());
        copy.put(row.diskByteSeconds());
        copy.putInteger(row.cpuPeakMillis());
        copy.putSmallint(row.samples());
        copy.putSmallint(row.quarantined());
        copy.put(row.cpu());
        copy.put(row.memory());
    }
}
