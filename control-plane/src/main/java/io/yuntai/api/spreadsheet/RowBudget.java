package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** How many rows and cells a file may still have, and what becomes of them. */
final class RowBudget {

    static final int MAX_ROWS = 50_000;
    private static final int MAX_CELLS = 64;

    private int rows;

    void take(String part) throws UnreadableException {
        if (++rows > MAX_ROWS) {
            throw new UnreadableException(part, "TOO_MANY_ROWS", MAX_ROWS);
        }
    }

    /** The cells of a row; whatever stands far to the right counts as one stray cell. */
    static List<String> cells(int count, IntFunction<String> text) {
        var cells = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            String cell = text.apply(i);
            if (i < MAX_CELLS) {
                cells.add(cell);
            } else if (!cell.isBlank()) {
                cells.add(cell);
                break;
            }
        }
        return cells;
    }

    /** The table with codes for the words of people. */
    static Table coded(String table, List<String> header, List<Table.Row> rows) {
        var columns = header.stream().map(text -> Vocabulary.columnCode(table, text)).toList();
        var coded = new ArrayList<Table.Row>();
        for (Table.Row row : rows) {
            var cells = new ArrayList<String>();
            for (int i = 0; i < row.cells().size(); i++) {
                String text = row.cells().get(i);
                cells.add(i < columns.size() ? Vocabulary.valueCode(columns.get(i), text) : text);
            }
            coded.add(new Table.Row(row.number(), cells));
        }
        return new Table(table, columns, coded);
    }
}
