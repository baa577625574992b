package io.yuntai.billing.verdict;

import io.yuntai.billing.policy.PolicyTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns verdict_policy. */
@Repository
class VerdictPolicyStore implements PolicyTable.Numbers<VerdictPolicy> {

    private final PolicyTable<VerdictPolicy> table;

    VerdictPolicyStore(JdbcClient sql) {
        this.table = new PolicyTable<>(sql, "verdict_policy", this);
    }

    PolicyTable<VerdictPolicy> table() {
        return table;
    }

    /** The version that a day is judged by. */
    VerdictPolicy inForce(LocalDate day) {
        return table.inForce(day);
    }

    @Override
    public SequencedMap<String, Object> columns(VerdictPolicy policy) {
        var columns = new LinkedHashMap<String, Object>();
        columns.put("days", policy.window().days());
        columns.put("valid_samples", policy.window().validSamples());
        columns.put("coverage", policy.window().coverage());
        columns.put("idle_cpu", policy.idle().cpu());
        columns.put("idle_cpu_p95", policy.idle().cpuP95());
        columns.put("idle_cpu_peak", policy.idle().cpuPeak());
        columns.put("idle_memory", policy.idle().memory());
        columns.put("shrink_cpu", policy.shrinkCpu().cpu());
        columns.put("shrink_cpu_p95", policy.shrinkCpu().cpuP95());
        columns.put("shrink_cpu_peak", policy.shrinkCpu().cpuPeak());
        columns.put("shrink_memory_p95", policy.shrinkMemory().memoryP95());
        columns.put("grow_cpu_p95", policy.grow().cpuP95());
        columns.put("grow_memory_p95", policy.grow().memoryP95());
        columns.put("grow_disk", policy.grow().disk());
        return columns;
    }

    @Override
    public VerdictPolicy policy(ResultSet row) throws SQLException {
        return new VerdictPolicy(
                row.getString("id"),
                row.getObject("effective_from", LocalDate.class),
                row.getString("basis"),
                Objects.requireNonNullElse(row.getString("approved_by"), ""),
                new VerdictPolicy.Window(
                        row.getInt("days"),
                        row.getInt("valid_samples"),
                        row.getBigDecimal("coverage")),
                new VerdictPolicy.Idle(
                        row.getBigDecimal("idle_cpu"),
                        row.getBigDecimal("idle_cpu_p95"),
                        row.getBigDecimal("idle_cpu_peak"),
                        row.getBigDecimal("idle_memory")),
                new VerdictPolicy.ShrinkCpu(
                        row.getBigDecimal("shrink_cpu"),
                        row.getBigDecimal("shrink_cpu_p95"),
                        row.getBigDecimal("shrink_cpu_peak")),
                new VerdictPolicy.ShrinkMemory(row.getBigDecimal("shrink_memory_p95")),
                new VerdictPolicy.Grow(
                        row.getBigDecimal("grow_cpu_p95"),
                        row.getBigDecimal("grow_memory_p95"),
                        row.getBigDecimal("grow_disk")));
    }
}
