package io.yuntai.onboarding.application;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How rows read as applications. */
final class ApplicationRows {

    static final String FROM =
            """
            from application a
            join system s on s.id = a.system
            join unit u on u.id = a.unit
            join application_step submit on submit.application = a.id and submit.version = 1
            join person submitter on submitter.id = submit.person
            left join application_step decision
                on decision.application = a.id and decision.command in ('APPROVE', 'REJECT')
            left join person decider on decider.id = decision.person
            left join application_step observed
                on observed.application = a.id and observed.command = 'OBSERVE'
            """;

    static final String SELECT =
            """
            select a.*, s.code as system_code, s.name as system_name, u.name as unit_name,
                   submit.person as submitter, submitter.name as submitter_name,
                   decision.person as decider, decider.name as decider_name,
                   decision.at as decided_at, observed.at as delivered_at,
                   (select json_agg(json_build_array(kind, count, vcpu, memory_gib, storage_gib,
                                                     storage_class, size, size_version,
                                                     image, image_version, gpu_model, gpus,
                                                     user_data, ssh_keys) order by position)
                    from application_item i where i.application = a.id) as items
            """
                    + FROM;

    private ApplicationRows() {}

    static Application application(ResultSet row, int number) throws SQLException {
        Instant submittedAt = instant(row, "submitted_at").orElseThrow();
        return new Application(
                new ApplicationId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                number(row, submittedAt),
                Workflow.State.valueOf(row.getString("state")),
                new Order(
                        new SystemId(row.getObject("system", UUID.class)),
                        PoolId.of(row.getString("pool")),
                        row.getString("purpose"),
                        row.getInt("term_months"),
                        ItemRows.read(row.getString("items"))),
                new SystemCode(row.getString("system_code")),
                row.getString("system_name"),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("unit_name"),
                participant(row, "submitter").orElseThrow(),
                submittedAt,
                Optional.ofNullable(row.getString("cluster")).map(ClusterName::new),
                participant(row, "decider"),
                instant(row, "decided_at"),
                instant(row, "delivered_at"));
    }

    static Application.Reference reference(ResultSet row) throws SQLException {
        return new Application.Reference(
                new ApplicationId(row.getObject("id", UUID.class)),
                number(row, instant(row, "submitted_at").orElseThrow()));
    }

    private static String number(ResultSet row, Instant submittedAt) throws SQLException {
        return String.format(
                Locale.ROOT,
                "A%tY-%06d",
                submittedAt.atZone(java.time.ZoneId.of("Asia/Shanghai")),
                row.getLong("number"));
    }

    static Application.Step step(ResultSet row, int number) throws SQLException {
        @Nullable String from = row.getString("from_state");
        @Nullable UUID person = row.getObject("person", UUID.class);
        return new Application.Step(
                instant(row, "at").orElseThrow(),
                person == null
                        ? Optional.empty()
                        : Optional.of(
                                new Application.Participant(
                                        new PersonId(person), row.getString("name"))),
                Workflow.Command.valueOf(row.getString("command")),
                Optional.ofNullable(from).map(Workflow.State::valueOf),
                Workflow.State.valueOf(row.getString("to_state")),
                row.getString("note"));
    }

    private static Optional<Application.Participant> participant(ResultSet row, String column)
            throws SQLException {
        @Nullable UUID person = row.getObject(column, UUID.class);
        return person == null
                ? Optional.empty()
                : Optional.of(
                        new Application.Participant(
                                new PersonId(person), row.getString(column + "_name")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
