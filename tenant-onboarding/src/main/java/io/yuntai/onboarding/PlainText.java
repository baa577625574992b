package io.yuntai.onboarding;

import java.util.OptionalInt;

/**
 * What a text that people typed may hold: any letter of any language, also outside the Basic
 * Multilingual Plane, but nothing that is invisible or that no one typed on purpose.
 */
public final class PlainText {

    private PlainText() {}

    /**
     * The first code point that has no place in a name: a control or format character (which could
     * turn the text round for whoever reads it), half of a surrogate pair, or an unassigned one.
     */
    public static OptionalInt firstForbidden(String text) {
        return text.codePoints().filter(PlainText::isForbidden).findFirst();
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default ->
                    (codePoint & 0xFFFE)
                            == 0xFFFE; // noncharacters: UTF-8 carries them, but no file should
        };
    }

    /** How many characters a reader counts, as PostgreSQL's {@code length}: code points. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Refuses a text that is not fit to be stored.
     *
     * @throws IllegalArgumentException when it is shorter than {@code min} or longer than {@code
     *     max} code points, has spaces at its ends, or holds what {@link #firstForbidden} finds
     */
    public static void require(String text, int min, int max) {
        int length = length(text);
        if (length < min || length > max) {
            throw new IllegalArgumentException(
                    "%d characters, not %d to %d".formatted(length, min, max));
        }
        if (!text.equals(text.strip()) || firstForbidden(text).isPresent()) {
            throw new IllegalArgumentException("spaces round it or control characters in it");
        }
    }
}
