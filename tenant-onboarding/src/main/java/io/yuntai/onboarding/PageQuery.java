package io.yuntai.onboarding;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which page of a list is asked for.
 *
 * @param limit at most so many items, 1 to {@value #MAX_LIMIT}
 * @param cursor where the page begins; empty: at the start
 * @param sort the order; empty: the list's own
 * @param q what a person typed to search for, trimmed; empty: everything
 */
public record PageQuery(int limit, Optional<Cursor> cursor, Optional<Sort> sort, String q) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;
    private static final int MAX_Q = 200;

    /** The first page in the list's own order. */
    public static final PageQuery FIRST =
            new PageQuery(DEFAULT_LIMIT, Optional.empty(), Optional.empty(), "");

    public PageQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit not within 1.." + MAX_LIMIT + ": " + limit);
        }
        q = q.strip();
        if (q.length() > MAX_Q) {
            throw new IllegalArgumentException("q longer than " + MAX_Q);
        }
        if (q.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("q holds a NUL");
        }
    }

    /**
     * The order asked for, or the list's own.
     *
     * @param own the list's order when none is asked for
     * @param allowed what this list can be sorted by
     * @throws Refused INVALID {@code BAD_SORT}
     */
    public Sort sortOr(Sort own, Set<String> allowed) {
        Sort asked = sort.orElse(own);
        if (!allowed.contains(asked.field())) {
            throw Refused.invalid("BAD_SORT", List.of(Fault.at("/sort", "BAD_SORT", asked)));
        }
        return asked;
    }

    /** For lists with offset cursors: how many items come before this page. */
    public long offset() {
        return cursor.map(Cursor::asOffset).orElse(0L);
    }

    /** {@code q} as an SQL LIKE pattern that finds it anywhere, taken literally. */
    public String pattern() {
        return pattern(q);
    }

    /** As {@link #pattern()}, of any text. */
    public static String pattern(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /**
     * The end of the statement that reads a page of a list with key cursors: one more than is
     * shown. Written out: of a limit that it does not know PostgreSQL thinks so ill that it plans
     * each time anew, which can take longer than the page itself.
     */
    public String atMost() {
        return " limit " + (limit + 1);
    }

    /** As {@link #atMost}, of a list with offset cursors. */
    public String slice() {
        return atMost() + " offset " + offset();
    }
}
