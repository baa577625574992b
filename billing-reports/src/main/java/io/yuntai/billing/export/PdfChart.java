package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Bar;
import io.yuntai.billing.export.Block.Bars;
import java.awt.Color;
import java.math.BigDecimal;
import org.openpdf.text.BadElementException;
import org.openpdf.text.Image;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/** Draws horizontal bars, as lines and areas: they are sharp at every size. */
final class PdfChart {

    private static final float ROW = 13;
    private static final float BAR = 8;
    private static final float HEAD = 20;
    private static final float FOOT = 16;
    private static final float LABELS = 210;
    private static final float VALUES = 46;
    private static final float SIZE = 7.5f;
    private static final float SMALL = 5.5f;
    private static final Color INK = new Color(0x26, 0x32, 0x38);
    private static final Color LINE = new Color(0x9E, 0xA7, 0xAD);

    private final PdfType type;
    private final float width;

    PdfChart(PdfType type, float width) {
        this.type = type;
        this.width = width;
    }

    /** How high it is drawn, in points. */
    static float height(Bars chart) {
        return HEAD + chart.bars().size() * ROW + FOOT;
    }

    Image draw(PdfWriter writer, Bars chart) throws BadElementException {
        float height = height(chart);
        var area = writer.getDirectContent().createTemplate(width, height);
        write(area, chart.title() + chart.note(), 0, height - 10, 9, PdfContentByte.ALIGN_LEFT);
        float first = height - HEAD - ROW;
        for (int i = 0; i < chart.bars().size(); i++) {
            bar(area, chart, chart.bars().get(i), first - i * ROW);
        }
        axis(area, chart, height);
        // Over the axis, whose dashes would cross the figures.
        for (int i = 0; i < chart.bars().size(); i++) {
            value(area, chart, chart.bars().get(i), first - i * ROW);
        }
        return Image.getInstance(area);
    }

    private void axis(PdfTemplate area, Bars chart, float height) {
        area.setLineWidth(0.5f);
        area.setColorStroke(LINE);
        line(area, LABELS, FOOT, LABELS, height - HEAD);
        for (var limit : chart.limits()) {
            float x = at(chart, limit);
            area.setLineDash(2, 2, 0);
            line(area, x, FOOT, x, height - HEAD);
            write(area, ReportWords.plain(limit), x, 5, 7, PdfContentByte.ALIGN_CENTER);
        }
        area.setLineDash(0);
        write(area, "0", LABELS, 5, 7, PdfContentByte.ALIGN_CENTER);
        write(
                area,
                ReportWords.plain(chart.end()),
                at(chart, chart.end()),
                5,
                7,
                PdfContentByte.ALIGN_CENTER);
    }

    private void bar(PdfTemplate area, Bars chart, Bar bar, float y) {
        float end = at(chart, bar.value().min(chart.end()));
        area.setColorFill(color(bar));
        area.rectangle(LABELS, y + (ROW - BAR) / 2, Math.max(0, end - LABELS), BAR);
        area.fill();
        label(area, bar.label(), y);
    }

    private void value(PdfTemplate area, Bars chart, Bar bar, float y) {
        float at = at(chart, bar.value().min(chart.end())) + 4;
        String shown = bar.value().toPlainString();
        area.setColorFill(Color.WHITE);
        area.rectangle(at - 2, y + 2, type.base().getWidthPoint(shown, SIZE) + 4, BAR + 1);
        area.fill();
        write(area, shown, at, y + 4, SIZE, PdfContentByte.ALIGN_LEFT);
    }

    /** In one line, or in two smaller ones: units that lie in each other begin alike. */
    private void label(PdfTemplate area, String label, float y) {
        var lines = type.fitting(label, SIZE, LABELS - 8, 1);
        if (lines.getLast().endsWith(PdfType.CUT)) {
            lines = type.fitting(label, SMALL, LABELS - 8, 2);
        }
        float size = lines.size() == 1 ? SIZE : SMALL;
        float at = lines.size() == 1 ? y + 4 : y + 4 + SMALL / 2;
        for (var line : lines) {
            write(area, line, LABELS - 5, at, size, PdfContentByte.ALIGN_RIGHT);
            at -= SMALL + 0.5f;
        }
    }

    private float at(Bars chart, BigDecimal value) {
        return LABELS + (width - LABELS - VALUES) * value.floatValue() / chart.end().floatValue();
    }

    private static Color color(Bar bar) {
        return new Color(bar.tone().rgb());
    }

    private static void line(PdfTemplate area, float x1, float y1, float x2, float y2) {
        area.moveTo(x1, y1);
        area.lineTo(x2, y2);
        area.stroke();
    }

    private void write(PdfTemplate area, String text, float x, float y, float size, int alignment) {
        area.beginText();
        area.setFontAndSize(type.base(), size);
        area.setColorFill(INK);
        area.showTextAligned(alignment, type.shown(text), x, y, 0);
        area.endText();
    }
}
