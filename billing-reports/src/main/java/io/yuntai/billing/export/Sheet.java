package io.yuntai.billing.export;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.dhatim.fastexcel.Worksheet;

/** Writes rows below each other. Text is only ever text: a name that begins with = stays a name. */
final class Sheet implements AutoCloseable {

    private static final String HEADER_FILL = "DCE6F1";

    private final Worksheet sheet;
    private int row;

    Sheet(Worksheet sheet) {
        this.sheet = sheet;
    }

    Sheet widths(int... widths) {
        for (int column = 0; column < widths.length; column++) {
            sheet.width(column, widths[column]);
        }
        return this;
    }

    void title(String text) {
        sheet.value(row, 0, text);
        sheet.style(row, 0).bold().fontSize(16).set();
        row += 2;
    }

    /** A table's head; it stays in sight and is printed on each page. */
    void head(List<String> texts) {
        for (int column = 0; column < texts.size(); column++) {
            sheet.value(row, column, texts.get(column));
            sheet.style(row, column).bold().wrapText(true).fillColor(HEADER_FILL).set();
        }
        sheet.freezePane(0, row + 1);
        sheet.repeatRows(row);
        row++;
    }

    void row(Object... cells) {
        for (int column = 0; column < cells.length; column++) {
            cell(column, cells[column]);
        }
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
        sheet.fitToHeight((short) 0);
        sheet.pageOrientation("landscape");
    }
}
