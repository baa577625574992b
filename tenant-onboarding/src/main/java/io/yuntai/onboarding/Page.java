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
 * @param atLeast whether it has more than {@code total}: a list that grows for ever is counted up
 *     to {@value #MOST_COUNTED} at the most, so that counting costs no more than showing
 */
public record Page<T>(List<T> items, Optional<String> next, long total, boolean atLeast) {

    /** How far a list is counted that grows for ever. */
    public static final long MOST_COUNTED = 1000;

    public Page {
        items = List.copyOf(items);
    }

    /** A page of a list that was counted to its end. */
    public Page(List<T> items, Optional<String> next, long total) {
        this(items, next, total, false);
    }

    /**
     * As {@link #of}, of a list that was counted to one more than {@link #MOST_COUNTED} at the
     * most.
     *
     * @param counted up to {@link #MOST_COUNTED} + 1
     */
    public static <T> Page<T> counted(
            List<T> fetched, PageQuery query, long counted, Function<T, Cursor> cursorAfter) {
        return counted(fetched, query, counted, MOST_COUNTED, cursorAfter);
    }

    /**
     * The same, of a list that was counted to one more than so many.
     *
     * @param counted up to {@code most} + 1
     */
    public static <T> Page<T> counted(
            List<T> fetched,
            PageQuery query,
            long counted,
            long most,
            Function<T, Cursor> cursorAfter) {
        var page = of(fetched, query, Math.min(counted, most), cursorAfter);
        return new Page<>(page.items(), page.next(), page.total(), counted > most);
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
        return new Page<>(items.stream().<R>map(change).toList(), next, total, atLeast);
    }
}
