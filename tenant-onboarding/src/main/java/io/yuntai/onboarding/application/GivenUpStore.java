package io.yuntai.onboarding.application;

import io.yuntai.onboarding.application.ItemDeliveries.Missing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what did not come and was given up. */
@Repository
class GivenUpStore {

    /** Positions in what was asked for, and among what was granted of it. */
    private static final String PLACES =
            """
            with place as (
                select application, revision, position,
                       row_number() over (order by position) - 1 as place
                from application_item
                where application = :application and revision = :revision
                  and approved_count is distinct from 0)
            """;

    private final JdbcClient jdbc;

    GivenUpStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By position among what was granted. */
    Map<Integer, Missing> of(Application application) {
        var found = new HashMap<Integer, Missing>();
        jdbc.sql(
                        PLACES
                                + """
                                select place, missing, reason
                                from application_given_up join place
                                    using (application, revision, position)
                                """)
                .param("application", application.id().value())
                .param("revision", application.revision())
                .query(row -> {
                    found.put(
                            row.getInt("place"),
                            new Missing(row.getInt("missing"), row.getString("reason")));
                });
        return found;
    }

    /**
     * @param place among what was granted
     */
    void insert(Application application, int place, Missing missing, Instant at) {
        var _ =
                jdbc.sql(
                                PLACES
                                        + """
                                        insert into application_given_up
                                            (application, revision, position, missing, reason, at)
                                        select application, revision, position, :missing, :reason, :at
                                        from place where place = :place
                                        """)
                        .param("application", application.id().value())
                        .param("revision", application.revision())
                        .param("missing", missing.count())
                        .param("reason", missing.reason())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("place", place)
                        .update();
    }
}
