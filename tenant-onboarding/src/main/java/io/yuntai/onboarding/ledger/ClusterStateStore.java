package io.yuntai.onboarding.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what state a cluster is in. Every method joins the caller's transaction. */
@Repository
class ClusterStateStore {

    private final JdbcClient jdbc;

    ClusterStateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The state, which stays so until the end of the transaction; empty: there is no such cluster.
     */
    Optional<ClusterState> hold(String cluster) {
        return state(cluster, "for share");
    }

    /** As {@link #hold}, for whoever is about to change it. */
    Optional<ClusterState> lock(String cluster) {
        return state(cluster, "for update");
    }

    private Optional<ClusterState> state(String cluster, String lock) {
        return jdbc.sql("select state from cluster where name = ? " + lock)
                .param(cluster)
                .query((row, _) -> ClusterState.valueOf(row.getString("state")))
                .optional();
    }

    void move(String cluster, ClusterState to, Instant at) {
        var _ =
                jdbc.sql("update cluster set state = ?, state_since = ? where name = ?")
                        .params(to.name(), at.atOffset(ZoneOffset.UTC), cluster)
                        .update();
    }

    /** Whether anything new may be placed there; empty: there is no such cluster. */
    Optional<Scheduling> scheduling(String cluster) {
        return jdbc.sql("select scheduling from cluster where name = ?")
                .param(cluster)
                .query((row, _) -> Scheduling.valueOf(row.getString("scheduling")))
                .optional();
    }

    void schedule(String cluster, Scheduling to, Instant at) {
        var _ =
                jdbc.sql("update cluster set scheduling = ?, scheduling_since = ? where name = ?")
                        .params(to.name(), at.atOffset(ZoneOffset.UTC), cluster)
                        .update();
    }

    Optional<Instant> since(String cluster, ClusterState state) {
        return jdbc.sql("select state_since from cluster where name = ? and state = ?")
                .params(cluster, state.name())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
