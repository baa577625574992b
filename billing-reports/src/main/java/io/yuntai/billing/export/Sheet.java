package io.yuntai.billing.export;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.StyleSetter;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows below each other. Text is only ever text: a name that begins with = stays a name. */
final class Sheet implements AutoCloseable {

    private static final String HEADER_FILL = "DCE6F1";
    private static final String LINE_COLOR = "B8C2CC";
    private static final double LINE = 15;
    private static final int SMALL = 9;
    private static final int USUAL_WIDTH = 60;

    private final Worksheet sheet;
    private int row;
    private short pages; // 0: as many as it takes
    private int[] widths = {60};

    /**
     * Begins a sheet.
     *
     * @param of what it is a sheet of: stands at the foot of each page, for a page that is taken
     *     out
     */
    Sheet(Worksheet sheet, String of) {
        this.sheet = sheet;
        sheet.header("&A", Position.RIGHT, SMALL);
        sheet.footer(of.replace("&", "&&"), Position.LEFT, SMALL);
        sheet.footer("&P / &N", Position.RIGHT, SMALL);
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

    /** Has it printed on one page, however small: a chart that is cut into two is none. */
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
        high(Math.max(over(1, String.valueOf(value)), lines(name, width(0) - 1)));
        row++;
    }

    /** A paragraph over all columns, as high as it needs to be. */
    void prose(String text) {
        sheet.value(row, 0, text);
        high(over(0, text));
        row++;
    }

    /** Over the columns that are left, a figure too; how many lines it takes there. */
    private int over(int first, String text) {
        if (widths.length - 1 > first) {
            sheet.range(row, first, row, widths.length - 1).merge();
        }
        sheet.style(row, first)
                .horizontalAlignment("left")
                .wrapText(true)
                .verticalAlignment("top")
                .set();
        return lines(text, Arrays.stream(widths).skip(first).sum());
    }

    /** How many lines a text takes in a column. */
    private static int lines(String text, int width) {
        return 1 + Math.max(0, CellWidth.of(text) - 1) / Math.max(1, width - 1);
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

    /**
     * A table's head, that of figures to the right, as they stand; it stays in sight and is printed
     * on each page.
     */
    void head(List<Block.Column> columns) {
        var heads = IntStream.range(0, columns.size()).mapToObj(c -> head(columns, c)).toList();
        for (int column = 0; column < heads.size(); column++) {
            sheet.value(row, column, heads.get(column));
            var style =
                    bordered(column)
                            .bold()
                            .fillColor(HEADER_FILL)
                            .wrapText(true)
                            .verticalAlignment("center");
            align(style, columns, column).set();
        }
        high(
                IntStream.range(0, heads.size())
                        .map(c -> heads.get(c).lines().mapToInt(l -> lines(l, bold(c))).sum())
                        .max()
                        .orElse(1));
        sheet.freezePane(0, row + 1);
        sheet.repeatRows(row);
        row++;
    }

    /** A head that is longer than its column has its unit on a line of its own. */
    private String head(List<Block.Column> columns, int column) {
        String head = columns.get(column).head();
        int unit = Math.max(head.indexOf('（'), head.indexOf('('));
        return unit < 1 || lines(head, bold(column)) == 1
                ? head
                : head.substring(0, unit).stripTrailing() + "\n" + head.substring(unit);
    }

    /**
     * A row of a table, each cell under the head of its column; a text that is longer than its
     * column goes on below, and what stands beside it stands at its middle.
     */
    void row(List<Block.Column> columns, List<Object> cells) {
        int lines = 1;
        for (int column = 0; column < cells.size(); column++) {
            lines = Math.max(lines, lines(cells.get(column), column));
        }
        for (int column = 0; column < cells.size(); column++) {
            var content = cells.get(column);
            cell(column, content);
            // In one go: the library keeps of an alignment what was set last, and all of it.
            var style =
                    bordered(column)
                            .verticalAlignment(lines > 1 ? "center" : "bottom")
                            .wrapText(lines(content, column) > 1);
            (content instanceof String ? align(style, columns, column) : style).set();
        }
        high(lines);
        row++;
    }

    /** How wide a column is for what is bold. */
    private int bold(int column) {
        return width(column) - 2;
    }

    private int lines(Object content, int column) {
        return content instanceof String text ? lines(text, width(column)) : 1;
    }

    private StyleSetter bordered(int column) {
        return sheet.style(row, column).borderStyle("thin").borderColor(LINE_COLOR);
    }

    /** What stands for a figure stands to the right, and a text not too close to one. */
    private static StyleSetter align(StyleSetter style, List<Block.Column> columns, int column) {
        if (columns.get(column).figure()) {
            return style.horizontalAlignment("right");
        }
        return column > 0 && columns.get(column - 1).figure()
                ? style.horizontalAlignment("left").indent(1)
                : style;
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
    }
}
