package io.yuntai.onboarding.kubernetes;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of clusters. */
@Repository
class ClusterStore {

    private final JdbcClient jdbc;

    ClusterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Enters a cluster, once; false when it is there as one of the other kind. */
    boolean enter(ClusterName name, boolean simulated, Instant now) {
        int rows =
                jdbc.sql(
                                """
                                insert into cluster as present (name, simulated, created_at)
                                values (:name, :simulated, :now)
                                on conflict (name) do update set name = excluded.name
                                where present.simulated = excluded.simulated
                                """)
                        .param("name", name.value())
                        .param("simulated", simulated)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update();
        return rows == 1;
    }
}
