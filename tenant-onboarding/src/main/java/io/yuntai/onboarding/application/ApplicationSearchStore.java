package io.yuntai.onboarding.application;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of searches for a text in all applications, in the order of their submission. What is
 * found often mostly is among the next applications of the order already, as many as are shown and
 * counted. If not, all that is found is put in order, and if that is too much, one month after the
 * other is looked through.
 */
@Repository
class ApplicationSearchStore {

    /** How far it is counted in how many a text is found. */
    static final int MOST_FOUND = 100;

    /** How many are looked at before the index is asked. */
    private static final int NEXT = 2000;

    /** What is found more often is not put in order as a whole. */
    private static final int OFTEN = 2000;

    private final JdbcClient jdbc;

    ApplicationSearchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a text is found in.
     *
     * @param page the first of it from the cursor on, in the order: at most one more than fit on
     *     the page
     * @param matching how many there are in all, as far as they were counted
     */
    record Found(List<UUID> page, long matching) {}

    /** Counted up to {@link #MOST_FOUND} + 1. */
    Found find(PageQuery query, Sort sort) {
        var search = new Search(query, sort);
        int enough = Math.max(MOST_FOUND, query.limit()) + 1;
        var next = search.next(enough);
        if (next.size() == enough) {
            return new Found(next.subList(0, query.limit() + 1), MOST_FOUND + 1);
        }
        boolean full = next.size() > query.limit();
        int most = full ? MOST_FOUND : OFTEN;
        var all = search.all(most);
        return new Found(
                full
                        ? next.subList(0, query.limit() + 1)
                        : all.matching() > most ? search.byMonth() : all.page(),
                Math.min(all.matching(), MOST_FOUND + 1));
    }

    private final class Search {

        private final PageQuery query;
        private final boolean descending;
        private final Map<String, Object> keys;

        /** The order, and what comes after the cursor in it. */
        private final String order;

        private final String after;

        private Search(PageQuery query, Sort sort) {
            this.query = query;
            this.descending = sort.descending();
            this.keys = ApplicationListStore.keys(query, sort);
            this.order =
                    " order by submitted_at %1$s, application %1$s"
                            .formatted(ApplicationListStore.way(sort));
            this.after =
                    ApplicationListStore.after("submitted_at, application", keys, sort) + order;
        }

        private JdbcClient.StatementSpec sql(String sql) {
            return jdbc.sql(sql).params(keys).param("pattern", query.pattern());
        }

        private List<UUID> ids(JdbcClient.StatementSpec statement) {
            return statement.query((row, _) -> row.getObject("application", UUID.class)).list();
        }

        private List<UUID> next(int most) {
            return ids(
                    sql(
                            """
                            select application from (
                                select application, submitted_at, text from application_search
                                %s limit %d) next
                            where text like lower(:pattern) %s limit %d
                            """
                                    .formatted(after, NEXT, order, most)));
        }

        /** Read no further than that takes, but planned as if all were: no table is scanned. */
        private Found all(int most) {
            return sql("""
            with found as materialized (
                select application, submitted_at from application_search
                where grams @> search_keys(lower(:q)) and text like lower(:pattern)
            ), few as materialized (
                select * from found limit %d
            )
            select (select count(*) from few) as matching,
                   array(select application from few %s %s) as page
            """
                            .formatted(most + 1, after, query.atMost()))
                    .param("q", query.q())
                    .query((row, _) ->
                            new Found(
                                    ApplicationListStore.uuids(row, "page"),
                                    row.getLong("matching")))
                    .single();
        }

        /** One month after the other until the page is full. */
        private List<UUID> byMonth() {
            var span = span();
            var ids = new ArrayList<UUID>();
            for (int passed = 0;
                    passed <= Math.abs(span.end() - span.begin()) && ids.size() <= query.limit();
                    passed++) {
                ids.addAll(
                        ids(
                                sql("""
                                select application from (
                                    select application, submitted_at
                                    from application_search
                                    where grams @> (search_keys(lower(:q))
                                                    || cast(:month as int))
                                        and text like lower(:pattern)
                                    offset 0) of_month
                                """
                                                + after
                                                + query.atMost())
                                        .param("q", query.q())
                                        .param(
                                                "month",
                                                span.begin() + (descending ? passed : -passed))));
            }
            return ids.subList(0, Math.min(ids.size(), query.limit() + 1));
        }

        /** The months from the cursor on, as {@code search_month} counts: a later one is less. */
        private Span span() {
            String cursor = keys.isEmpty() ? "" : ", search_month(:key)";
            return jdbc.sql(
                            """
                            select %s as "begin", %s as "end"
                            from (select search_month(min(submitted_at)) as first,
                                         search_month(max(submitted_at)) as last
                                  from application_search) month
                            """
                                    .formatted(
                                            descending
                                                    ? "greatest(last" + cursor + ")"
                                                    : "least(first" + cursor + ")",
                                            descending ? "first" : "last"))
                    .params(keys)
                    .query((row, _) -> new Span(row.getInt("begin"), row.getInt("end")))
                    .single();
        }
    }

    private record Span(int begin, int end) {}
}
