package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.kubernetes.ObservedNamespace.Warning;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.namespace.ObservedNamespaces.Seen;
import io.yuntai.onboarding.system.SystemId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what clusters tell of namespaces. Every method joins the caller's transaction. */
@Repository
class ObservedNamespaceStore {

    private final JdbcClient jdbc;

    ObservedNamespaceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean hasLease(LeaseId id) {
        return jdbc.sql("select exists (select from lease where cluster = ? and namespace = ?)")
                .params(id.cluster(), id.namespace())
                .query(Boolean.class)
                .single();
    }

    /** Whether its phase or its conditions are others than before. */
    boolean phase(LeaseId id, ObservedNamespace observed, Instant at) {
        var conditions = observed.conditions().toArray(String[]::new);
        boolean isSame =
                jdbc.sql(
                                        """
                                        update namespace_observed set seen_at = greatest(seen_at, :at)
                                        where cluster = :cluster and namespace = :namespace
                                          and phase = :phase and conditions = cast(:conditions as text[])
                                        """)
                                .param("at", at.atOffset(ZoneOffset.UTC))
                                .param("cluster", id.cluster())
                                .param("namespace", id.namespace())
                                .param("phase", observed.phase().name())
                                .param("conditions", conditions)
                                .update()
                        == 1;
        if (isSame) {
            return false;
        }
        var _ =
                jdbc.sql(
                                """
                                insert into namespace_observed as before
                                    (cluster, namespace, phase, conditions, seen_at, since)
                                values (:cluster, :namespace, :phase, :conditions, :at, :at)
                                on conflict (cluster, namespace) do update set
                                    since = case when before.phase = excluded.phase then before.since
                                            else excluded.since end,
                                    phase = excluded.phase, conditions = excluded.conditions,
                                    seen_at = excluded.seen_at
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .param("phase", observed.phase().name())
                        .param("conditions", conditions)
                        .update();
        return true;
    }

    /** Whether any is new or was said again; those from before a time are forgotten. */
    boolean warnings(LeaseId id, List<Warning> warnings, Instant forget) {
        int changed = 0;
        for (var one : warnings) {
            if (one.last().isAfter(forget)) {
                changed += keep(id, one);
            }
        }
        int forgotten =
                jdbc.sql(
                                """
                                delete from namespace_warning w
                                where cluster = :cluster and namespace = :namespace
                                  and (last_at < :forget or (reason, object) not in (
                                      select reason, object from namespace_warning k
                                      where k.cluster = w.cluster and k.namespace = w.namespace
                                      order by last_at desc, object limit :most))
                                """)
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .param("forget", forget.atOffset(ZoneOffset.UTC))
                        .param("most", ObservedNamespace.MOST_WARNINGS)
                        .update();
        return changed + forgotten > 0;
    }

    private int keep(LeaseId id, Warning warning) {
        return jdbc.sql(
                        """
                        insert into namespace_warning as before
                            (cluster, namespace, reason, object, message, times, first_at, last_at)
                        values (:cluster, :namespace, :reason, :object, :message, :times, :first, :last)
                        on conflict (cluster, namespace, reason, object) do update set
                            message = excluded.message, times = greatest(before.times, excluded.times),
                            first_at = least(before.first_at, excluded.first_at), last_at = excluded.last_at
                        where (before.last_at, before.times) < (excluded.last_at, excluded.times)
                        """)
                .param("cluster", id.cluster())
                .param("namespace", id.namespace())
                .param("reason", warning.reason())
                .param("object", warning.object())
                .param("message", warning.message())
                .param("times", warning.times())
                .param("first", warning.first().atOffset(ZoneOffset.UTC))
                .param("last", warning.last().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Tells whoever looks at the system to look again. */
    void changed(LeaseId id, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into change_event (kind, subject, unit, at)
                                select 'NAMESPACE', l.system, o.unit, :at
                                from lease l join system_owner o
                                    on o.system = l.system and upper_inf(o.during)
                                where l.cluster = :cluster and l.namespace = :namespace
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("cluster", id.cluster())
                        .param("namespace", id.namespace())
                        .update();
    }

    List<LeaseId> ids(SystemId system) {
        return jdbc.sql("select cluster, namespace from lease where system = ?")
                .param(system.value())
                .query(ObservedNamespaceStore::id)
                .list();
    }

    List<LeaseId> notSeenSince(String cluster, Instant at) {
        return jdbc.sql(
                        """
                        select l.cluster, l.namespace from living_lease l
                        where l.cluster = :cluster and l.enforced_epoch > 0 and not exists (
                            select from namespace_observed o where o.cluster = l.cluster
                            and o.namespace = l.namespace and o.seen_at >= :at)
                        order by l.namespace
                        """)
                .param("cluster", cluster)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(ObservedNamespaceStore::id)
                .list();
    }

    Optional<Seen> seen(LeaseId id, Instant forget) {
        var warnings =
                jdbc.sql(
                                """
                                select * from namespace_warning
                                where cluster = ? and namespace = ? and last_at >= ?
                                order by last_at desc, object limit ?
                                """)
                        .params(
                                id.cluster(),
                                id.namespace(),
                                forget.atOffset(ZoneOffset.UTC),
                                ObservedNamespace.MOST_WARNINGS)
                        .query((row, _) ->
                                new Warning(
                                        row.getString("reason"),
                                        row.getString("object"),
                                        row.getString("message"),
                                        row.getInt("times"),
                                        instant(row, "first_at"),
                                        instant(row, "last_at")))
                        .list();
        return jdbc.sql("select * from namespace_observed where cluster = ? and namespace = ?")
                .params(id.cluster(), id.namespace())
                .query((row, _) ->
                        new Seen(
                                new ObservedNamespace(
                                        ObservedNamespace.Phase.valueOf(row.getString("phase")),
                                        List.of((String[]) row.getArray("conditions").getArray()),
                                        warnings),
                                instant(row, "since"),
                                instant(row, "seen_at")))
                .optional();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static LeaseId id(ResultSet row, int number) throws SQLException {
        return new LeaseId(row.getString("cluster"), row.getString("namespace"));
    }
}
