package io.yuntai.billing.export;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openpdf.text.Font;
import org.openpdf.text.pdf.BaseFont;

/**
 * The type that a PDF is set in: Noto Sans SC, of which what is used is embedded, so that it looks
 * the same wherever it is opened. One for each document: the library reads from the font as it
 * writes.
 */
final class PdfType {

    /** What a text ends with that is cut. */
    static final String CUT = "…";

    /** As it is named inside of a PDF. */
    static final String NAME = "NotoSansSC-Regular";

    private static final String FILE = "/fonts/ttf/NotoSansSC/NotoSansSC-Regular.ttf";

    private final BaseFont base;

    PdfType() throws IOException {
        try (var in = Objects.requireNonNull(PdfType.class.getResourceAsStream(FILE), FILE)) {
            base =
                    BaseFont.createFont(
                            NAME + ".ttf",
                            BaseFont.IDENTITY_H,
                            BaseFont.EMBEDDED,
                            BaseFont.NOT_CACHED,
                            in.readAllBytes(),
                            null);
        }
    }

    BaseFont base() {
        return base;
    }

    Font of(float size, Color color) {
        return new Font(base, size, Font.NORMAL, color);
    }

    /** There is one weight; a title is drawn with its outline, which makes it look bold. */
    Font bold(float size, Color color) {
        return new Font(base, size, Font.BOLD, color);
    }

    /**
     * The text as it can be shown: a character that the font lacks, such as one outside of the
     * basic plane in some names, by its code point, and what is no character as a space. Nothing is
     * lost that a reader would miss without noticing.
     */
    String shown(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> {
                    if (Character.isISOControl(point)
                            || Character.getType(point) == Character.FORMAT) {
                        shown.append(' ');
                    } else if (Character.isBmpCodePoint(point) && base.charExists(point)) {
                        shown.appendCodePoint(point);
                    } else {
                        shown.append("[U+%04X]".formatted(point));
                    }
                });
        return shown.toString();
    }

    /**
     * A text as it can be shown, with its unit in brackets on a line of its own if the line is too
     * long for a width, in points.
     */
    String broken(String text, float size, float width) {
        String shown = shown(text);
        int unit = Math.max(shown.indexOf('（'), shown.indexOf('('));
        return unit < 1 || base.getWidthPoint(shown, size) <= width
                ? shown
                : shown.substring(0, unit).stripTrailing() + "\n" + shown.substring(unit);
    }

    /**
     * A text in lines that fit into a width, in points; the last ends with {@link #CUT} if there is
     * more of it than so many have room for.
     *
     * @param most at least one
     */
    List<String> fitting(String text, float size, float width, int most) {
        var lines = new ArrayList<String>();
        String rest = shown(text);
        while (base.getWidthPoint(rest, size) > width) {
            String end = lines.size() == most - 1 ? CUT : "";
            int length = rest.length();
            while (length > 1
                    && base.getWidthPoint(rest.substring(0, length) + end, size) > width) {
                length--;
            }
            lines.add(rest.substring(0, length) + end);
            rest = rest.substring(length);
            if (lines.size() == most) {
                return lines;
            }
        }
        lines.add(rest);
        return lines;
    }
}
