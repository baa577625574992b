package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Scheduling;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of clusters. */
@Repository
class ClusterStore {

    private final JdbcClient jdbc;

    ClusterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every cluster that was ever entered, with its state. */
    Map<ClusterName, ClusterState> states() {
        var states = new HashMap<ClusterName, ClusterState>();
        jdbc.sql("select name, state from cluster")
                .query(row -> {
                    states.put(
                            new ClusterName(row.getString("name")),
                            ClusterState.valueOf(row.getString("state")));
                });
        return states;
    }

    /** Those where something new may be placed. */
    Set<ClusterName> open() {
        return Set.copyOf(
                jdbc.sql("select name from cluster where state = 'ACTIVE' and scheduling = 'OPEN'")
                        .query((row, _) -> new ClusterName(row.getString("name")))
                        .list());
    }

    /** Those where somebody wants nothing new. */
    Set<ClusterName> scheduled(Scheduling scheduling) {
        return Set.copyOf(
                jdbc.sql("select name from cluster where scheduling = ?")
                        .param(scheduling.name())
                        .query((row, _) -> new ClusterName(row.getString("name")))
                        .list());
    }

    /** Enters a cluster, once; false when it is there as one of the other kind. */
    boolean enter(ClusterName name, boolean simulated, Instant now) {
        int rows =
                jdbc.sql(
                                """
                                insert into cluster as present (name, simulated, created_at, state, state_since)
                                values (:name, :simulated, :now, 'ACTIVE', :now)
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
