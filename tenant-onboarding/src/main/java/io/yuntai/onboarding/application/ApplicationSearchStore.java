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
 * found often, as a sample tells, mostly is among the next applications of the order already, as
 * many as are shown and counted. If not, all that is found is put in order, and if that is too
 * much, one month after the other is looked through.
 */
@Repository
class ApplicationSearchStore {

    /** How far it is counted in how many a text is found. */
    static final int MOST_FOUND = 100;

    /** How many of the next applications are looked at before the index is asked. */
    static final int NEXT = 4000;

    /**
     * So many of them, and of any, are looked at before: they tell what is hardly ever found. The
     * next alone may be of one kind.
     */
    private static final int SAMPLE = 250;

    /** What is found more often is not put in order as a whole. */
    static final int OFTEN = 2000;

    /** In {@code application_search}. The pattern is put into lower case once, not for each row. */
    static final String LIKE = "text like (select lower(:pattern))";

    /**
     * The same by the index; its parameters are {@code q} and {@code pattern}. Nothing is estimated
     * from them: the plan is the same for all, so it need not be made for each.
     */
    static final String MATCHES = "grams @> (select search_keys(lower(:q))) and " + LIKE;

    private final JdbcClient jdbc;

    ApplicationSearchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counted up to {@link #MOST_FOUND} + 1. */
    Found find(PageQuery query, Sort sort) {
        var search = new Search(query, sort);
        var found = search.look();
        return found.matching() > OFTEN
                ? search.byMonth()
                : new Found(found.page(), Math.min(found.matching(), MOST_FOUND + 1));
    }

    /**
     * What a text is found in, up to one more than {@link #OFTEN}, in no order. The planner would
     * have to guess how many that are before it chooses between beginning with them and beginning
     * with the latest application, and texts that repeat each other deceive it.
     */
    List<UUID> some(PageQuery query) {
        return ids(
                jdbc.sql(
                                "select application from application_search where %s limit %d"
                                        .formatted(MATCHES, OFTEN + 1))
                        .param("q", query.q())
                        .param("pattern", query.pattern()));
    }

    private static List<UUID> ids(JdbcClient.StatementSpec statement) {
        return statement.query((row, _) -> row.getObject("application", UUID.class)).list();
    }

    private final class Search {

        private final PageQuery query;
        private final boolean descending;
        private final Map<String, Object> keys;

        /** Of the texts. */
        private final String order;

        /** The same, of the applications. */
        private final String listed;

        /** What comes after the cursor, in the order. */
        private final String rest;

        private Search(PageQuery query, Sort sort) {
            this.query = query;
            this.descending = sort.descending();
            this.keys = ApplicationListStore.keys(query, sort);
            this.order =
                    " order by submitted_at %1$s, application %1$s"
                            .formatted(ApplicationListStore.way(sort));
            this.listed = ApplicationListStore.order(sort);
            this.rest =
                    ApplicationListStore.whereAfter("submitted_at, application", keys, sort)
                            + order;
        }

        private JdbcClient.StatementSpec sql(String sql) {
            return jdbc.sql(sql).params(keys).param("pattern", query.pattern());
        }

        /**
         * Looks at the next, if the sample holds half a page, and at all that is found unless the
         * next tell how many that is. All are read no further than is asked for, but planned as if
         * to the end: no table is scanned.
         */
        private Found look() {
            return sql("""
            with sample as materialized (
                select count(*) as found from (
                    (select text from application_search %1$s limit %11$d)
                    union all (select text from application_search limit %11$d)) sample
                where %3$s
            ), next as materialized (
                select case when found < %12$d then '{}' else array(
                    select application from (
                        select application, submitted_at, text from application_search
                        %1$s limit %2$d) next
                    where %3$s %4$s limit %5$d) end as ids
                from sample
            ), found as materialized (
                select application, submitted_at from application_search
                where %6$s and (select cardinality(ids) < %5$d from next)
            ), few as materialized (
                select * from found
                limit (select case when cardinality(ids) > %7$d then %8$d else %9$d end from next)
            ), answer as materialized (
                select case when cardinality(ids) > %7$d then trim_array(ids, cardinality(ids) - %7$d - 1)
                            else array(select application from few %1$s %10$s) end as ids,
                       greatest(cardinality(ids), (select count(*) from few)) as matching
                from next
            )
            """
                                    .formatted(
                                            rest,
                                            NEXT,
                                            LIKE,
                                            order,
                                            Math.max(MOST_FOUND, query.limit()) + 1,
                                            MATCHES,
                                            query.limit(),
                                            MOST_FOUND + 1,
                                            OFTEN + 1,
                                            query.atMost(),
                                            SAMPLE,
                                            query.limit() / 2)
                            + Found.rows(listed))
                    .param("q", query.q())
                    .query(Found.OF);
        }

        /** One month after the other until the page is full. */
        private Found byMonth() {
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
                                    where grams @> (select search_keys(lower(:q))
                                                           || cast(:month as int))
                                        and %s
                                    offset 0) of_month
                                """
                                                        .formatted(LIKE)
                                                + rest
                                                + query.atMost())
                                        .param("q", query.q())
                                        .param(
                                                "month",
                                                span.begin() + (descending ? passed : -passed))));
            }
            return Found.of(
                    jdbc,
                    ids.subList(0, Math.min(ids.size(), query.limit() + 1)),
                    MOST_FOUND + 1,
                    listed);
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
