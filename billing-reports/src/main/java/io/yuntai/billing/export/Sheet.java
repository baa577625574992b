package io.yuntai.billing.export;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows below each other. Text is only ever text: a name that begins with = stays a name. */
final class Sheet implements AutoCloseable {

    private static final String HEADER_FILL = "DCE6F1";
    private static final double LINE = 15;
    private static final int USUAL_WIDTH = 60;
    private static final int FIRST_WIDE = 0x2E80;

    private final Worksheet sheet;
    private int row;
    private short pages; // 0: as many as it takes
    private int[] widths = {60};

    Sheet(Worksheet sheet) {
        this.sheet = sheet;
    }

    Sheet widths(int... widths) {
        for (int column = 0; column < widths.length; column++) {
            sheet.width(column, widths[column]);
        }
        this.widths = widths.clone();
        return this;
    }

    /** The row that is written next, from 0. */
    int row() {
        return row;
    }

    /** Has it printed on one page, however small: what is cut into two is no chart. */
    void onOnePage() {
        pages = 1;
    }

    void title(String text) {
        sheet.value(row, 0, text);
        sheet.style(row, 0).bold().fontSize(16).set();
        row += 2;
    }

    /** Above a table that is not the only one. */
    void subtitle(String text) {
        row++;
        sheet.value(row, 0, text);
        sheet.style(row, 0).bold().set();
        row++;
    }

    /** A name, and its value over the columns that are left. */
    void fact(String name, Object value) {
        sheet.value(row, 0, name);
        sheet.style(row, 0).bold().wrapText(true).verticalAlignment("top").set();
        cell(1, value);
        int lines = Math.max(over(1, String.valueOf(value)), lines(name, width(0) - 1));
        // Beside its name, a figure too.
        sheet.style(row, 1).horizontalAlignment("left").set();
        high(lines);
        row++;
    }

    /** A paragraph over all columns, as high as it needs to be. */
    void prose(String text) {
        sheet.value(row, 0, text);
        high(over(0, text));
        row++;
    }

    /** Over the columns that are left; how many lines it takes there. */
    private int over(int first, String text) {
        if (widths.length - 1 > first) {
            sheet.range(row, first, row, widths.length - 1).merge();
        }
        sheet.style(row, first).wrapText(true).verticalAlignment("top").set();
        return lines(text, Arrays.stream(widths).skip(first).sum());
    }

    /** How many lines a text takes in a column; a Chinese character is as wide as two others. */
    private static int lines(String text, int width) {
        int wide = text.codePoints().map(point -> point < FIRST_WIDE ? 1 : 2).sum();
        return 1 + Math.max(0, wide - 1) / Math.max(1, width - 1);
    }

    private int width(int column) {
        return column < widths.length ? widths[column] : USUAL_WIDTH;
    }

    /** Programs do not find the height of a row themselves when they print it. */
    private void high(int lines) {
        if (lines > 1) {
            sheet.rowHeight(row, LINE * lines);
        }
    }

    /** A table's head, that of figures to the right, as they stand. */
    void head(List<Block.Column> columns) {
        int head = row;
        headOf(columns.stream().map(Block.Column::head).toList());
        for (int column = 0; column < columns.size(); column++) {
            align(columns, head, column, true);
        }
    }

    /** A row of a table, each cell under the head of its column. */
    void row(List<Block.Column> columns, List<Object> cells) {
        int written = row;
        row(cells.toArray());
        for (int column = 0; column < columns.size(); column++) {
            if (cells.get(column) instanceof String text) {
                align(columns, written, column, lines(text, width(column)) > 1);
            }
        }
    }

    /** What stands for a figure stands to the right, and a text not too close to one. */
    private void align(List<Block.Column> columns, int row, int column, boolean wrap) {
        if (columns.get(column).figure()) {
            sheet.style(row, column).horizontalAlignment("right").wrapText(wrap).set();
        } else if (column > 0 && columns.get(column - 1).figure()) {
            sheet.style(row, column).horizontalAlignment("left").indent(1).wrapText(wrap).set();
        }
    }

    /** A table's head; it stays in sight and is printed on each page. */
    private void headOf(List<String> texts) {
        int lines = 1;
        for (int column = 0; column < texts.size(); column++) {
            sheet.value(row, column, texts.get(column));
            sheet.style(row, column).bold().wrapText(true).fillColor(HEADER_FILL).set();
            lines = Math.max(lines, lines(texts.get(column), width(column) - 1));
        }
        high(lines);
        sheet.freezePane(0, row + 1);
        sheet.repeatRows(row);
        row++;
    }

    /** A row; a text that is longer than its column goes on below. */
    void row(Object... cells) {
        int lines = 1;
        for (int column = 0; column < cells.length; column++) {
            cell(column, cells[column]);
            if (cells[column] instanceof String text && lines(text, width(column)) > 1) {
                sheet.style(row, column).wrapText(true).set();
                lines = Math.max(lines, lines(text, width(column)));
            }
        }
        if (lines > 1) {
            // Else its figures would stand at the foot of a name of several lines.
            for (int column = 0; column < cells.length; column++) {
                sheet.style(row, column).verticalAlignment("center").set();
            }
        }
        high(lines);
        row++;
    }

    void gap() {
        row++;
    }

    private void cell(int column, Object content) {
        switch (content) {
            case Optional<?> optional -> optional.ifPresent(inner -> cell(column, inner));
            case BigDecimal decimal -> {
                sheet.value(row, column, decimal);
                sheet.style(row, column).format("0." + "0".repeat(decimal.scale())).set();
            }
            case Number number -> sheet.value(row, column, number);
            case String text -> sheet.value(row, column, text);
            default -> throw new IllegalArgumentException("not a cell: " + content);
        }
    }

    @Override
    public void close() {
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight(pages);
        sheet.pageOrientation("landscape");
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.footer("&P / &N", Position.CENTER);
    }
}
