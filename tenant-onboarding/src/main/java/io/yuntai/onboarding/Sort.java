package io.yuntai.onboarding;

import java.util.regex.Pattern;

/**
 * The order of a list.
 *
 * @param field the JSON member that is sorted by
 * @param descending whether the largest comes first
 */
public record Sort(String field, boolean descending) {

    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

    public Sort {
        if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException("not a field to sort by: " + field);
        }
    }

    /** Reads {@code name}, or {@code -name} for descending. */
    public static Sort of(String text) {
        return text.startsWith("-") ? new Sort(text.substring(1), true) : new Sort(text, false);
    }

    @Override
    public String toString() {
        return (descending ? "-" : "") + field;
    }
}
