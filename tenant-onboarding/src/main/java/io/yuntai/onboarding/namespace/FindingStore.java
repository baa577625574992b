package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of findings. Every method joins the caller's transaction. */
@Repository
class FindingStore {

    private static final String MATCHING =
            """
            from finding
            where (cast(:cluster as text) is null or cluster = cast(:cluster as text))
              and (cast(:kind as text) is null or kind = cast(:kind as text))
              and (namespace like :pattern or host like :pattern or disk like :pattern)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    FindingStore(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** One that has come back is somebody's, and people have to say what becomes of it. */
    Set<String> namespaces(String cluster) {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select namespace from living_lease
                                where cluster = ? and tenure <> 'FOUND'
                                """)
                        .param(cluster)
                        .query(String.class)
                        .list());
    }

    /**
     * A host as its labels should say it. One that was destroyed is known no more: what bears its
     * name after that has come back from somewhere.
     */
    record Known(String namespace, String name, String id) {}

    Set<Known> hosts(String cluster) {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select l.namespace, h.name, h.id
                                from host h join lease l
                                    on l.system = h.system and l.pool = h.pool
                                    and l.cluster = h.cluster
                                where h.cluster = ? and h.life <> 'DESTROYED'
                                """)
                        .param(cluster)
                        .query((row, _) ->
                                new Known(row.getString(1), row.getString(2), row.getString(3)))
                        .list());
    }

    /** What stays keeps since when it was found; one writer at a time, who is told by the lock. */
    void replace(String cluster, List<Finding> findings) {
        Exclusive.FINDINGS.hold(jdbc, cluster);
        var _ =
                jdbc.sql(
                                """
                                delete from finding f
                                where cluster = :cluster and not exists (
                                    select from unnest(:uids) as u (uid) where u.uid = f.uid)
                                """)
                        .param("cluster", cluster)
                        .param("uids", findings.stream().map(Finding::uid).toArray(String[]::new))
                        .update();
        batch.batchUpdate(
                """
                insert into finding (cluster, uid, kind, namespace, host, disk, hosts, vcpu,
                                     memory_bytes, since)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (cluster, uid) do update set
                    kind = excluded.kind, hosts = excluded.hosts, vcpu = excluded.vcpu,
                    memory_bytes = excluded.memory_bytes
                where (finding.kind, finding.hosts, finding.vcpu, finding.memory_bytes)
                    <> (excluded.kind, excluded.hosts, excluded.vcpu, excluded.memory_bytes)
                """,
                findings.stream()
                        .map(one ->
                                new Object[] {
                                    cluster,
                                    one.uid(),
                                    one.kind().name(),
                                    one.namespace().value(),
                                    one.host().orElse(""),
                                    one.disk().orElse(""),
                                    one.hosts(),
                                    one.vcpu(),
                                    one.memoryBytes(),
                                    one.since().atOffset(ZoneOffset.UTC)
                                })
                        .toList());
    }

    /** By cluster, namespace and host; up to limit + 1. */
    List<Finding> page(PageQuery query, FindingFilter filter) {
        return jdbc.sql(
                        "select * "
                                + MATCHING
                                + " order by cluster, namespace, host, disk, uid"
                                + query.slice())
                .params(matching(query.pattern(), filter))
                .query(FindingStore::finding)
                .list();
    }

    /** The next 1,000 namespaces and hosts after one, in the same order. */
    List<Finding> adoptable(String pattern, FindingFilter filter, Optional<Finding> after) {
        return jdbc.sql(
                        "select * "
                                + MATCHING
                                + """
                                  and disk = ''
                                  and (cluster, namespace, host, uid)
                                      > (:lastCluster, :lastNamespace, :lastHost, :lastUid)
                                order by cluster, namespace, host, uid limit 1000
                                """)
                .params(matching(pattern, filter))
                .param("lastCluster", after.map(Finding::cluster).orElse(""))
                .param("lastNamespace", after.map(one -> one.namespace().value()).orElse(""))
                .param("lastHost", after.flatMap(Finding::host).orElse(""))
                .param("lastUid", after.map(Finding::uid).orElse(""))
                .query(FindingStore::finding)
                .list();
    }

    long count(PageQuery query, FindingFilter filter) {
        return jdbc.sql("select count(*) " + MATCHING)
                .params(matching(query.pattern(), filter))
                .query(Long.class)
                .single();
    }

    long countAdoptable(String pattern, FindingFilter filter) {
        return jdbc.sql("select count(*) " + MATCHING + " and disk = ''")
                .params(matching(pattern, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(String pattern, FindingFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("pattern", pattern);
        params.put("cluster", filter.cluster().orElse(null));
        params.put("kind", filter.kind().map(Enum::name).orElse(null));
        return params;
    }

    private static Finding finding(ResultSet row, int number) throws SQLException {
        return new Finding(
                Finding.Kind.valueOf(row.getString("kind")),
                row.getString("cluster"),
                new NamespaceName(row.getString("namespace")),
                Optional.of(row.getString("host")).filter(host -> !host.isEmpty()),
                Optional.of(row.getString("disk")).filter(disk -> !disk.isEmpty()),
                row.getString("uid"),
                row.getInt("hosts"),
                row.getInt("vcpu"),
                row.getLong("memory_bytes"),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }
}
