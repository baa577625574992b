package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How rows read as orders to reclaim. */
final class ReclaimRows {

    static final String FROM =
            """
            from reclaim r
            join unit u on u.id = r.unit
            join person proposer on proposer.id = r.proposed_by
            """;

    static final String SELECT =
            """
            select r.*, u.name as unit_name, proposer.name as proposer_name, sums.*,
                   (select json_agg(json_build_array(d.person, d.duty))
                    from reclaim_duty d where d.reclaim = r.id) as duties,
                   array(select h.destroyed_by from host h
                         where h.recycled_for_reclaim = r.id and h.destroyed_by is not null) as destroyers
            """
                    + FROM
                    + """
                    cross join lateral (
                        select count(*) as hosts,
                            count(*) filter (where p.outcome = 'DONE') as done,
                            count(*) filter (where p.outcome = 'FAILED') as failed,
                            count(*) filter (where p.outcome = 'SKIPPED') as skipped,
                            coalesce(sum(i.vcpu - i.planned_vcpu), 0) as freed_vcpu,
                            coalesce(sum(i.memory_bytes - i.planned_memory_bytes), 0) as freed_memory,
                            coalesce(sum(i.vcpu - p.actual_vcpu), 0) as actual_freed_vcpu,
                            coalesce(sum(i.memory_bytes - p.actual_memory_bytes), 0) as actual_freed_memory
                        from reclaim_item i join reclaim_progress p using (reclaim, position)
                        where i.reclaim = r.id) sums
                    """;

    static final String ITEMS =
            """
            select i.*, h.name as host_name, h.system, s.name as system_name,
                   p.answer, p.answer_note, p.outcome, p.reason, p.attempts, p.started_at, p.ended_at,
                   p.actual_vcpu, p.actual_memory_bytes
            from reclaim_item i
            join reclaim_progress p using (reclaim, position)
            join host h on h.id = i.host
            join system s on s.id = h.system
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private ReclaimRows() {}

    static Reclaim reclaim(ResultSet row, int number) throws SQLException {
        var proposedAt = instant(row, "proposed_at").orElseThrow();
        return new Reclaim(
                new ReclaimId(row.getObject("id", UUID.class)),
                row.getInt("version"),
                String.format(
                        Locale.ROOT, "R%tY-%06d", proposedAt.atZone(ZONE), row.getLong("number")),
                ReclaimWorkflow.State.valueOf(row.getString("state")),
                new UnitId(row.getObject("unit", UUID.class)),
                row.getString("unit_name"),
                row.getString("basis"),
                new Reclaim.Participant(
                        new PersonId(row.getObject("proposed_by", UUID.class)),
                        row.getString("proposer_name")),
                proposedAt,
                instant(row, "entered_at").orElseThrow(),
                instant(row, "noticed_at"),
                Optional.ofNullable(row.getObject("extended_until", LocalDate.class)),
                new Reclaim.Sums(
                        row.getInt("hosts"),
                        row.getInt("done"),
                        row.getInt("failed"),
                        row.getInt("skipped"),
                        new Reclaim.Size(row.getInt("freed_vcpu"), row.getLong("freed_memory")),
                        new Reclaim.Size(
                                row.getInt("actual_freed_vcpu"),
                                row.getLong("actual_freed_memory"))),
                duties(row.getString("duties")),
                destroyers(row));
    }

    private static Set<PersonId> destroyers(ResultSet row) throws SQLException {
        return Arrays.stream((UUID[]) row.getArray("destroyers").getArray())
                .map(PersonId::new)
                .collect(Collectors.toSet());
    }

    private static List<Reclaim.Holding> duties(@Nullable String json) {
        var duties = new ArrayList<Reclaim.Holding>();
        if (json != null) {
            for (JsonNode row : JSON.readTree(json)) {
                duties.add(
                        new Reclaim.Holding(
                                new PersonId(UUID.fromString(row.get(0).asString())),
                                ReclaimWorkflow.Duty.valueOf(row.get(1).asString())));
            }
        }
        return duties;
    }

    static ReclaimItem item(ResultSet row, int number) throws SQLException {
        @Nullable String size = row.getString("size");
        @Nullable String says = row.getString("answer");
        return new ReclaimItem(
                row.getInt("position"),
                row.getString("host_name"),
                new SystemId(row.getObject("system", UUID.class)),
                row.getString("system_name"),
                judgement(row),
                new Reclaim.Size(row.getInt("vcpu"), row.getLong("memory_bytes")),
                new Reclaim.Size(row.getInt("planned_vcpu"), row.getLong("planned_memory_bytes")),
                size == null
                        ? Optional.empty()
                        : Optional.of(new CatalogueRef(size, row.getInt("size_version"))),
                new ReclaimItem.Answer(
                        Optional.ofNullable(says).map(ReclaimItem.Says::valueOf),
                        row.getString("answer_note")),
                progress(row));
    }

    private static ReclaimItem.Progress progress(ResultSet row) throws SQLException {
        int vcpu = row.getInt("actual_vcpu");
        Optional<Reclaim.Size> actual =
                row.wasNull()
                        ? Optional.empty()
                        : Optional.of(new Reclaim.Size(vcpu, row.getLong("actual_memory_bytes")));
        return new ReclaimItem.Progress(
                ReclaimItem.Outcome.valueOf(row.getString("outcome")),
                Optional.ofNullable(row.getString("reason")),
                row.getInt("attempts"),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                actual);
    }

    private static Judgement judgement(ResultSet row) throws SQLException {
        return new Judgement(
                new HostId(row.getObject("host", UUID.class)),
                row.getObject("day", LocalDate.class),
                row.getInt("days"),
                Arrays.stream((String[]) row.getArray("verdicts").getArray())
                        .map(Judgement.Verdict::valueOf)
                        .toList(),
                row.getString("policy"),
                row.getInt("hours"),
                row.getInt("valid_hours"),
                row.getBigDecimal("coverage"),
                measure(row, "cpu"),
                measure(row, "memory"),
                Optional.ofNullable(row.getBigDecimal("disk_mean")),
                row.getBoolean("stopped"));
    }

    private static Optional<Judgement.Measure> measure(ResultSet row, String of)
            throws SQLException {
        @Nullable BigDecimal mean = row.getBigDecimal(of + "_mean");
        return mean == null
                ? Optional.empty()
                : Optional.of(
                        new Judgement.Measure(
                                mean,
                                row.getBigDecimal(of + "_p95"),
                                row.getBigDecimal(of + "_peak")));
    }

    static Reclaim.LeftOut leftOut(ResultSet row, int number) throws SQLException {
        return new Reclaim.LeftOut(
                new HostId(row.getObject("host", UUID.class)),
                row.getString("name"),
                Reason.valueOf(row.getString("reason")));
    }

    static Reclaim.Step step(ResultSet row, int number) throws SQLException {
        @Nullable UUID person = row.getObject("person", UUID.class);
        @Nullable String from = row.getString("from_state");
        return new Reclaim.Step(
                row.getInt("version"),
                instant(row, "at").orElseThrow(),
                person == null
                        ? Optional.empty()
                        : Optional.of(
                                new Reclaim.Participant(
                                        new PersonId(person), row.getString("person_name"))),
                ReclaimWorkflow.Command.valueOf(row.getString("command")),
                Optional.ofNullable(from).map(ReclaimWorkflow.State::valueOf),
                ReclaimWorkflow.State.valueOf(row.getString("to_state")),
                row.getString("note"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
