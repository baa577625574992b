package io.yuntai.billing.metering;

import io.yuntai.billing.metering.NamespaceHour.Extent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Writes hours of namespaces, and reads them. */
record NamespaceHourRows(BinaryCopy copy, Period period) implements Consumer<NamespaceHour> {

    static final String COLUMNS =
            "(cluster, namespace, hour, granted_cpu_millis, granted_memory_bytes, granted_storage_bytes,"
                    + " samples, quarantined, cpu_sum, cpu_min, cpu_max, memory_sum, memory_min, memory_max,"
                    + " storage_sum, storage_min, storage_max, claims_bytes)";

    @Override
    public void accept(NamespaceHour row) {
        if (!period.contains(row.hour())) {
            throw new IllegalArgumentException("outside what was asked for: " + row);
        }
        copy.row(18);
        copy.put(row.place().cluster());
        copy.put(row.place().namespace());
        copy.put(row.hour());
        copy.put(row.allotment().cpuMillis());
        copy.put(row.allotment().memoryBytes());
        copy.put(row.allotment().storageBytes());
        copy.putSmallint(row.samples());
        copy.putSmallint(row.quarantined());
        put(Optional.of(row.cpu()));
        put(row.memory());
        put(row.storage());
        copy.put(row.claimsBytes());
    }

    private void put(Optional<Extent> extent) {
        copy.put(column(extent.map(Extent::sum)));
        copy.put(column(extent.map(Extent::min)));
        copy.put(column(extent.map(Extent::max)));
    }

    private static OptionalLong column(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    static NamespaceHour hour(ResultSet row) throws SQLException {
        return new NamespaceHour(
                new Place(row.getString("cluster"), row.getString("namespace")),
                row.getObject("hour", OffsetDateTime.class).toInstant(),
                new Allotment(
                        row.getLong("granted_cpu_millis"),
                        row.getLong("granted_memory_bytes"),
                        row.getLong("granted_storage_bytes")),
                row.getInt("samples"),
                row.getInt("quarantined"),
                extent(row, "cpu").orElseThrow(),
                extent(row, "memory"),
                extent(row, "storage"),
                amount(row, "claims_bytes"));
    }

    private static Optional<Extent> extent(ResultSet row, String of) throws SQLException {
        var sum = amount(row, of + "_sum");
        return sum.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Extent(
                                sum.getAsLong(),
                                row.getLong(of + "_min"),
                                row.getLong(of + "_max")));
    }

    static OptionalLong amount(ResultSet row, String column) throws SQLException {
        long amount = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(amount);
    }
}
