package io.yuntai.onboarding.register;

import io.yuntai.onboarding.register.RegisterTable.Column;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The tables of a file by what they are, their headers checked. */
final class Sheets {

    static final int MAX_ROWS = 50_000;

    private final Map<RegisterTable, Table> tables = new EnumMap<>(RegisterTable.class);
    private final Faults faults;

    Sheets(List<Table> given, Faults faults) {
        this.faults = faults;
        long rows = 0;
        for (Table table : given) {
            rows += table.rows().size();
            var known = RegisterTable.of(table.name());
            if (known.isEmpty()) {
                faults.add(RegisterFault.of(table.name(), "UNKNOWN_TABLE"));
            } else if (tables.containsKey(known.get())) {
                faults.add(RegisterFault.of(table.name(), "DUPLICATE_TABLE"));
            } else {
                checkHeader(known.get(), table);
                tables.put(known.get(), table);
            }
        }
        if (rows > MAX_ROWS) {
            faults.add(RegisterFault.of(given.getLast().name(), "TOO_MANY_ROWS", MAX_ROWS));
            tables.clear();
        } else if (rows == 0 && faults.count() == 0) {
            faults.add(RegisterFault.of("", "NOTHING_TO_IMPORT"));
        }
    }

    private void checkHeader(RegisterTable known, Table table) {
        var seen = new HashSet<String>();
        for (String column : table.columns()) {
            if (column.isEmpty()) {
                continue;
            }
            if (known.column(column).isEmpty()) {
                header(known, column, "UNKNOWN_COLUMN");
            } else if (!seen.add(column)) {
                header(known, column, "DUPLICATE_COLUMN");
            }
        }
        for (Column column : known.columns()) {
            if (column.required() && !seen.contains(column.code()) && !table.rows().isEmpty()) {
                header(known, column.code(), "MISSING_COLUMN");
            }
        }
    }

    private void header(RegisterTable table, String column, String code) {
        faults.add(
                new RegisterFault(
                        table.code(),
                        OptionalInt.of(1),
                        Optional.of(column),
                        code,
                        List.of(),
                        column));
    }

    /** The rows of a table that have any text, each checked for what holds for any text. */
    List<SheetRow> rows(RegisterTable known) {
        Table table = tables.get(known);
        if (table == null || lacksRequired(known, table)) {
            return List.of(); // the header's faults say it once, not each row again
        }
        var rows = new ArrayList<SheetRow>();
        for (Table.Row row : table.rows()) {
            var cells = new HashMap<String, String>();
            boolean stray = false;
            for (int i = 0; i < row.cells().size(); i++) {
                String text = strip(row.cells().get(i));
                String column = i < table.columns().size() ? table.columns().get(i) : "";
                if (!column.isEmpty()) {
                    cells.putIfAbsent(column, text);
                } else if (!text.isEmpty()) {
                    stray = true;
                }
            }
            if (stray || cells.values().stream().anyMatch(text -> !text.isEmpty())) {
                var read = new SheetRow(known, row.number(), cells, faults);
                if (stray) {
                    read.fault("CELL_WITHOUT_HEADER");
                }
                rows.add(read);
            }
        }
        return rows;
    }

    private static boolean lacksRequired(RegisterTable known, Table table) {
        return known.columns().stream()
                .anyMatch(c -> c.required() && !table.columns().contains(c.code()));
    }

    /** Without spaces round it, the no-break space that spreadsheets leave behind included. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || c == '\t' || c == '\r' || c == '\n';
    }
}
