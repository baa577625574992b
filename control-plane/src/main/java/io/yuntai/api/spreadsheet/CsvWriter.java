package io.yuntai.api.spreadsheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yuntai.onboarding.register.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes a zip of CSV files. They begin with a byte order mark: spreadsheets need it. */
final class CsvWriter {

    private static final String INSTRUCTIONS = "README.txt";

    private CsvWriter() {}

    static byte[] write(List<Table> tables, Vocabulary words) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, UTF_8)) {
            zip.putNextEntry(new ZipEntry(INSTRUCTIONS));
            for (var row : Instructions.rows(words)) {
                zip.write((String.join("\t", row) + "\r\n").getBytes(UTF_8));
            }
            zip.closeEntry();
            for (Table table : tables) {
                zip.putNextEntry(new ZipEntry(table.name() + ".csv"));
                zip.write(text(table, words).getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String text(Table table, Vocabulary words) throws IOException {
        var text = new StringBuilder("\ufeff");
        try (var printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(
                    table.columns().stream().map(c -> words.column(table.name(), c)).toList());
            for (Table.Row row : table.rows()) {
                var cells = new ArrayList<String>();
                for (int j = 0; j < row.cells().size(); j++) {
                    cells.add(words.value(table.columns().get(j), row.cells().get(j)));
                }
                printer.printRecord(cells);
            }
        }
        return text.toString();
    }
}
