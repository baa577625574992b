package io.yuntai.onboarding;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into arrays, one a column, for {@code insert … select … from unnest(…)}. */
public final class Columns {

    private Columns() {}

    /** One column as texts; the SQL casts it to what it is. */
    public static <T> @Nullable String[] of(
            Collection<T> rows, Function<T, ? extends @Nullable Object> column) {
        @Nullable String[] texts = new String[rows.size()];
        int i = 0;
        for (T row : rows) {
            Object value = column.apply(row);
            texts[i++] = value == null ? null : value.toString();
        }
        return texts;
    }
}
