package io.yuntai.billing.export;

/** How wide texts stand in the cells of a spreadsheet. */
public final class CellWidth {

    private static final int FIRST_WIDE = 0x2E80;

    private CellWidth() {}

    /** In characters such as digits; a Chinese one is as wide as two. */
    public static int of(String text) {
        return text.codePoints().map(point -> point < FIRST_WIDE ? 1 : 2).sum();
    }
}
