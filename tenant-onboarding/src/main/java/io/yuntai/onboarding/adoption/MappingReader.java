package io.yuntai.onboarding.adoption;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.Table;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.unit.UnifiedSocialCreditCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the findings' file as somebody has filled it in. Lines in which nothing is filled in are
 * left alone; a line of a machine says nothing by itself, for machines go with their namespace.
 */
final class MappingReader {

    private static final int MAX_ROWS = 50_000;
    private static final int LONGEST = 200;

    private final Table table;
    private final MappingFaults faults;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Mapping> byNamespace = new HashMap<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<OfMachine> machines = new ArrayList<>();

    /** A machine's line in which something is filled in. */
    record OfMachine(int row, String place, String host, String system) {}

    /** What the file says. */
    record Content(List<Mapping> mappings, List<OfMachine> machines) {}

    private MappingReader(Table table, MappingFaults faults) {
        this.table = table;
        this.faults = faults;
    }

    /**
     * @param table its columns named by {@link MappingTable}'s codes, or as the file has them
     */
    static Content read(Table table, MappingFaults faults) {
        var reader = new MappingReader(table, faults);
        reader.header();
        if (faults.isEmpty()) {
            table.rows().forEach(reader::row);
            reader.requireHomes();
            if (faults.isEmpty() && reader.mappings.isEmpty()) {
                faults.add(RegisterFault.of(MappingTable.CODE, "NOTHING_TO_ADOPT"));
            }
            if (reader.mappings.size() > Adoptions.MOST_NAMESPACES) {
                faults.add(
                        RegisterFault.of(
                                MappingTable.CODE,
                                "TOO_MANY_NAMESPACES",
                                Adoptions.MOST_NAMESPACES));
            }
        }
        return new Content(List.copyOf(reader.mappings), List.copyOf(reader.machines));
    }

    private void header() {
        for (int i = 0; i < table.columns().size(); i++) {
            String column = table.columns().get(i);
            if (column.isBlank()) {
                continue;
            }
            if (!MappingTable.COLUMNS.contains(column)) {
                faults.add(1, column, "UNKNOWN_COLUMN", column);
            } else if (columns.putIfAbsent(column, i) != null) {
                faults.add(1, column, "DUPLICATE_COLUMN", column);
            }
        }
        for (var column : MappingTable.REQUIRED) {
            if (!columns.containsKey(column)) {
                faults.add(1, column, "MISSING_COLUMN", "");
            }
        }
        if (table.rows().size() > MAX_ROWS) {
            faults.add(RegisterFault.of(MappingTable.CODE, "TOO_MANY_ROWS", MAX_ROWS));
        }
    }

    private void row(Table.Row row) {
        boolean isFilledIn =
                MappingTable.FILLED_IN.stream().anyMatch(column -> !raw(row, column).isEmpty());
        if (!isFilledIn) {
            return;
        }
        int before = faults.count();
        MappingTable.COLUMNS.forEach(column -> checkText(row, column));
        if (faults.count() > before) {
            return;
        }
        var cluster = cell(row, "cluster", "CLUSTER_UNKNOWN", ClusterName::new);
        var namespace = cell(row, "namespace", "NAMESPACE_UNKNOWN", NamespaceName::new);
        String host = raw(row, "host");
        if (!host.isEmpty()) {
            machines.add(new OfMachine(row.number(), place(row), host, raw(row, "system")));
            return;
        }
        var system = cell(row, "system", "SYSTEM_CODE", SystemCode::new);
        var unit =
                optional(
                        row,
                        "unit",
                        "USCC_SHAPE",
                        text -> new UnifiedSocialCreditCode(text.toUpperCase(Locale.ROOT)));
        var pool = optional(row, "pool", "POOL_CODE", PoolId::of);
        if (faults.count() > before) {
            return;
        }
        var mapping =
                new Mapping(
                        row.number(),
                        cluster.orElseThrow(),
                        namespace.orElseThrow(),
                        system.orElseThrow(),
                        unit,
                        pool);
        var first = byNamespace.putIfAbsent(place(row), mapping);
        if (first != null) {
            faults.add(
                    row.number(),
                    "namespace",
                    "DUPLICATE_IN_FILE",
                    raw(row, "namespace"),
                    first.row());
        } else {
            mappings.add(mapping);
        }
    }

    private void requireHomes() {
        for (var machine : machines) {
            var home = byNamespace.get(machine.place());
            if (home == null) {
                faults.add(machine.row(), "host", "HOST_WITHOUT_NAMESPACE", machine.host());
            } else if (!machine.system().isEmpty()
                    && !machine.system().equals(home.system().value())) {
                faults.add(
                        machine.row(),
                        "system",
                        "HOST_ELSEWHERE",
                        machine.system(),
                        home.system().value());
            }
        }
    }

    private String place(Table.Row row) {
        return raw(row, "cluster") + "/" + raw(row, "namespace");
    }

    private <T> Optional<T> cell(
            Table.Row row, String column, String code, Function<String, T> read) {
        if (raw(row, column).isEmpty()) {
            faults.add(row.number(), column, "MISSING", "");
            return Optional.empty();
        }
        return optional(row, column, code, read);
    }

    private <T> Optional<T> optional(
            Table.Row row, String column, String code, Function<String, T> read) {
        String text = raw(row, column);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException e) {
            faults.add(row.number(), column, code, text);
            return Optional.empty();
        }
    }

    private void checkText(Table.Row row, String column) {
        String text = raw(row, column);
        if (text.startsWith("=")) {
            faults.add(row.number(), column, "FORMULA", text);
        } else if (text.length() > LONGEST) {
            faults.add(row.number(), column, "TOO_LONG", text, LONGEST, text.length());
        } else if (PlainText.firstForbidden(text).isPresent()) {
            faults.add(
                    row.number(),
                    column,
                    "CONTROL_CHARACTER",
                    "",
                    String.format(
                            Locale.ROOT, "U+%04X", PlainText.firstForbidden(text).getAsInt()));
        }
    }

    private String raw(Table.Row row, String column) {
        Integer at = columns.get(column);
        return at == null || at >= row.cells().size() ? "" : row.cells().get(at).strip();
    }
}
