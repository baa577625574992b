package io.yuntai.billing.ranking;

import io.yuntai.billing.policy.PolicyTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns ranking_policy. */
@Repository
class PolicyStore implements PolicyTable.Numbers<RankingPolicy> {

    private final PolicyTable<RankingPolicy> table;

    PolicyStore(JdbcClient sql) {
        this.table = new PolicyTable<>(sql, "ranking_policy", this);
    }

    PolicyTable<RankingPolicy> table() {
        return table;
    }

    /** The version that a month is ranked under: the last one in effect on its first day. */
    RankingPolicy inForce(YearMonth month) {
        return table.inForce(month.atDay(1));
    }

    RankingPolicy get(String id) {
        return table.get(id);
    }

    @Override
    public SequencedMap<String, Object> columns(RankingPolicy policy) {
        var columns = new LinkedHashMap<String, Object>();
        columns.put("cpu_low", policy.cpu().low());
        columns.put("cpu_high", policy.cpu().high());
        columns.put("memory_low", policy.memory().low());
        columns.put("memory_high", policy.memory().high());
        columns.put("disk_low", policy.disk().low());
        columns.put("disk_high", policy.disk().high());
        columns.put("cpu_weight", policy.weights().cpu());
        columns.put("memory_weight", policy.weights().memory());
        columns.put("disk_weight", policy.weights().disk());
        columns.put("idle_weight", policy.weights().idle());
        columns.put("excess_slope", policy.excess().slope());
        columns.put("excess_floor", policy.excess().floor());
        columns.put("grade_a", policy.grades().a());
        columns.put("grade_b", policy.grades().b());
        columns.put("grade_c", policy.grades().c());
        columns.put("valid_samples", policy.evidence().validSamples());
        columns.put("coverage", policy.evidence().coverage());
        columns.put("confirmed_days", policy.evidence().confirmedDays());
        columns.put("least_hosts", policy.evidence().leastHosts());
        columns.put("least_vcpu", policy.evidence().leastVcpu());
        columns.put("idle_cpu", policy.idle().cpu());
        columns.put("idle_cpu_p95", policy.idle().cpuP95());
        columns.put("idle_cpu_peak", policy.idle().cpuPeak());
        columns.put("idle_memory", policy.idle().memory());
        return columns;
    }

    @Override
    public RankingPolicy policy(ResultSet row) throws SQLException {
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
