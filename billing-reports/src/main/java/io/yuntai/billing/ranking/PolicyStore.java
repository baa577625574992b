package io.yuntai.billing.ranking;

import io.yuntai.billing.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns ranking_policy. */
@Repository
class PolicyStore {

    private final JdbcClient sql;

    PolicyStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** The version that a month is ranked under: the last one in effect on its first day. */
    RankingPolicy inForce(YearMonth month) {
        return sql.sql(
                        """
                        select * from ranking_policy where state = 'APPROVED' and effective_from <= :day
                        order by effective_from desc limit 1
                        """)
                .param("day", month.atDay(1))
                .query((row, _) -> policy(row))
                .single();
    }

    RankingPolicy get(String id) {
        return sql.sql("select * from ranking_policy where id = :id")
                .param("id", id)
                .query((row, _) -> policy(row))
                .single();
    }

    /** The one that takes effect last first. */
    List<PolicyVersion> all() {
        return sql.sql("select * from ranking_policy order by effective_from desc, id")
                .query((row, _) -> version(row))
                .list();
    }

    Optional<PolicyVersion> find(String id) {
        return sql.sql("select * from ranking_policy where id = :id")
                .param("id", id)
                .query((row, _) -> version(row))
                .optional();
    }

    /** Whether an approved one takes effect on a day. */
    boolean isTaken(LocalDate day) {
        return sql.sql(
                        """
                        select exists (select from ranking_policy
                            where effective_from = :day and state = 'APPROVED')
                        """)
                .param("day", day)
                .query(Boolean.class)
                .single();
    }

    /** Whether the id was free. */
    boolean add(RankingPolicy policy, Person by, Instant at) {
        return sql.sql(
                                """
                                insert into ranking_policy (id, effective_from, basis,
                                    cpu_low, cpu_high, memory_low, memory_high, disk_low, disk_high,
                                    cpu_weight, memory_weight, disk_weight, idle_weight, excess_slope, excess_floor,
                                    grade_a, grade_b, grade_c, valid_samples, coverage, confirmed_days, least_hosts, least_vcpu,
                                    idle_cpu, idle_cpu_p95, idle_cpu_peak, idle_memory,
                                    state, proposed_by, proposed_by_name, proposed_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                    'PROPOSED', ?, ?, ?)
                                on conflict (id) do nothing
                                """)
                        .params(
                                policy.id(),
                                policy.effectiveFrom(),
                                policy.basis(),
                                policy.cpu().low(),
                                policy.cpu().high(),
                                policy.memory().low(),
                                policy.memory().high(),
                                policy.disk().low(),
                                policy.disk().high(),
                                policy.weights().cpu(),
                                policy.weights().memory(),
                                policy.weights().disk(),
                                policy.weights().idle(),
                                policy.excess().slope(),
                                policy.excess().floor(),
                                policy.grades().a(),
                                policy.grades().b(),
                                policy.grades().c(),
                                policy.evidence().validSamples(),
                                policy.evidence().coverage(),
                                policy.evidence().confirmedDays(),
                                policy.evidence().leastHosts(),
                                policy.evidence().leastVcpu(),
                                policy.idle().cpu(),
                                policy.idle().cpuP95(),
                                policy.idle().cpuPeak(),
                                policy.idle().memory(),
                                by.id(),
                                by.name(),
                                at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Whether it was still to be decided. */
    boolean decide(String id, boolean approved, Person by, Instant at) {
        return sql.sql(
                                """
                                update ranking_policy set state = :state, approved_by = :name, decided_by = :by,
                                    decided_at = :at
                                where id = :id and state = 'PROPOSED'
                                """)
                        .param("id", id)
                        .param("state", approved ? "APPROVED" : "REJECTED")
                        .param("name", approved ? by.name() : null)
                        .param("by", by.id())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static PolicyVersion version(ResultSet row) throws SQLException {
        var by = row.getObject("proposed_by", UUID.class);
        return new PolicyVersion(
                policy(row),
                PolicyVersion.State.valueOf(row.getString("state")),
                by == null
                        ? Optional.empty()
                        : Optional.of(
                                new PolicyVersion.Proposal(
                                        new Person(by, row.getString("proposed_by_name")),
                                        row.getObject("proposed_at", OffsetDateTime.class)
                                                .toInstant())));
    }

    private static RankingPolicy policy(ResultSet row) throws SQLException {
        return new RankingPolicy(
                row.getString("id"),
                row.getObject("effective_from", LocalDate.class),
                row.getString("basis"),
                Objects.requireNonNullElse(row.getString("approved_by"), ""),
                range(row, "cpu"),
                range(row, "memory"),
                range(row, "disk"),
                new RankingPolicy.Weights(
                        row.getBigDecimal("cpu_weight"),
                        row.getBigDecimal("memory_weight"),
                        row.getBigDecimal("disk_weight"),
                        row.getBigDecimal("idle_weight")),
                new RankingPolicy.Excess(
                        row.getBigDecimal("excess_slope"), row.getBigDecimal("excess_floor")),
                new RankingPolicy.Grades(
                        row.getBigDecimal("grade_a"),
                        row.getBigDecimal("grade_b"),
                        row.getBigDecimal("grade_c")),
                new RankingPolicy.Evidence(
                        row.getInt("valid_samples"),
                        row.getBigDecimal("coverage"),
                        row.getInt("confirmed_days"),
                        row.getInt("least_hosts"),
                        row.getInt("least_vcpu")),
                new RankingPolicy.Idle(
                        row.getBigDecimal("idle_cpu"),
                        row.getBigDecimal("idle_cpu_p95"),
                        row.getBigDecimal("idle_cpu_peak"),
                        row.getBigDecimal("idle_memory")));
    }

    private static RankingPolicy.Range range(ResultSet row, String measure) throws SQLException {
        return new RankingPolicy.Range(
                row.getBigDecimal(measure + "_low"), row.getBigDecimal(measure + "_high"));
    }
}
