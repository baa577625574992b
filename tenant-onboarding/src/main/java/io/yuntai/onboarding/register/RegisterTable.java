package io.yuntai.onboarding.register;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of the register's file, in the order in which they build on each other. */
public enum RegisterTable {
    REGIONS(required("code", 12), required("name", 200), optional("parent", 12)),
    POOLS(
            required("zone", 16),
            required("processor", 16),
            optional("cpu", 20),
            optional("memory", 20),
            optional("storageSsd", 20),
            optional("storageHdd", 20),
            optional("hosts", 20)),
    UNITS(
            required("uscc", 18),
            required("name", 200),
            required("region", 12),
            optional("funding", 200),
            optional("parent", 18)),
    CONTACTS(
            required("unit", 18),
            required("name", 100),
            required("phone", 40),
            required("email", 254),
            optional("login", 63),
            optional("role", 40)),
    SYSTEMS(
            required("code", 40),
            required("name", 200),
            required("unit", 18),
            required("zone", 16),
            required("xinchuang", 5),
            required("mlpsLevel", 1),
            optional("mlpsFiling", 200),
            optional("builder", 200)),
    QUOTAS(
            required("unit", 18),
            required("pool", 33),
            optional("cpu", 20),
            optional("memory", 20),
            optional("storageSsd", 20),
            optional("storageHdd", 20),
            optional("hosts", 20));

    /**
     * A column.
     *
     * @param code what it is called in programs
     * @param required whether every row must fill it
     * @param maxLength in characters
     */
    public record Column(String code, boolean required, int maxLength) {}

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
    private final List<Column> columns;

    RegisterTable(Column... columns) {
        this.columns = List.of(columns);
    }

    private static Column required(String code, int maxLength) {
        return new Column(code, true, maxLength);
    }

    private static Column optional(String code, int maxLength) {
        return new Column(code, false, maxLength);
    }

    /** As the table is called in programs and as a CSV file: {@code regions}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<Column> columns() {
        return columns;
    }

    public Optional<Column> column(String code) {
        return columns.stream().filter(column -> column.code().equals(code)).findFirst();
    }

    public static Optional<RegisterTable> of(String code) {
        return Arrays.stream(values()).filter(table -> table.code().equals(code)).findFirst();
    }
}
