package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NodeCapacity;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what clusters offer: as their nodes say, and as people say. */
@Repository
class CapacityStore {

    private static final String SELECT =
            "select d.*, p.name from cluster_declaration d join person p on p.id = d.person ";

    private final JdbcClient jdbc;

    CapacityStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a reading, unless a later one is there. */
    void keep(ClusterName cluster, NodeCapacity capacity, Instant at) {
        int rows =
                jdbc.sql(
                                """
                                insert into cluster_capacity as present (cluster, nodes, ready, open, read_at)
                                values (:cluster, :nodes, :ready, :open, :at)
                                on conflict (cluster) do update
                                set nodes = :nodes, ready = :ready, open = :open, read_at = :at
                                where present.read_at < :at
                                """)
                        .param("cluster", cluster.value())
                        .param("nodes", capacity.nodes())
                        .param("ready", capacity.ready())
                        .param("open", capacity.open())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
        if (rows == 0) {
            return;
        }
        var _ =
                jdbc.sql("delete from cluster_capacity_share where cluster = ?")
                        .param(cluster.value())
                        .update();
        for (var share : capacity.shares()) {
            share.allocatable()
                    .asMap()
                    .forEach((resource, amount) -> {
                        var _ =
                                jdbc.sql(
                                                """
                                                insert into cluster_capacity_share
                                                    (cluster, processor, resource, nodes, amount)
                                                values (?, ?, ?, ?, ?)
                                                """)
                                        .params(
                                                cluster.value(),
                                                share.processor()
                                                        .map(ProcessorFamily::code)
                                                        .orElse(""),
                                                resource.code(),
                                                share.nodes(),
                                                amount)
                                        .update();
                    });
        }
    }

    /** The latest reading of each cluster. */
    Map<ClusterName, ClusterCapacity> all() {
        var shares = new HashMap<String, Map<String, NodeCapacity.Share>>();
        jdbc.sql("select * from cluster_capacity_share")
                .query(row -> {
                    String processor = row.getString("processor");
                    var one =
                            new NodeCapacity.Share(
                                    family(processor),
                                    row.getInt("nodes"),
                                    Amounts.of(
                                            new Resource(row.getString("resource")),
                                            row.getLong("amount")));
                    shares.computeIfAbsent(row.getString("cluster"), _ -> new TreeMap<>())
                            .merge(
                                    processor,
                                    one,
                                    (all, more) ->
                                            new NodeCapacity.Share(
                                                    all.processor(),
                                                    all.nodes(),
                                                    all.allocatable().plus(more.allocatable())));
                });
        var all = new HashMap<ClusterName, ClusterCapacity>();
        jdbc.sql("select * from cluster_capacity")
                .query(row -> {
                    String name = row.getString("cluster");
                    all.put(
                            new ClusterName(name),
                            new ClusterCapacity(
                                    new NodeCapacity(
                                            row.getInt("nodes"),
                                            row.getInt("ready"),
                                            row.getInt("open"),
                                            List.copyOf(
                                                    shares.getOrDefault(name, Map.of()).values())),
                                    row.getObject("read_at", OffsetDateTime.class).toInstant()));
                });
        return all;
    }

    private static Optional<ProcessorFamily> family(String code) {
        return code.isEmpty()
                ? Optional.empty()
                : Optional.of(ProcessorFamily.valueOf(code.toUpperCase(Locale.ROOT)));
    }

    Optional<ClusterDeclaration> find(UUID id) {
        return jdbc.sql(SELECT + "where d.id = ?").param(id).query(this::declaration).optional();
    }

    /** What was said of each last. */
    List<ClusterDeclaration> latest() {
        return jdbc.sql(
                        SELECT
                                + """
                                where d.position = (select max(l.position) from cluster_declaration l
                                                    where l.cluster = d.cluster)
                                """)
                .query(this::declaration)
                .list();
    }

    void insert(ClusterDeclaration declaration) {
        var _ =
                jdbc.sql(
                                """
                                insert into cluster_declaration (id, cluster, reason, person, at)
                                values (?, ?, ?, ?, ?)
                                """)
                        .params(
                                declaration.id(),
                                declaration.cluster(),
                                declaration.reason(),
                                declaration.by().value(),
                                declaration.at().atOffset(ZoneOffset.UTC))
                        .update();
        declaration
                .amounts()
                .asMap()
                .forEach((resource, amount) -> {
                    var _ =
                            jdbc.sql("insert into cluster_declaration_amount values (?, ?, ?)")
                                    .params(declaration.id(), resource.code(), amount)
                                    .update();
                });
    }

    /** Whether there is such a cluster. */
    boolean exists(String cluster) {
        return jdbc.sql("select exists (select from cluster where name = ?)")
                .param(cluster)
                .query(Boolean.class)
                .single();
    }

    private ClusterDeclaration declaration(ResultSet row, int number) throws SQLException {
        return new ClusterDeclaration(
                row.getObject("id", UUID.class),
                row.getString("cluster"),
                amounts(row.getObject("id", UUID.class)),
                row.getString("reason"),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("name"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private Amounts amounts(UUID declaration) {
        return jdbc
                .sql(
                        "select resource, amount from cluster_declaration_amount where declaration = ?")
                .param(declaration)
                .query((row, _) ->
                        Amounts.of(new Resource(row.getString("resource")), row.getLong("amount")))
                .list()
                .stream()
                .reduce(Amounts.NONE, Amounts::plus);
    }
}
