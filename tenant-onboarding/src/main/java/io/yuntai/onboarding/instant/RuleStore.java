package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.unit.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of versions of the rules. What is in it stays as it is. */
@Repository
class RuleStore {

    private static final String SELECT =
            """
            select r.*, w.name as author_name, a.approver, p.name as approver_name, a.at as approved_at,
                   a.in_force_from, a.tried, a.passing,
                   coalesce((select json_agg(json_build_array(c.name, c.expression) order by c.position)
                             from instant_predicate c where c.rule = r.id), '[]') as predicates
            from instant_rule r
            join person w on w.id = r.author
            left join instant_rule_approval a on a.rule = r.id
            left join person p on p.id = a.approver
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    RuleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One after the other, so that each knows its number. */
    void lock() {
        Exclusive.INSTANT_RULES.hold(jdbc);
    }

    Optional<RuleVersion> find(RuleId id) {
        return jdbc.sql(SELECT + "where r.id = ?")
                .param(id.value())
                .query(RuleStore::version)
                .optional();
    }

    Optional<String> digest(RuleId id) {
        return jdbc.sql("select digest from instant_rule where id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    /** The latest first. */
    List<RuleVersion> latest(int limit) {
        return jdbc.sql(SELECT + "order by r.number desc limit ?")
                .param(limit)
                .query(RuleStore::version)
                .list();
    }

    Optional<RuleVersion> inForce(Instant moment) {
        return jdbc.sql(SELECT + "where a.in_force_from <= ? order by a.in_force_from desc limit 1")
                .param(moment.atOffset(ZoneOffset.UTC))
                .query(RuleStore::version)
                .optional();
    }

    /** What the sample is drawn with; never leaves the server. */
    byte[] salt(RuleId id) {
        return jdbc.sql("select audit_salt from instant_rule where id = ?")
                .param(id.value())
                .query((row, _) -> row.getBytes(1))
                .single();
    }

    boolean beginsAt(Instant moment) {
        return jdbc.sql("select count(*) from instant_rule_approval where in_force_from = ?")
                        .param(moment.atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single()
                > 0;
    }

    void insert(RuleId id, RuleProposal says, byte[] salt, Actor author, Instant at) {
        var _ =
                jdbc.sql(
                                """
                                insert into instant_rule (id, number, limit_vcpu, limit_memory_gib,
                                    limit_storage_gib, audit_percent, audit_salt, effective_from, basis,
                                    author, proposed_at, digest)
                                select :id, coalesce(max(number), 0) + 1, :vcpu, :memory, :storage,
                                    :percent, :salt, :from, :basis, :author, :at, :digest
                                from instant_rule
                                """)
                        .param("id", id.value())
                        .param("vcpu", says.limits().vcpu())
                        .param("memory", says.limits().memoryGib())
                        .param("storage", says.limits().storageGib())
                        .param("percent", says.auditPercent())
                        .param("salt", salt)
                        .param("from", says.effectiveFrom().atOffset(ZoneOffset.UTC))
                        .param("basis", says.basis())
                        .param("author", author.person().value())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("digest", says.digest())
                        .update();
        var _ =
                jdbc.sql(
                                """
                                insert into instant_predicate (rule, position, name, expression)
                                select :rule, ordinality - 1, name, expression
                                from unnest(:names::text[], :expressions::text[])
                                     with ordinality as p (name, expression, ordinality)
                                """)
                        .param("rule", id.value())
                        .param("names", Columns.of(says.predicates(), Predicate::name))
                        .param("expressions", Columns.of(says.predicates(), Predicate::expression))
                        .update();
    }

    void approve(RuleVersion version, Actor by, Instant at, Instant from, int tried, int passing) {
        var _ =
                jdbc.sql(
                                """
                                insert into instant_rule_approval (rule, author, approver, at,
                                    in_force_from, tried, passing)
                                values (?, ?, ?, ?, ?, ?, ?)
                                """)
                        .params(
                                version.id().value(),
                                version.author().id().value(),
                                by.person().value(),
                                at.atOffset(ZoneOffset.UTC),
                                from.atOffset(ZoneOffset.UTC),
                                tried,
                                passing)
                        .update();
    }

    private static RuleVersion version(ResultSet row, int number) throws SQLException {
        return new RuleVersion(
                new RuleId(row.getObject("id", UUID.class)),
                row.getInt("number"),
                new RuleProposal(
                        predicates(row.getString("predicates")),
                        new RuleLimits(
                                row.getInt("limit_vcpu"),
                                row.getInt("limit_memory_gib"),
                                row.getInt("limit_storage_gib")),
                        row.getInt("audit_percent"),
                        instant(row, "effective_from"),
                        row.getString("basis")),
                person(row, "author"),
                instant(row, "proposed_at"),
                approval(row));
    }

    private static List<Predicate> predicates(String json) {
        var predicates = new ArrayList<Predicate>();
        for (JsonNode one : JSON.readTree(json)) {
            predicates.add(new Predicate(one.get(0).asString(), one.get(1).asString()));
        }
        return predicates;
    }

    private static Optional<RuleVersion.Approval> approval(ResultSet row) throws SQLException {
        @Nullable UUID approver = row.getObject("approver", UUID.class);
        return approver == null
                ? Optional.empty()
                : Optional.of(
                        new RuleVersion.Approval(
                                person(row, "approver"),
                                instant(row, "approved_at"),
                                instant(row, "in_force_from"),
                                row.getInt("tried"),
                                row.getInt("passing")));
    }

    private static Application.Participant person(ResultSet row, String column)
            throws SQLException {
        return new Application.Participant(
                new PersonId(row.getObject(column, UUID.class)), row.getString(column + "_name"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
