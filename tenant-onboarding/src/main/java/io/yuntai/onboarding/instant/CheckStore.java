package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Columns;
import io.yuntai.onboarding.Exclusive;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
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

/** The SQL of what was decided by rule. What is in it stays as it is. */
@Repository
class CheckStore {

    static final String SELECT =
            """
            select c.*, r.number as rule_number, r.basis as rule_basis,
                   coalesce((select json_agg(json_build_array(f.name, f.expression, f.value, f.why)
                                             order by f.position)
                             from instant_finding f
                             where f.application = c.application and f.revision = c.revision), '[]')
                       as findings
            from instant_check c
            left join instant_rule r on r.id = c.rule
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    CheckStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whoever else would grant this system something by rule waits for this transaction's end. */
    void holdSystem(SystemId system) {
        Exclusive.INSTANT_GRANTS.hold(jdbc, system);
    }

    /** What was granted to a system by rule after a moment. */
    Check.Size grantedAfter(SystemId system, Instant moment) {
        return jdbc.sql(
                        """
                        select coalesce(sum(vcpu), 0), coalesce(sum(memory_gib), 0),
                               coalesce(sum(storage_gib), 0)
                        from instant_check where system = ? and passed and at > ?
                        """)
                .params(system.value(), moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Check.Size(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    void insert(Check check) {
        var _ =
                jdbc.sql(
                                """
                                insert into instant_check (application, revision, at, rule, passed, sampled,
                                    unit, system, vcpu, memory_gib, storage_gib, facts)
                                values (:application, :revision, :at, :rule, :passed, :sampled, :unit,
                                    :system, :vcpu, :memory, :storage, cast(:facts as jsonb))
                                """)
                        .param("application", check.application().value())
                        .param("revision", check.revision())
                        .param("at", check.at().atOffset(ZoneOffset.UTC))
                        .param("rule", check.rule().map(rule -> rule.id().value()).orElse(null))
                        .param("passed", check.passed())
                        .param("sampled", check.sampled())
                        .param("unit", check.unit().value())
                        .param("system", check.system().value())
                        .param("vcpu", check.size().vcpu())
                        .param("memory", check.size().memoryGib())
                        .param("storage", check.size().storageGib())
                        .param("facts", FactsJson.write(check.facts()))
                        .update();
        var findings = check.findings();
        var _ =
                jdbc.sql(
                                """
                                insert into instant_finding (application, revision, position, name,
                                    expression, value, why)
                                select :application, :revision, ordinality - 1, name, expression, value, why
                                from unnest(:names::text[], :expressions::text[], :values::text[],
                                            :whys::text[])
                                     with ordinality as f (name, expression, value, why, ordinality)
                                """)
                        .param("application", check.application().value())
                        .param("revision", check.revision())
                        .param("names", Columns.of(findings, Finding::name))
                        .param("expressions", Columns.of(findings, Finding::expression))
                        .param("values", Columns.of(findings, Finding::value))
                        .param("whys", Columns.of(findings, Finding::why))
                        .update();
    }

    /** Of each revision that came so far, the first first. */
    List<Check> of(ApplicationId application) {
        return jdbc.sql(SELECT + "where c.application = ? order by c.revision")
                .param(application.value())
                .query(CheckStore::check)
                .list();
    }

    /** The latest first. */
    List<Check> since(Instant moment, int limit) {
        return jdbc.sql(SELECT + "where c.at >= ? order by c.at desc, c.application limit ?")
                .params(moment.atOffset(ZoneOffset.UTC), limit)
                .query(CheckStore::check)
                .list();
    }

    static Check check(ResultSet row, int number) throws SQLException {
        @Nullable UUID rule = row.getObject("rule", UUID.class);
        return new Check(
                new ApplicationId(row.getObject("application", UUID.class)),
                row.getInt("revision"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                rule == null
                        ? Optional.empty()
                        : Optional.of(
                                new Check.Rule(
                                        new RuleId(rule),
                                        row.getInt("rule_number"),
                                        row.getString("rule_basis"))),
                row.getBoolean("passed"),
                row.getBoolean("sampled"),
                new UnitId(row.getObject("unit", UUID.class)),
                new SystemId(row.getObject("system", UUID.class)),
                new Check.Size(
                        row.getLong("vcpu"), row.getLong("memory_gib"), row.getLong("storage_gib")),
                FactsJson.read(row.getString("facts")),
                findings(row.getString("findings")));
    }

    private static List<Finding> findings(String json) {
        var findings = new ArrayList<Finding>();
        for (JsonNode one : JSON.readTree(json)) {
            findings.add(
                    new Finding(
                            one.get(0).asString(),
                            one.get(1).asString(),
                            Finding.Value.valueOf(one.get(2).asString()),
                            one.get(3).asString()));
        }
        return findings;
    }
}
