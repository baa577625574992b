package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of drifts. Every method joins the caller's transaction. */
@Repository
class DriftStore {

    private static final String MATCHING =
            """
            from drift d
            join system s on s.id = d.system
            join system_owner o on o.system = s.id and upper_inf(o.during)
            where (cast(:scope as uuid) is null or o.unit = cast(:scope as uuid))
              and (cast(:cluster as text) is null or d.cluster = cast(:cluster as text))
              and (cast(:system as uuid) is null or d.system = cast(:system as uuid))
              and (cast(:kind as text) is null or d.kind = cast(:kind as text))
              and (cast(:action as text) is null or d.action = cast(:action as text))
              and (cast(:from as timestamptz) is null or d.at >= cast(:from as timestamptz))
              and (cast(:until as timestamptz) is null or d.at < cast(:until as timestamptz))
              and (s.name like :pattern or d.namespace like :pattern or d.name like :pattern)
            """;

    private final JdbcClient jdbc;

    DriftStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Of a namespace that has a lease; of any other nothing is written, and what another server has
     * seen and recorded already is not written again.
     */
    void insert(Drift drift) {
        var _ =
                jdbc.sql(
                                """
                                insert into drift (at, cluster, namespace, system, kind, name, field,
                                                   before, after, action, seen)
                                select :at, cluster, namespace, system, :kind, :name, :field,
                                       :before, :after, :action, nullif(:seen, '')
                                from lease where cluster = :cluster and namespace = :namespace
                                on conflict (cluster, namespace, kind, name, md5(field), action, seen)
                                    where seen is not null do nothing
                                """)
                        .params(content(drift))
                        .update();
    }

    private static Map<String, ?> content(Drift drift) {
        return Map.of(
                "at", drift.at().atOffset(ZoneOffset.UTC),
                "cluster", drift.where().cluster(),
                "namespace", drift.where().namespace(),
                "kind", drift.kind(),
                "name", drift.name(),
                "field", drift.field(),
                "before", drift.before(),
                "after", drift.after(),
                "action", drift.action().name(),
                "seen", drift.seen());
    }

    /** Of a namespace that has a lease; what was begun of the same before stays as it is. */
    void begin(DriftPart part, Drift drift) {
        var _ =
                jdbc.sql(
                                """
                                insert into drift_begun (at, cluster, namespace, part, kind, name, field,
                                                         before, after, action, seen)
                                select :at, cluster, namespace, :part, :kind, :name, :field,
                                       :before, :after, :action, nullif(:seen, '')
                                from lease where cluster = :cluster and namespace = :namespace
                                on conflict (cluster, namespace, part, kind, name, md5(field), md5(before))
                                    do nothing
                                """)
                        .param("part", part.name())
                        .params(content(drift))
                        .update();
    }

    /** What was begun of a part, the oldest first. */
    List<Drift> begun(DriftPart part) {
        return jdbc.sql(
                        """
                        select * from drift_begun
                        where cluster = :cluster and namespace = :namespace and part = :part
                        order by id
                        """)
                .param("cluster", part.where().cluster())
                .param("namespace", part.where().namespace())
                .param("part", part.name())
                .query((row, _) -> drift(row, row.getString("seen")))
                .list();
    }

    /** What was begun on a cluster, the oldest first. */
    List<DriftBegun> begun(String cluster) {
        return jdbc.sql("select * from drift_begun where cluster = ? order by id")
                .param(cluster)
                .query((row, _) -> {
                    var drift = drift(row, row.getString("seen"));
                    return new DriftBegun(
                            new DriftPart(drift.where(), row.getString("part")), drift);
                })
                .list();
    }

    /** Ends what was begun; whether that was not done by somebody else. */
    boolean take(DriftPart part, Drift begun) {
        return jdbc.sql(
                                """
                                delete from drift_begun
                                where cluster = :cluster and namespace = :namespace and part = :part
                                  and kind = :kind and name = :name and md5(field) = md5(:field)
                                  and md5(before) = md5(:before)
                                """)
                        .param("cluster", part.where().cluster())
                        .param("namespace", part.where().namespace())
                        .param("part", part.name())
                        .param("kind", begun.kind())
                        .param("name", begun.name())
                        .param("field", begun.field())
                        .param("before", begun.before())
                        .update()
                == 1;
    }

    /** Whether the last that was said of an object's field is the very same. */
    boolean isLast(Drift drift) {
        return jdbc.sql(
                        """
                        select before = :before and after = :after and action = :action
                        from drift
                        where cluster = :cluster and namespace = :namespace
                          and kind = :kind and name = :name and field = :field
                        order by id desc limit 1
                        """)
                .param("before", drift.before())
                .param("after", drift.after())
                .param("action", drift.action().name())
                .param("cluster", drift.where().cluster())
                .param("namespace", drift.where().namespace())
                .param("kind", drift.kind())
                .param("name", drift.name())
                .param("field", drift.field())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Up to limit + 1; of those that the order does not tell apart the latest first. */
    List<DriftEntry> page(PageQuery query, Sort sort, Optional<UnitId> scope, DriftFilter filter) {
        String direction = sort.descending() ? " desc" : "";
        String order =
                switch (sort.field()) {
                    case "system" -> "s.name" + direction + ", d.id desc";
                    case "object" -> "d.kind" + direction + ", d.name" + direction + ", d.id desc";
                    default -> "d.id" + direction; // numbered as they are found
                };
        return jdbc.sql(
                        "select d.*, s.name as system_name "
                                + MATCHING
                                + " order by "
                                + order
                                + query.slice())
                .params(matching(query, scope, filter))
                .query(DriftStore::entry)
                .list();
    }

    long count(PageQuery query, Optional<UnitId> scope, DriftFilter filter) {
        return jdbc.sql("select count(*) " + MATCHING)
                .params(matching(query, scope, filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> matching(
            PageQuery query, Optional<UnitId> scope, DriftFilter filter) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("pattern", query.pattern());
        params.put("scope", scope.map(UnitId::value).orElse(null));
        params.put("cluster", filter.cluster().orElse(null));
        params.put("system", filter.system().map(SystemId::value).orElse(null));
        params.put("kind", filter.kind().orElse(null));
        params.put("action", filter.action().map(Enum::name).orElse(null));
        params.put("from", filter.from().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
        params.put("until", filter.until().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
        return params;
    }

    private static DriftEntry entry(ResultSet row, int number) throws SQLException {
        return new DriftEntry(
                row.getLong("id"),
                new SystemId(row.getObject("system", UUID.class)),
                row.getString("system_name"),
                drift(row, ""));
    }

    private static Drift drift(ResultSet row, @Nullable String seen) throws SQLException {
        return new Drift(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new LeaseId(row.getString("cluster"), row.getString("namespace")),
                row.getString("kind"),
                row.getString("name"),
                row.getString("field"),
                row.getString("before"),
                row.getString("after"),
                Drift.Action.valueOf(row.getString("action")),
                Objects.requireNonNullElse(seen, ""));
    }
}
