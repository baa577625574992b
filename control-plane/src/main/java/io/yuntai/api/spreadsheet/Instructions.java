package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.RegisterTable;
import java.util.ArrayList;
import java.util.List;

/** How to fill in the file: a row for each column, with an example. */
final class Instructions {

    private Instructions() {}

    static List<List<String>> rows(Vocabulary words) {
        var rows = new ArrayList<List<String>>();
        rows.add(
                List.of(
                        words.text("register.instructions.table"),
                        words.text("register.instructions.column"),
                        words.text("register.instructions.required"),
                        words.text("register.instructions.content"),
                        words.text("register.instructions.example")));
        for (RegisterTable table : RegisterTable.values()) {
            for (var column : table.columns()) {
                rows.add(
                        List.of(
                                words.table(table),
                                words.column(table, column),
                                column.required() ? words.value("xinchuang", "yes") : "",
                                words.about("help", table, column),
                                words.value(column.code(), words.about("example", table, column))));
            }
        }
        return rows;
    }
}
