package io.yuntai.onboarding;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param items in the order asked for
 * @param next the cursor of the page that follows; empty: this is the last
 * @param total how many items the whole list has
 */
public record Page<T>(List<T> items, Optional<String> next, long total) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * A page of a list with key cursors.
     *
     * @param fetched up to limit + 1 items: the one too many tells that there is more
     * @param cursorAfter the cursor that begins behind an item
     */
    public static <T> Page<T> of(
            List<T> fetched, PageQuery query, long total, Function<T, Cursor> cursorAfter) {
        if (fetched.size() <= query.limit()) {
            return new Page<>(fetched, Optional.empty(), total);
        }
        var shown = fetched.subList(0, query.limit());
        return new Page<>(shown, Optional.of(cursorAfter.apply(shown.getLast()).toString()), total);
    }

    /** A page of a list with offset cursors; {@code fetched} has up to limit + 1 items. */
    public static <T> Page<T> ofOffset(List<T> fetched, PageQuery query, long total) {
        return of(fetched, query, total, _ -> Cursor.offset(query.offset() + query.limit()));
    }

    public <R> Page<R> map(Function<? super T, R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), next, total);
    }
}
