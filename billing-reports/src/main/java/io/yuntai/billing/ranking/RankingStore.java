package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.ranking.RankingRow.Standing;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Owns ranking, ranking_row and ranking_total. Only version 1 is written so far. */
@Repository
class RankingStore {

    /** A stored board, without its rows. */
    record Found(String policy, Instant computedAt, PoolTotal total) {}

    private final JdbcClient sql;

    RankingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Makes room for a month; the row's lock lets nobody else compute it meanwhile. */
    void begin(YearMonth month, RankingPolicy policy, Instant computedAt) {
        update(
                """
                insert into ranking (month, version, policy, computed_at) values (:month, 1, :policy, :at)
                on conflict (month, version) do update
                    set policy = excluded.policy, computed_at = excluded.computed_at
                """,
                spec ->
                        spec.param("month", month.atDay(1))
                                .param("policy", policy.id())
                                .param("at", computedAt.atOffset(ZoneOffset.UTC)));
        update(
                "delete from ranking_row where month = :month and version = 1",
                spec -> spec.param("month", month.atDay(1)));
        update(
                "delete from ranking_total where month = :month and version = 1",
                spec -> spec.param("month", month.atDay(1)));
    }

    void add(YearMonth month, String pool, PoolTotal total, List<RankingRow> rows) {
        update(
                """
                insert into ranking_total (month, version, pool, hosts, measured_hosts, excluded_hosts, vcpu,
                    cpu, memory, disk, idle_share)
                values (:month, 1, :pool, :hosts, :measured, :excluded, :vcpu, :cpu, :memory, :disk, :idle)
                """,
                spec ->
                        spec.param("month", month.atDay(1))
                                .param("pool", pool)
                                .param("hosts", total.hosts())
                                .param("measured", total.measuredHosts())
                                .param("excluded", total.excludedHosts())
                                .param("vcpu", total.vcpu())
                                .param("cpu", total.cpu().orElse(null))
                                .param("memory", total.memory().orElse(null))
                                .param("disk", total.disk().orElse(null))
                                .param("idle", total.idleShare().orElse(null)));
        for (var row : rows) {
            add(month, pool, row);
        }
    }

    private void add(YearMonth month, String pool, RankingRow row) {
        var figures = row.figures();
        update(
                """
                insert into ranking_row (month, version, pool, unit, unit_code, unit_name,
                    hosts, measured_hosts, excluded_hosts, vcpu, coverage, cpu, memory, disk, idle_share, cpu_p95,
                    score, score_rank, cpu_rank, memory_rank, reasons)
                values (:month, 1, :pool, :unit, :code, :name, :hosts, :measured, :excluded, :vcpu, :coverage,
                    :cpu, :memory, :disk, :idle, :p95, :score, :scoreRank, :cpuRank, :memoryRank, :reasons)
                """,
                spec ->
                        spec.param("month", month.atDay(1))
                                .param("pool", pool)
                                .param("unit", row.unit().value())
                                .param("code", row.code())
                                .param("name", row.name())
                                .param("hosts", row.hosts())
                                .param("measured", row.measuredHosts())
                                .param("excluded", row.excludedHosts())
                                .param("vcpu", row.vcpu())
                                .param("coverage", figures.coverage())
                                .param("cpu", figures.cpu().orElse(null))
                                .param("memory", figures.memory().orElse(null))
                                .param("disk", figures.disk().orElse(null))
                                .param("idle", figures.idleShare().orElse(null))
                                .param("p95", figures.cpuP95().orElse(null))
                                .param("score", ofStanding(row, Standing::score))
                                .param("scoreRank", ofStanding(row, Standing::scoreRank))
                                .param("cpuRank", ofStanding(row, Standing::cpuRank))
                                .param("memoryRank", ofStanding(row, Standing::memoryRank))
                                .param(
                                        "reasons",
                                        new SqlArrayValue(
                                                "text",
                                                row.reasons().stream()
                                                        .map(Reason::name)
                                                        .toArray())));
    }

    List<RankedMonth> months() {
        return sql.sql(
                        """
                        select m.month, m.computed_at, count(r.unit) filter (where cardinality(r.reasons) = 0) as ranked,
                            count(r.unit) filter (where cardinality(r.reasons) > 0) as not_ranked
                        from ranking m left join ranking_row r on (r.month, r.version, r.pool) = (m.month, m.version, 'all')
                        where m.version = 1 group by m.month, m.computed_at order by m.month desc
                        """)
                .query((row, _) ->
                        new RankedMonth(
                                YearMonth.from(row.getObject("month", LocalDate.class)),
                                row.getInt("ranked"),
                                row.getInt("not_ranked"),
                                instant(row, "computed_at")))
                .list();
    }

    Optional<Found> find(YearMonth month, String pool) {
        return sql.sql(
                        """
                        select m.policy, m.computed_at, t.* from ranking m join ranking_total t using (month, version)
                        where month = :month and version = 1 and t.pool = :pool
                        """)
                .param("month", month.atDay(1))
                .param("pool", pool)
                .query((row, _) ->
                        new Found(row.getString("policy"), instant(row, "computed_at"), total(row)))
                .optional();
    }

    List<RankingRow> rows(YearMonth month, String pool) {
        return sql.sql(
                        """
                        select * from ranking_row where month = :month and version = 1 and pool = :pool
                        order by unit_code collate "C"
                        """)
                .param("month", month.atDay(1))
                .param("pool", pool)
                .query((row, _) -> rankingRow(row))
                .list();
    }

    private static PoolTotal total(ResultSet row) throws SQLException {
        return new PoolTotal(
                row.getInt("hosts"),
                row.getInt("measured_hosts"),
                row.getInt("excluded_hosts"),
                row.getLong("vcpu"),
                decimal(row, "cpu"),
                decimal(row, "memory"),
                decimal(row, "disk"),
                decimal(row, "idle_share"));
    }

    private static RankingRow rankingRow(ResultSet row) throws SQLException {
        var score = decimal(row, "score");
        return new RankingRow(
                new PartyId(row.getObject("unit", UUID.class)),
                row.getString("unit_code"),
                row.getString("unit_name"),
                row.getInt("hosts"),
                row.getInt("measured_hosts"),
                row.getInt("excluded_hosts"),
                row.getLong("vcpu"),
                new Figures(
                        row.getBigDecimal("coverage"),
                        decimal(row, "cpu"),
                        decimal(row, "memory"),
                        decimal(row, "disk"),
                        decimal(row, "idle_share"),
                        decimal(row, "cpu_p95")),
                score.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Standing(
                                        score.get(),
                                        row.getInt("score_rank"),
                                        row.getInt("cpu_rank"),
                                        row.getInt("memory_rank"))),
                Arrays.stream((String[]) row.getArray("reasons").getArray())
                        .map(Reason::valueOf)
                        .toList());
    }

    private void update(
            String statement, Function<JdbcClient.StatementSpec, JdbcClient.StatementSpec> with) {
        var _ = with.apply(sql.sql(statement)).update();
    }

    private static <T> @Nullable T ofStanding(RankingRow row, Function<Standing, T> member) {
        return row.standing().map(member).orElse(null);
    }

    private static Optional<BigDecimal> decimal(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
