package io.yuntai.onboarding.register;

import java.util.List;

/**
 * A table as it was handed in, whatever the format of the file.
 *
 * @param name the code of a {@link RegisterTable}, or whatever else the file calls it
 * @param columns the header: codes of columns, or whatever else it says; empty where it is empty
 * @param rows what stands below the header; rows without any text may be left out
 */
public record Table(String name, List<String> columns, List<Row> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A row of a table.
     *
     * @param number as the spreadsheet counts: the header is 1
     * @param cells by the header's order; cells that are missing at the end are empty. A formula
     *     begins with {@code =}
     */
    public record Row(int number, List<String> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }
}
