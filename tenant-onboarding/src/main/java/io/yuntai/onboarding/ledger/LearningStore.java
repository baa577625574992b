package io.yuntai.onboarding.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whether the ledger still has to learn what the clusters hold. It does when the database goes on
 * from an earlier time than it had come to: was restored from a backup, or taken over by a replica
 * that lacked the last commits. PostgreSQL begins a new timeline then, or, from a dump, is another
 * server; so nothing has to be remembered by whoever restores it. A disk that was set back as it
 * stood keeps its timeline: then a cluster that is ahead of the ledger tells.
 *
 * <p>Every method joins the caller's transaction.
 */
@Repository
class LearningStore {

    private static final String HERE =
            """
            (select (select system_identifier from pg_control_system()) as server,
                    substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline) h
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    LearningStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Asked before anything grows, so in one statement.
     *
     * @param here whether the ledger is where it was seen last
     */
    private record Seen(boolean here, Optional<Instant> since) {}

    /** Since when it learns; empty: it knows. The first to ask after a restore begins it. */
    Optional<Instant> since() {
        var seen = look();
        if (!seen.here()) {
            if (isFirstHere()) {
                learn(clock.instant());
            }
            seen = look();
        }
        return seen.since();
    }

    private Seen look() {
        return jdbc.sql(
                        "select (o.server, o.timeline) = (h.server, h.timeline) as here,"
                                + " (select since from quota_learning) as since"
                                + " from quota_origin o cross join "
                                + HERE)
                .query((row, _) ->
                        new Seen(
                                row.getBoolean("here"),
                                Optional.ofNullable(row.getObject("since", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                .single();
    }

    private boolean isFirstHere() {
        return jdbc.sql(
                                "update quota_origin o set server = h.server, timeline = h.timeline from "
                                        + HERE
                                        + " where (o.server, o.timeline) <> (h.server, h.timeline)")
                        .update()
                > 0;
    }

    void learn(Instant since) {
        var _ =
                jdbc.sql("insert into quota_learning (since) values (?) on conflict do nothing")
                        .param(since.atOffset(ZoneOffset.UTC))
                        .update();
    }

    void unclaimed(String cluster, List<String> namespaces) {
        var _ =
                jdbc.sql("delete from quota_unclaimed where cluster = ? and namespace <> all (?)")
                        .params(cluster, namespaces.toArray(String[]::new))
                        .update();
        for (var namespace : namespaces) {
            var _ =
                    jdbc.sql("insert into quota_unclaimed values (?, ?) on conflict do nothing")
                            .params(cluster, namespace)
                            .update();
        }
    }

    List<String> unclaimed(String cluster) {
        return jdbc.sql(
                        "select namespace from quota_unclaimed where cluster = ? order by namespace")
                .param(cluster)
                .query((row, _) -> row.getString("namespace"))
                .list();
    }

    void learnt() {
        var _ = jdbc.sql("delete from quota_learning").update();
        var _ = jdbc.sql("delete from quota_unclaimed").update();
    }
}
