package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.adoption.MappingTable;
import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/** Reads the findings' file as it comes back filled in: a workbook, or one CSV file. */
public final class FindingFiles {

    private static final String BUNDLE = "messages.findings";

    private FindingFiles() {}

    /** Its one table, in codes where its words are known in any language. */
    public static FileContent readXlsx(byte[] bytes) {
        if (bytes.length > RegisterFiles.MAX_BYTES) {
            return RegisterFiles.tooLarge();
        }
        try {
            var tables = XlsxReader.read(bytes);
            return tables.size() == 1
                    ? new FileContent.Tables(List.of(coded(tables.getFirst())))
                    : new FileContent.Unreadable(RegisterFault.of("", "ONE_TABLE"));
        } catch (UnreadableException e) {
            return new FileContent.Unreadable(e.fault());
        }
    }

    /** As the other. */
    public static FileContent readCsv(byte[] bytes) {
        if (bytes.length > RegisterFiles.MAX_BYTES) {
            return RegisterFiles.tooLarge();
        }
        try {
            return new FileContent.Tables(List.of(coded(CsvReader.read(MappingTable.CODE, bytes))));
        } catch (UnreadableException e) {
            return new FileContent.Unreadable(e.fault());
        }
    }

    private static Table coded(Table table) {
        var codes = new HashMap<String, String>();
        for (var locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            words(locale).forEach((code, word) -> codes.put(Vocabulary.simple(word), code));
        }
        MappingTable.COLUMNS.forEach(code -> codes.put(Vocabulary.simple(code), code));
        var columns =
                table.columns().stream()
                        .map(text -> codes.getOrDefault(Vocabulary.simple(text), text.strip()))
                        .toList();
        int pool = columns.indexOf("pool");
        var rows = table.rows().stream().map(row -> coded(row, pool)).toList();
        return new Table(MappingTable.CODE, columns, rows);
    }

    private static Table.Row coded(Table.Row row, int pool) {
        if (pool < 0 || pool >= row.cells().size()) {
            return row;
        }
        var cells = new java.util.ArrayList<>(row.cells());
        cells.set(pool, Vocabulary.valueCode("pool", cells.get(pool)));
        return new Table.Row(row.number(), cells);
    }

    /** A fault with the column's name as files of this language have it. */
    public static RegisterFault named(RegisterFault fault, Locale locale) {
        var words = words(locale);
        return new RegisterFault(
                fault.table(),
                fault.row(),
                fault.column().map(code -> Optional.ofNullable(words.get(code)).orElse(code)),
                fault.code(),
                fault.arguments(),
                fault.value());
    }

    private static Map<String, String> words(Locale locale) {
        var bundle =
                ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
        var words = new HashMap<String, String>();
        for (var code : MappingTable.COLUMNS) {
            words.put(code, bundle.getString("finding.column." + code));
        }
        return words;
    }
}
