package io.yuntai.billing.ranking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
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
                        select * from ranking_policy where effective_from <= :day
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

    private static RankingPolicy policy(ResultSet row) throws SQLException {
        return new RankingPolicy(
                row.getString("id"),
                row.getObject("effective_from", LocalDate.class),
                row.getString("basis"),
                row.getString("approved_by"),
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
