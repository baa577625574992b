package io.yuntai.onboarding.rules;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of versions of the rules. What is decided stays as it is. */
@Repository
class RulesStore {

    private final JdbcClient jdbc;

    RulesStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One decision after the other, so that each knows which days are taken. */
    void lock() {
        Exclusive.WORK_RULES.hold(jdbc);
    }

    /** The approved version that took effect last, on a day. */
    WorkRules inForce(LocalDate day) {
        return jdbc.sql(
                        """
                        select * from work_rules where state = 'APPROVED' and effective_from <= ?
                        order by effective_from desc limit 1
                        """)
                .param(day)
                .query((row, _) -> rules(row))
                .single();
    }

    List<RulesVersion> all() {
        return jdbc.sql("select * from work_rules order by effective_from desc, id")
                .query((row, _) -> version(row))
                .list();
    }

    Optional<RulesVersion> find(String id) {
        return jdbc.sql("select * from work_rules where id = ?")
                .param(id)
                .query((row, _) -> version(row))
                .optional();
    }

    /** Whether an approved one takes effect on a day. */
    boolean isTaken(LocalDate day) {
        return jdbc.sql(
                        """
                        select exists (
                            select from work_rules where effective_from = ? and state = 'APPROVED')
                        """)
                .param(day)
                .query(Boolean.class)
                .single();
    }

    /** Whether the id was free. */
    boolean add(String id, LocalDate from, String basis, WorkRules rules, Actor actor, Instant at) {
        var columns = columns(rules);
        columns.put("id", id);
        columns.put("effective_from", from);
        columns.put("basis", basis);
        columns.put("state", RulesVersion.State.PROPOSED.name());
        columns.put("proposed_by", actor.person().value());
        columns.put("proposed_by_name", actor.name());
        columns.put("proposed_at", at.atOffset(ZoneOffset.UTC));
        var names = columns.sequencedKeySet();
        return jdbc.sql(
                                """
                                insert into work_rules (%s) values (%s) on conflict (id) do nothing
                                """
                                        .formatted(
                                                String.join(", ", names),
                                                names.stream()
                                                        .map(name -> ":" + name)
                                                        .collect(Collectors.joining(", "))))
                        .params(columns)
                        .update()
                == 1;
    }

    void decide(String id, boolean approved, Actor actor, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                update work_rules set state = :state, approved_by = :name,
                                    decided_by = :by, decided_at = :at
                                where id = :id
                                """)
                        .param("id", id)
                        .param(
                                "state",
                                (approved
                                                ? RulesVersion.State.APPROVED
                                                : RulesVersion.State.REJECTED)
                                        .name())
                        .param("name", approved ? actor.name() : null)
                        .param("by", actor.person().value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update();
    }

    private static SequencedMap<String, Object> columns(WorkRules rules) {
        var columns = new LinkedHashMap<String, Object>();
        columns.put("deadline_remind_after", rules.deadlines().remindAfter());
        columns.put("deadline_escalate_after", rules.deadlines().escalateAfter());
        columns.put("deadline_warn_after", array(rules.deadlines().warnAfter()));
        columns.put("deadline_deem_after", rules.deadlines().deemAfter());
        columns.put("deadline_deliver_within", rules.deadlines().deliverWithin());
        columns.put("lock_days", rules.applications().lockDays());
        columns.put("experts_from_vcpu", rules.applications().expertsFromVcpu());
        columns.put("recycle_bin_days", rules.hosts().recycleBinDays());
        columns.put("trial_days", rules.hosts().trialDays());
        columns.put("term_notices", array(rules.hosts().termNotices()));
        columns.put("retire_days", rules.hosts().retireDays());
        columns.put("reclaim_remind_hours", rules.reclaims().remindHours());
        columns.put("reclaim_answer_within", rules.reclaims().answerWithin());
        columns.put("evidence_days", rules.reclaims().evidenceDays());
        columns.put("longest_delay", rules.reclaims().longestDelay());
        columns.put("p95_at_most", rules.reclaims().p95AtMost());
        columns.put("peak_at_most", rules.reclaims().peakAtMost());
        return columns;
    }

    private static WorkRules rules(ResultSet row) throws SQLException {
        return new WorkRules(
                new WorkRules.DeadlineRules(
                        row.getInt("deadline_remind_after"),
                        row.getInt("deadline_escalate_after"),
                        numbers(row, "deadline_warn_after"),
                        row.getInt("deadline_deem_after"),
                        row.getInt("deadline_deliver_within")),
                new WorkRules.ApplicationRules(
                        row.getInt("lock_days"), row.getInt("experts_from_vcpu")),
                new WorkRules.HostRules(
                        row.getInt("recycle_bin_days"),
                        row.getInt("trial_days"),
                        numbers(row, "term_notices"),
                        row.getInt("retire_days")),
                new WorkRules.ReclaimRules(
                        row.getInt("reclaim_remind_hours"),
                        row.getInt("reclaim_answer_within"),
                        row.getInt("evidence_days"),
                        row.getInt("longest_delay"),
                        row.getInt("p95_at_most"),
                        row.getInt("peak_at_most")));
    }

    private static Integer[] array(Collection<Integer> numbers) {
        return numbers.toArray(Integer[]::new);
    }

    private static List<Integer> numbers(ResultSet row, String column) throws SQLException {
        return Stream.of((Integer[]) row.getArray(column).getArray()).toList();
    }

    private static RulesVersion version(ResultSet row) throws SQLException {
        @Nullable UUID by = row.getObject("proposed_by", UUID.class);
        return new RulesVersion(
                row.getString("id"),
                row.getObject("effective_from", LocalDate.class),
                row.getString("basis"),
                RulesVersion.State.valueOf(row.getString("state")),
                by == null
                        ? Optional.empty()
                        : Optional.of(
                                new RulesVersion.Proposal(
                                        new PersonId(by),
                                        row.getString("proposed_by_name"),
                                        row.getObject("proposed_at", OffsetDateTime.class)
                                                .toInstant())),
                Optional.ofNullable(row.getString("approved_by")),
                rules(row));
    }
}
