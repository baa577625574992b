package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Symptom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of how servers have met clusters. Every method joins the caller's transaction. */
@Repository
class ObservationStore {

    private final JdbcClient jdbc;

    ObservationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of clusters that are registered no more nothing is said, nor kept. */
    List<ClusterObservation> all() {
        return jdbc.sql("select * from cluster_observation order by cluster, server")
                .query(ObservationStore::of)
                .list();
    }

    void keep(ClusterObservation seen) {
        var symptoms = seen.health().symptoms();
        var _ =
                jdbc.sql(
                                """
                                insert into cluster_observation
                                    (cluster, server, status, kinds, since, details, observed_at)
                                select name, :server, :status, :kinds, cast(:since as timestamptz[]), :details, :at
                                from cluster where name = :cluster and state <> 'DEREGISTERED'
                                on conflict (cluster, server) do update set
                                    status = excluded.status, kinds = excluded.kinds, since = excluded.since,
                                    details = excluded.details, observed_at = excluded.observed_at
                                """)
                        .param("cluster", seen.cluster().value())
                        .param("server", seen.server())
                        .param("status", seen.health().status().name())
                        .param(
                                "kinds",
                                symptoms.stream()
                                        .map(one -> one.kind().name())
                                        .toArray(String[]::new))
                        .param(
                                "since",
                                symptoms.stream()
                                        .map(one -> one.since().toString())
                                        .toArray(String[]::new))
                        .param(
                                "details",
                                symptoms.stream().map(Symptom::detail).toArray(String[]::new))
                        .param("at", seen.at().atOffset(ZoneOffset.UTC))
                        .update();
    }

    void forget(Instant before) {
        var _ =
                jdbc.sql("delete from cluster_observation where observed_at < ?")
                        .param(before.atOffset(ZoneOffset.UTC))
                        .update();
    }

    private static ClusterObservation of(ResultSet row, int number) throws SQLException {
        var kinds = (String[]) row.getArray("kinds").getArray();
        var since = (Timestamp[]) row.getArray("since").getArray();
        var details = (String[]) row.getArray("details").getArray();
        return new ClusterObservation(
                new ClusterName(row.getString("cluster")),
                row.getString("server"),
                new ClusterHealth(
                        ClusterHealth.Status.valueOf(row.getString("status")),
                        IntStream.range(0, kinds.length)
                                .mapToObj(at ->
                                        new Symptom(
                                                Symptom.Kind.valueOf(kinds[at]),
                                                since[at].toInstant(),
                                                details[at]))
                                .toList()),
                row.getObject("observed_at", OffsetDateTime.class).toInstant());
    }
}
