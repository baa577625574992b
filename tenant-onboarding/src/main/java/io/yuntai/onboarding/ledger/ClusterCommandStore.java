package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what people said of clusters, and of what the leases there come to. */
@Repository
class ClusterCommandStore {

    private static final String SELECT =
            "select c.*, p.name from cluster_command c join person p on p.id = c.person ";

    private final JdbcClient jdbc;

    ClusterCommandStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ClusterCommand> find(UUID id) {
        return jdbc.sql(SELECT + "where c.id = ?")
                .param(id)
                .query(ClusterCommandStore::command)
                .optional();
    }

    /** Who has said last whether it is lost. */
    Optional<PersonId> fencer(String cluster) {
        return jdbc.sql(
                        """
                        select person from cluster_command
                        where cluster = ? and command in ('FENCE', 'WRITE_OFF', 'READMIT')
                        order by position desc limit 1
                        """)
                .param(cluster)
                .query(UUID.class)
                .optional()
                .map(PersonId::new);
    }

    Optional<ClusterCommand> last(String cluster) {
        return jdbc.sql(SELECT + "where c.cluster = ? order by c.position desc limit 1")
                .param(cluster)
                .query(ClusterCommandStore::command)
                .optional();
    }

    /**
     * @param fencedBy who fenced the cluster, where it is written off
     */
    void insert(ClusterCommand command, Optional<PersonId> fencedBy) {
        @Nullable Object fencer = fencedBy.map(PersonId::value).orElse(null);
        var _ =
                jdbc.sql(
                                """
                                insert into cluster_command
                                    (id, cluster, command, reason, person, fenced_by, at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                Arrays.asList(
                                        command.id(),
                                        command.cluster(),
                                        command.kind().name(),
                                        command.reason(),
                                        command.by().value(),
                                        fencer,
                                        command.at().atOffset(ZoneOffset.UTC)))
                        .update();
    }

    /** Whether any lease there is charged anything. */
    boolean isCharged(String cluster) {
        return jdbc.sql(
                        "select exists (select from lease_amount where cluster = ? and charged > 0)")
                .param(cluster)
                .query(Boolean.class)
                .single();
    }

    /** Every cluster that was ever entered, by name. */
    List<ClusterCover> covers() {
        var amounts = new HashMap<String, Map<String, Amounts>>();
        jdbc.sql(
                        """
                        select cluster, resource, sum(charged)::bigint as committed,
                               sum(used)::bigint as used,
                               sum(greatest(used - granted, 0))::bigint as debt
                        from lease_amount group by cluster, resource
                        """)
                .query(row -> {
                    var of =
                            amounts.computeIfAbsent(row.getString("cluster"), _ -> new HashMap<>());
                    var resource = new Resource(row.getString("resource"));
                    for (var column : List.of("committed", "used", "debt")) {
                        var one = Amounts.of(resource, row.getLong(column));
                        of.merge(column, one, Amounts::plus);
                    }
                });
        return jdbc.sql(
                        """
                        select name, simulated, state, state_since, scheduling, scheduling_since,
                               (select count(*) from living_lease l
                                where l.cluster = cluster.name) as leases
                        from cluster order by name
                        """)
                .query((row, _) -> {
                    String name = row.getString("name");
                    var of = amounts.getOrDefault(name, Map.of());
                    return new ClusterCover(
                            name,
                            row.getBoolean("simulated"),
                            ClusterState.valueOf(row.getString("state")),
                            row.getObject("state_since", OffsetDateTime.class).toInstant(),
                            Scheduling.valueOf(row.getString("scheduling")),
                            Optional.ofNullable(
                                            row.getObject("scheduling_since", OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant),
                            row.getInt("leases"),
                            of.getOrDefault("committed", Amounts.NONE),
                            of.getOrDefault("used", Amounts.NONE),
                            of.getOrDefault("debt", Amounts.NONE),
                            last(name));
                })
                .list();
    }

    private static ClusterCommand command(ResultSet row, int number) throws SQLException {
        return new ClusterCommand(
                row.getObject("id", UUID.class),
                row.getString("cluster"),
                ClusterCommand.Kind.valueOf(row.getString("command")),
                row.getString("reason"),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
