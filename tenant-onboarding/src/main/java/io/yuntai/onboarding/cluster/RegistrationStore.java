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
        if (isIdentified(cluster, uid)) {
            return true;
        }
        int rows =
                jdbc.sql(
                                """
                                update cluster set uid = :uid, stranger_uid = null, stranger_since = null
                                where name = :name and (uid is null or uid = :uid)
                                  and not exists (select from cluster where uid = :uid and name <> :name)
                                """)
                        .param("uid", uid.value())
                        .param("name", cluster.value())
                        .update();
        return rows == 1;
    }

    /** Asked every few seconds, and nearly always so: nothing is written for it. */
    private boolean isIdentified(ClusterName cluster, ClusterUid uid) {
        return jdbc.sql(
                        "select exists (select from cluster where name = ? and uid = ? and stranger_uid is null)")
                .params(cluster.value(), uid.value())
                .query(Boolean.class)
                .single();
    }

    /** Notes who answers in its place, and since when. */
    void meet(ClusterName cluster, ClusterUid stranger, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update cluster set stranger_uid = :uid, stranger_since = :at
                                where name = :name and uid is not null and stranger_uid is distinct from :uid
                                """)
                        .param("uid", stranger.value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("name", cluster.value())
                        .update();
    }

    /** Of every cluster in whose place another one answers, which. */
    Map<ClusterName, ClusterIdentities.Changed> strangers() {
        var strangers = new HashMap<ClusterName, ClusterIdentities.Changed>();
        jdbc.sql("select * from cluster where stranger_uid is not null")
                .query(row -> {
                    strangers.put(
                            new ClusterName(row.getString("name")),
                            new ClusterIdentities.Changed(
                                    new ClusterUid(row.getString("uid")),
                                    new ClusterUid(row.getString("stranger_uid")),
                                    row.getObject("stranger_since", OffsetDateTime.class)
                                            .toInstant()));
                });
        return strangers;
    }

    /** From now on it is the one that answers in its place. */
    void accept(ClusterName cluster) {
        var _ =
                jdbc.sql(
                                """
                                update cluster set uid = stranger_uid, stranger_uid = null, stranger_since = null
                                where name = ? and stranger_uid is not null
                                """)
                        .param(cluster.value())
                        .update();
    }

    /** Forgets the registration, the kubeconfig above all, and who it was. */
    void delete(ClusterName cluster) {
        for (String table :
                List.of(
                        "cluster_registration_pool",
                        "cluster_registration",
                        "cluster_capacity",
                        "cluster_observation",
                        "finding",
                        "namespace_refusal")) {
            var _ =
                    jdbc.sql("delete from " + table + " where cluster = ?")
                            .param(cluster.value())
                            .update();
        }
        var _ =
                jdbc.sql(
                                "update cluster set uid = null, stranger_uid = null, stranger_since = null where name = ?")
                        .param(cluster.value())
                        .update();
    }

    /** What keeps a cluster from being deregistered. */
    ClusterDeregistrations.Remaining remaining(ClusterName cluster) {
        return jdbc.sql(
                        """
                        select (select count(*) from host where cluster = :cluster and life <> 'DESTROYED') as hosts,
                               (select count(*) from lease l where l.cluster = :cluster and exists (
                                    select from lease_amount a where a.cluster = l.cluster
                                    and a.namespace = l.namespace and a.charged > 0)) as leases,
                               (select count(*) from living_lease
                                where cluster = :cluster) as namespaces
                        """)
                .param("cluster", cluster.value())
                .query((row, _) ->
                        new ClusterDeregistrations.Remaining(
                                row.getInt("hosts"),
                                row.getInt("leases"),
                                row.getInt("namespaces")))
                .single();
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
