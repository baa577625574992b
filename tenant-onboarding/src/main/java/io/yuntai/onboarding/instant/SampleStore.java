package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of audits of what has passed. What is in it stays as it is. */
@Repository
class SampleStore {

    private static final String FROM =
            """
            from instant_check c
            join instant_rule r on r.id = c.rule
            join unit u on u.id = c.unit
            join system s on s.id = c.system
            left join instant_audit x on x.application = c.application and x.revision = c.revision
            left join person auditor on auditor.id = x.auditor
            left join instant_lift l on l.application = c.application and l.revision = c.revision
            left join person lifter on lifter.id = l.person
            where c.sampled
              and (not :open or x.at is null)
              and (u.name like :pattern or s.name like :pattern)
            """;

    private final JdbcClient jdbc;

    SampleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to limit + 1 of the sample, the latest first. */
    List<Sampled> page(PageQuery query, boolean open) {
        return jdbc.sql(
                        """
                        select c.application, c.revision, c.at as passed_at, c.rule, c.vcpu, c.memory_gib,
                               c.storage_gib, r.number as rule_number, r.basis as rule_basis,
                               u.id as unit, u.name as unit_name,
                               s.name as system_name, x.auditor, auditor.name as auditor_name, x.at,
                               x.passed, x.reason, l.person as lifter, lifter.name as lifter_name,
                               l.at as lifted_at, l.reason as lift_reason
                        """
                                + FROM
                                + "order by c.at desc, c.application"
                                + query.slice())
                .param("open", open)
                .param("pattern", query.pattern())
                .query(SampleStore::sampled)
                .list();
    }

    long count(PageQuery query, boolean open) {
        return jdbc.sql("select count(*) " + FROM)
                .param("open", open)
                .param("pattern", query.pattern())
                .query(Long.class)
                .single();
    }

    /** The pass of an application that was drawn for an audit, locked against a second one. */
    Optional<Integer> lockSampled(ApplicationId application) {
        Exclusive.INSTANT_AUDIT.hold(jdbc, application);
        return jdbc.sql("select revision from instant_check where application = ? and sampled")
                .param(application.value())
                .query(Integer.class)
                .optional();
    }

    Optional<Check.Audit> audit(ApplicationId application) {
        return jdbc.sql(
                        """
                        select x.auditor, auditor.name as auditor_name, x.at, x.passed, x.reason,
                               l.person as lifter, lifter.name as lifter_name, l.at as lifted_at,
                               l.reason as lift_reason
                        from instant_audit x
                        join person auditor on auditor.id = x.auditor
                        left join instant_lift l on l.application = x.application and l.revision = x.revision
                        left join person lifter on lifter.id = l.person
                        where x.application = ?
                        """)
                .param(application.value())
                .query((row, _) -> audit(row).orElseThrow())
                .optional();
    }

    void insert(
            ApplicationId application,
            int revision,
            Actor by,
            Instant at,
            boolean passed,
            String reason) {
        var _ =
                jdbc.sql(
                                """
                                insert into instant_audit (application, revision, auditor, at, passed, reason)
                                values (?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                application.value(),
                                revision,
                                by.person().value(),
                                at.atOffset(ZoneOffset.UTC),
                                passed,
                                reason)
                        .update();
    }

    void lift(
            ApplicationId application,
            int revision,
            PersonId auditor,
            Actor by,
            Instant at,
            String reason) {
        var _ =
                jdbc.sql(
                                """
                                insert into instant_lift (application, revision, auditor, person, at, reason)
                                values (?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                application.value(),
                                revision,
                                auditor.value(),
                                by.person().value(),
                                at.atOffset(ZoneOffset.UTC),
                                reason)
                        .update();
    }

    boolean isSuspended(UnitId unit) {
        return jdbc.sql(
                                """
                                select count(*) from instant_audit x
                                join instant_check c on c.application = x.application
                                                    and c.revision = x.revision
                                where c.unit = ? and not x.passed and not exists (
                                    select from instant_lift l
                                    where l.application = x.application and l.revision = x.revision)
                                """)
                        .param(unit.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Sampled sampled(ResultSet row, int number) throws SQLException {
        return new Sampled(
                new ApplicationId(row.getObject("application", UUID.class)),
                row.getInt("revision"),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("unit_name"),
                row.getString("system_name"),
                instant(row, "passed_at"),
                new Check.Rule(
                        new RuleId(row.getObject("rule", UUID.class)),
                        row.getInt("rule_number"),
                        row.getString("rule_basis")),
                new Check.Size(
                        row.getLong("vcpu"), row.getLong("memory_gib"), row.getLong("storage_gib")),
                audit(row));
    }

    private static Optional<Check.Audit> audit(ResultSet row) throws SQLException {
        @Nullable UUID auditor = row.getObject("auditor", UUID.class);
        return auditor == null
                ? Optional.empty()
                : Optional.of(
                        new Check.Audit(
                                new Application.Participant(
                                        new PersonId(auditor), row.getString("auditor_name")),
                                instant(row, "at"),
                                row.getBoolean("passed"),
                                row.getString("reason"),
                                lift(row)));
    }

    private static Optional<Check.Lift> lift(ResultSet row) throws SQLException {
        @Nullable UUID lifter = row.getObject("lifter", UUID.class);
        return lifter == null
                ? Optional.empty()
                : Optional.of(
                        new Check.Lift(
                                new Application.Participant(
                                        new PersonId(lifter), row.getString("lifter_name")),
                                instant(row, "lifted_at"),
                                row.getString("lift_reason")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
