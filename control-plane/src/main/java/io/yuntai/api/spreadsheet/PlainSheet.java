package io.yuntai.api.spreadsheet;

import io.yuntai.billing.export.CellWidth;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * One table with a header, for a spreadsheet program.
 *
 * @param rows cells in the header's order: texts, and numbers that can be computed with
 */
public record PlainSheet(String name, List<String> header, List<List<Cell>> rows) {

    /** Beside the header; what a spreadsheet program opens. */
    public static final int MOST_OF_A_WORKBOOK = 1_048_575;

    private static final int ROWS_KEPT = 1000;
    private static final int NARROWEST = 8;
    private static final int WIDEST = 60;
    private static final int LEGIBLE_ON_A4 = 200;
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /** What a cell holds. */
    public sealed interface Cell {

        /** Nothing. */
        Cell EMPTY = new Text("");

        /** Words; never a formula. */
        record Text(String text) implements Cell {}

        /** A number. */
        record Figure(BigDecimal value) implements Cell {}

        static Cell of(String text) {
            return new Text(text);
        }

        static Cell of(BigDecimal value) {
            return new Figure(value);
        }

        static Cell of(long value) {
            return new Figure(BigDecimal.valueOf(value));
        }

        /** What may be missing. */
        static <T> Cell of(Optional<T> value, Function<T, Cell> cell) {
            return value.map(cell).orElse(EMPTY);
        }

        /** One figure of what may not have been measured. */
        static <T> Cell figure(Optional<T> measure, Function<T, BigDecimal> figure) {
            return of(measure.map(figure), Cell::of);
        }

        /** Exact: parts of a GiB end in a few binary digits. */
        static Cell gib(long bytes) {
            return new Figure(BigDecimal.valueOf(bytes).divide(GIB));
        }
    }

    public PlainSheet {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * A workbook of this sheet. Printed it goes across, as wide as the page, with its header on
     * each and which page of how many it is.
     */
    public byte[] xlsx() {
        var bytes = new ByteArrayOutputStream();
        try {
            xlsx(bytes, name, header, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: cannot fail
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a workbook of one sheet, of which no more is kept than some rows: by these it is told
     * how wide columns are.
     *
     * @param rows at most {@value #MOST_OF_A_WORKBOOK}, read once
     */
    public static void xlsx(
            OutputStream out, String name, List<String> header, Iterable<List<Cell>> rows)
            throws IOException {
        try (var workbook = new Workbook(out, "Yuntai", "1.0")) {
            var sheet = workbook.newWorksheet(name);
            var widths = new int[header.size()];
            for (int j = 0; j < header.size(); j++) {
                sheet.value(0, j, header.get(j));
                widths[j] = CellWidth.of(header.get(j));
            }
            sheet.range(0, 0, 0, header.size() - 1).style().bold().fillColor("DDEBF7").set();
            sheet.freezePane(0, 1);
            int at = 0;
            for (var row : rows) {
                at++;
                for (int j = 0; j < header.size(); j++) {
                    switch (row.get(j)) {
                        case Cell.Text(var text) -> sheet.value(at, j, text);
                        case Cell.Figure(var value) -> sheet.value(at, j, value);
                    }
                    if (at <= ROWS_KEPT) {
                        widths[j] = Math.max(widths[j], wide(row.get(j)));
                    }
                }
                if (at % ROWS_KEPT == 0) {
                    if (at == ROWS_KEPT) {
                        layOut(sheet, widths);
                    }
                    sheet.flush();
                }
            }
            if (at < ROWS_KEPT) {
                layOut(sheet, widths);
            }
            sheet.finish();
        }
    }

    /** Columns as wide as the longest of what stands in them, within reason. */
    private static void layOut(Worksheet sheet, int[] widths) {
        int all = 0;
        for (int j = 0; j < widths.length; j++) {
            int width = Math.clamp(widths[j] + 2L, NARROWEST, WIDEST);
            sheet.width(j, width);
            all += width;
        }
        sheet.repeatRows(0);
        sheet.pageOrientation("landscape");
        sheet.paperSize(all > LEGIBLE_ON_A4 ? PaperSize.A3_PAPER : PaperSize.A4_PAPER);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        sheet.footer("&A", Position.LEFT);
        sheet.footer("&P / &N", Position.RIGHT);
    }

    private static int wide(Cell cell) {
        return switch (cell) {
            case Cell.Text(var text) -> CellWidth.of(text);
            case Cell.Figure(var value) -> value.toPlainString().length();
        };
    }

    /**
     * Comma-separated text (RFC 4180) in UTF-8 with the mark that spreadsheets need; what a
     * spreadsheet would compute is defused.
     */
    public byte[] csv() {
        var bytes = new ByteArrayOutputStream();
        try {
            csv(bytes, header, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: cannot fail
        }
        return bytes.toByteArray();
    }

    /**
     * Writes the same, row by row.
     *
     * @param rows read once
     */
    public static void csv(OutputStream out, List<String> header, Iterable<List<Cell>> rows)
            throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write('\ufeff');
        var printer = new CSVPrinter(text, CSVFormat.RFC4180);
        printer.printRecord(header);
        for (var row : rows) {
            printer.printRecord(row.stream().map(PlainSheet::text).toList());
        }
        printer.flush();
    }

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Figure(var value) -> value.toPlainString();
            case Cell.Text(var text) ->
                    text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        };
    }
}
