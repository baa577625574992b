package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what is on a cluster. */
@Repository
class OccupantStore {

    private static final String FROM =
            """
            from living_lease l
            join system s on s.id = l.system
            left join system_owner o on o.system = s.id and upper_inf(o.during)
            left join unit u on u.id = o.unit
            where l.cluster = :cluster
              and (s.name ilike :q or s.code ilike :q)
            """;

    private final JdbcClient jdbc;

    OccupantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<ClusterOccupant> list(ClusterName cluster, PageQuery query) {
        long total =
                jdbc.sql("select count(*) " + FROM)
                        .param("cluster", cluster.value())
                        .param("q", query.pattern())
                        .query(Long.class)
                        .single();
        var bare =
                jdbc.sql(
                                """
                                select l.namespace, l.pool, s.id, s.code, s.name, coalesce(u.name, '') as unit_name,
                                       (select count(*) from host h where h.system = l.system
                                        and h.pool = l.pool and h.cluster = l.cluster and h.state <> 'GONE') as hosts
                                """
                                        + FROM
                                        + "order by hosts desc, l.namespace"
                                        + query.slice())
                        .param("cluster", cluster.value())
                        .param("q", query.pattern())
                        .query((row, _) ->
                                new ClusterOccupant(
                                        new SystemId(row.getObject("id", UUID.class)),
                                        row.getString("code"),
                                        row.getString("name"),
                                        row.getString("unit_name"),
                                        PoolId.of(row.getString("pool")),
                                        new NamespaceName(row.getString("namespace")),
                                        Amounts.NONE,
                                        Amounts.NONE,
                                        row.getInt("hosts")))
                        .list();
        return Page.ofOffset(withAmounts(cluster, bare), query, total);
    }

    private List<ClusterOccupant> withAmounts(ClusterName cluster, List<ClusterOccupant> bare) {
        Map<String, Amounts> charged = new HashMap<>();
        Map<String, Amounts> used = new HashMap<>();
        var names = bare.stream().map(one -> one.namespace().value()).toArray(String[]::new);
        jdbc.sql(
                        """
                        select namespace, resource, charged, used from lease_amount
                        where cluster = :cluster and namespace = any(:namespaces)
                        """)
                .param("cluster", cluster.value())
                .param("namespaces", names)
                .query(row -> {
                    String namespace = row.getString("namespace");
                    var resource = new Resource(row.getString("resource"));
                    charged.merge(
                            namespace, Amounts.of(resource, row.getLong("charged")), Amounts::plus);
                    used.merge(namespace, Amounts.of(resource, row.getLong("used")), Amounts::plus);
                });
        return bare.stream()
                .map(one ->
                        new ClusterOccupant(
                                one.system(),
                                one.code(),
                                one.name(),
                                one.unitName(),
                                one.pool(),
                                one.namespace(),
                                charged.getOrDefault(one.namespace().value(), Amounts.NONE),
                                used.getOrDefault(one.namespace().value(), Amounts.NONE),
                                one.hosts()))
                .toList();
    }

    /** Those that have neither a host nor, as far as anybody has seen, anything in use. */
    List<NamespaceName> empty(ClusterName cluster) {
        return jdbc.sql(
                        """
                        select l.namespace from living_lease l where l.cluster = ?
                          and not exists (select from host h where h.system = l.system and h.pool = l.pool
                                          and h.cluster = l.cluster and h.life <> 'DESTROYED')
                          and not exists (select from lease_amount a where a.cluster = l.cluster
                                          and a.namespace = l.namespace and a.used > 0)
                        order by l.namespace
                        """)
                .param(cluster.value())
                .query((row, _) -> new NamespaceName(row.getString("namespace")))
                .list();
    }

    ClusterOccupants.Progress progress(ClusterName cluster) {
        return jdbc.sql(
                        """
                        select count(*) as namespaces,
                               count(*) filter (where hosts = 0 and not used) as empty,
                               coalesce(sum(hosts), 0) as hosts
                        from (select (select count(*) from host h where h.system = l.system
                                      and h.pool = l.pool and h.cluster = l.cluster and h.state <> 'GONE') as hosts,
                                     exists (select from lease_amount a where a.cluster = l.cluster
                                             and a.namespace = l.namespace and a.used > 0) as used
                              from living_lease l where l.cluster = ?) occupants
                        """)
                .param(cluster.value())
                .query((row, _) ->
                        new ClusterOccupants.Progress(
                                row.getInt("namespaces"), row.getInt("empty"), row.getInt("hosts")))
                .single();
    }
}
