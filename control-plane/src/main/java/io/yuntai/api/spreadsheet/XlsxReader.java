package io.yuntai.api.spreadsheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yuntai.onboarding.register.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** Reads a workbook. */
final class XlsxReader {

    private static final String WORKBOOK =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    private XlsxReader() {}

    static List<Table> read(byte[] bytes) throws UnreadableException {
        check(Archive.unpack(bytes));
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            var budget = new RowBudget();
            var tables = new ArrayList<Table>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                String code = Vocabulary.tableCode(sheet.getName());
                if (!code.isEmpty()) {
                    tables.add(table(sheet, code, budget));
                }
            }
            return tables;
        } catch (IOException | ExcelReaderException | IllegalArgumentException e) {
            throw new UnreadableException("", "NOT_A_SPREADSHEET");
        }
    }

    /** A workbook and nothing that runs or reaches out. */
    private static void check(Map<String, byte[]> parts) throws UnreadableException {
        byte[] types = parts.get("[Content_Types].xml");
        if (types == null || !new String(types, UTF_8).contains(WORKBOOK)) {
            throw new UnreadableException("", "NOT_A_SPREADSHEET");
        }
        for (String name : parts.keySet()) {
            if (name.endsWith("vbaProject.bin")
                    || name.startsWith("xl/externalLinks/")
                    || name.startsWith("xl/embeddings/")
                    || name.startsWith("xl/activeX/")) {
                throw new UnreadableException("", "ACTIVE_CONTENT", name);
            }
        }
    }

    private static Table table(Sheet sheet, String code, RowBudget budget)
            throws IOException, UnreadableException {
        List<String> header = List.of();
        var rows = new ArrayList<Table.Row>();
        try (Stream<Row> stream = sheet.openStream()) {
            var all = stream.iterator();
            while (all.hasNext()) {
                Row row = all.next();
                var cells = RowBudget.cells(row.getCellCount(), i -> text(row, i));
                if (row.getRowNum() == 1) {
                    header = cells;
                } else if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    budget.take(sheet.getName());
                    rows.add(new Table.Row(row.getRowNum(), cells));
                }
            }
        }
        return RowBudget.coded(code, header, rows);
    }

    private static String text(Row row, int index) {
        @Nullable Cell cell = row.getCell(index);
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        return switch (cell.getType()) {
            case STRING -> cell.asString();
            case NUMBER -> plain(cell);
            case BOOLEAN -> cell.asBoolean() ? "true" : "false";
            // Refused by what stands first: the result of a formula is not what was written.
            case FORMULA -> "=" + cell.getFormula();
            case ERROR -> "=" + cell.getRawValue();
            case EMPTY -> "";
        };
    }

    private static String plain(Cell cell) {
        var number = cell.asNumber().stripTrailingZeros();
        return number.toPlainString();
    }
}
