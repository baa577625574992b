package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.cluster.KubeconfigSeal.Sealed;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of registered clusters, and of which cluster any is. */
@Repository
class RegistrationStore {

    private static final String SELECT =
            """
            select r.*, (select array_agg(p.pool order by p.pool) from cluster_registration_pool p
                         where p.cluster = r.cluster) as pools
            from cluster_registration r
            """;

    private final JdbcClient jdbc;

    RegistrationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of them, by name. */
    List<ClusterRegistration> all() {
        return jdbc.sql(SELECT + "order by r.cluster").query(RegistrationStore::of).list();
    }

    Optional<ClusterRegistration> find(ClusterName cluster) {
        return jdbc.sql(SELECT + "where r.cluster = ?")
                .param(cluster.value())
                .query(RegistrationStore::of)
                .optional();
    }

    Optional<Sealed> kubeconfig(ClusterName cluster) {
        return jdbc.sql("select key_id, kubeconfig from cluster_registration where cluster = ?")
                .param(cluster.value())
                .query((row, _) -> new Sealed(row.getString("key_id"), row.getBytes("kubeconfig")))
                .optional();
    }

    /** The clusters that are known to be one, by what they are called. */
    Map<ClusterName, ClusterUid> uids() {
        var uids = new HashMap<ClusterName, ClusterUid>();
        jdbc.sql("select name, uid from cluster where uid is not null")
                .query(row -> {
                    uids.put(
                            new ClusterName(row.getString("name")),
                            new ClusterUid(row.getString("uid")));
                });
        return uids;
    }

    /** Whether there is such a cluster, and whether it is only played. */
    Optional<Boolean> simulated(ClusterName cluster) {
        return jdbc.sql("select simulated from cluster where name = ? for update")
                .param(cluster.value())
                .query(Boolean.class)
                .optional();
    }

    void enter(ClusterName cluster, Instant now) {
        var _ =
                jdbc.sql(
                                """
                                insert into cluster (name, simulated, created_at, state, state_since)
                                values (:name, false, :now, 'ACTIVE', :now)
                                """)
                        .param("name", cluster.value())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update();
    }

    /** Notes which cluster it is, once; false: it is known as another, or another as this. */
    boolean identify(ClusterName cluster, ClusterUid uid) {
        int rows =
                jdbc.sql(
                                """
                                update cluster set uid = :uid
                                where name = :name and (uid is null or uid = :uid)
                                  and not exists (select from cluster where uid = :uid and name <> :name)
                                """)
                        .param("uid", uid.value())
                        .param("name", cluster.value())
                        .update();
        return rows == 1;
    }

    void insert(ClusterRegistration registration, Sealed kubeconfig, PersonId by) {
        var _ =
                jdbc.sql(
                                """
                                insert into cluster_registration (cluster, display_name, server, kubernetes,
                                    kubeconfig, key_id, version, registered_by, registered_at, changed_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                registration.cluster().value(),
                                registration.displayName(),
                                registration.server(),
                                registration.kubernetes(),
                                kubeconfig.bytes(),
                                kubeconfig.keyId(),
                                registration.version(),
                                by.value(),
                                registration.changedAt().atOffset(ZoneOffset.UTC),
                                registration.changedAt().atOffset(ZoneOffset.UTC))
                        .update();
        pools(registration);
    }

    /** Everything but the kubeconfig; false: somebody was faster. */
    boolean update(ClusterRegistration registration) {
        int rows =
                jdbc.sql(
                                """
                                update cluster_registration
                                set display_name = ?, server = ?, kubernetes = ?, version = ?, changed_at = ?
                                where cluster = ? and version = ?
                                """)
                        .params(
                                registration.displayName(),
                                registration.server(),
                                registration.kubernetes(),
                                registration.version(),
                                registration.changedAt().atOffset(ZoneOffset.UTC),
                                registration.cluster().value(),
                                registration.version() - 1)
                        .update();
        if (rows == 1) {
            var _ =
                    jdbc.sql("delete from cluster_registration_pool where cluster = ?")
                            .param(registration.cluster().value())
                            .update();
            pools(registration);
        }
        return rows == 1;
    }

    private void pools(ClusterRegistration registration) {
        for (var pool : registration.pools()) {
            var _ =
                    jdbc.sql("insert into cluster_registration_pool (cluster, pool) values (?, ?)")
                            .params(registration.cluster().value(), pool.toString())
                            .update();
        }
    }

    /** Keeps a kubeconfig in the place of one that was sealed as {@code before}; else nothing. */
    void reseal(ClusterName cluster, Sealed before, Sealed after) {
        var _ =
                jdbc.sql(
                                """
                                update cluster_registration set kubeconfig = ?, key_id = ?
                                where cluster = ? and kubeconfig = ?
                                """)
                        .params(after.bytes(), after.keyId(), cluster.value(), before.bytes())
                        .update();
    }

    /** Those of the pools that are not registered. */
    List<PoolId> unknown(Set<PoolId> pools) {
        var known =
                jdbc.sql("select id from pool").query(String.class).list().stream()
                        .collect(Collectors.toSet());
        return pools.stream().filter(pool -> !known.contains(pool.toString())).toList();
    }

    private static ClusterRegistration of(ResultSet row, int number) throws SQLException {
        return new ClusterRegistration(
                new ClusterName(row.getString("cluster")),
                row.getString("display_name"),
                Stream.of((String[]) row.getArray("pools").getArray())
                        .map(PoolId::of)
                        .collect(Collectors.toSet()),
                row.getString("server"),
                row.getString("kubernetes"),
                row.getLong("version"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
