package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a workbook: the instructions, then a sheet a table. Every cell is text. */
final class XlsxWriter {

    private static final double NARROW = 16;
    private static final double WIDE = 34;

    private XlsxWriter() {}

    static byte[] write(List<Table> tables, Vocabulary words) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Yuntai", "1.0")) {
            var help = workbook.newWorksheet(words.instructions());
            var rows = Instructions.rows(words);
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < rows.get(i).size(); j++) {
                    help.value(i, j, rows.get(i).get(j));
                }
            }
            head(help, rows.getFirst().size());
            help.width(3, 70);
            help.width(4, WIDE);
            help.finish();
            for (Table table : tables) {
                table(workbook.newWorksheet(words.table(table.name())), table, words);
            }
        }
        return bytes.toByteArray();
    }

    private static void table(Worksheet sheet, Table table, Vocabulary words) throws IOException {
        for (int j = 0; j < table.columns().size(); j++) {
            String column = table.columns().get(j);
            sheet.value(0, j, words.column(table.name(), column));
            // Text, so that a spreadsheet does not round codes of 18 digits or drop zeros.
            sheet.style(j).format("@").set();
            for (Table.Row row : table.rows()) {
                String cell = j < row.cells().size() ? row.cells().get(j) : "";
                if (!cell.isEmpty()) {
                    sheet.value(row.number() - 1, j, words.value(column, cell));
                }
            }
        }
        head(sheet, table.columns().size());
        for (int j = 0; j < table.columns().size(); j++) {
            sheet.width(j, table.columns().get(j).equals("name") ? WIDE : NARROW + 4);
        }
        sheet.finish();
    }

    private static void head(Worksheet sheet, int columns) {
        sheet.range(0, 0, 0, columns - 1).style().bold().fillColor("DDEBF7").set();
        sheet.freezePane(0, 1);
        for (int j = 0; j < columns; j++) {
            sheet.width(j, NARROW);
        }
    }
}
