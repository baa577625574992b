package io.yuntai.onboarding.application;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was found of a list.
 *
 * @param page the first of it from the cursor on, in the order: at most one more than fit on the
 *     page
 * @param matching how many there are in all, as far as they were counted
 */
record Found(List<Application> page, long matching) {

    static final ResultSetExtractor<Found> OF = Found::of;

    /**
     * A statement reads {@code answer (ids, matching)}, of one row, as the rows of {@link #OF}: as
     * many as there are ids, and one where there is none.
     */
    static String rows(String order) {
        return """
        select a.*, answer.matching
        from answer left join lateral (%s where a.id = any(answer.ids)) a on true order by %s
        """
                .formatted(ApplicationRows.SELECT, order);
    }

    Found {
        page = List.copyOf(page);
    }

    private static Found of(ResultSet rows) throws SQLException {
        var page = new ArrayList<Application>();
        long matching = 0;
        while (rows.next()) {
            matching = rows.getLong("matching");
            if (rows.getObject("id") != null) {
                page.add(ApplicationRows.application(rows, page.size()));
            }
        }
        return new Found(page, matching);
    }

    /** These, in an order. */
    static Found of(JdbcClient jdbc, List<UUID> ids, long matching, String order) {
        return ids.isEmpty()
                ? new Found(List.of(), matching)
                : jdbc.sql(
                                "with answer as materialized (select :ids as ids, :matching as matching)\n"
                                        + rows(order))
                        .param("ids", ids.toArray(UUID[]::new))
                        .param("matching", matching)
                        .query(OF);
    }
}
