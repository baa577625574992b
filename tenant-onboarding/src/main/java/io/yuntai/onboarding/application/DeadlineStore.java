package io.yuntai.onboarding.application;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of deadlines: what stands still, and what was done about it. */
@Repository
class DeadlineStore {

    private final JdbcClient jdbc;

    DeadlineStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was done about an application.
     *
     * @param version by which it came to where it is, or by which those were named who were told
     */
    record Noted(ApplicationId application, int version, Deadline deadline) {}

    /**
     * Applications that people have to act on and that stand where they are since before a moment,
     * by id.
     *
     * @param after only those behind this one
     */
    List<Application> standing(Instant before, Optional<ApplicationId> after, int limit) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where a.state in ('DEPT_REVIEW', 'TECH_REVIEW', 'EXPERT_REVIEW',
                                                  'BUREAU_APPROVAL', 'PARTIAL', 'DELIVERED')
                                  and a.entered_at < :before
                                  and (cast(:after as uuid) is null or a.id > cast(:after as uuid))
                                order by a.id limit :limit
                                """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("after", after.map(ApplicationId::value).orElse(null))
                .param("limit", limit)
                .query(ApplicationRows::application)
                .list();
    }

    /**
     * Applications in review that were handed in before a moment and hold no quota whose lock could
     * run out, the oldest first.
     */
    List<Application> holdingNothing(Instant before, int limit) {
        return jdbc.sql(
                        ApplicationRows.SELECT
                                + """
                                where a.state in ('DEPT_REVIEW', 'TECH_REVIEW', 'EXPERT_REVIEW',
                                                  'BUREAU_APPROVAL')
                                  and a.submitted_at <= :before
                                  and (select max(t.at) from application_step t
                                       where t.application = a.id and t.command = 'SUBMIT') <= :before
                                  and not exists (
                                      select from quota_locked k where k.transfer = a.lock)
                                order by a.submitted_at, a.id limit :limit
                                """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(ApplicationRows::application)
                .list();
    }

    Set<Noted> noted(Collection<ApplicationId> applications) {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select application, version, step, days from application_deadline
                                where application = any(?)
                                """)
                        .param(applications.stream().map(ApplicationId::value).toArray(UUID[]::new))
                        .query((row, _) ->
                                new Noted(
                                        new ApplicationId(row.getObject("application", UUID.class)),
                                        row.getInt("version"),
                                        new Deadline(
                                                Deadline.Step.valueOf(row.getString("step")),
                                                row.getInt("days"))))
                        .list());
    }

    /** Notes it; false: somebody else was faster. */
    boolean note(Noted noted, Instant at) {
        return jdbc.sql(
                                """
                                insert into application_deadline (application, version, step, days, at)
                                values (:application, :version, :step, :days, :at)
                                on conflict do nothing
                                """)
                        .param("application", noted.application().value())
                        .param("version", noted.version())
                        .param("step", noted.deadline().step().name())
                        .param("days", noted.deadline().days())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
