package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * Owns ranking, ranking_row, ranking_total, ranking_host, ranking_system and ranking_city. Rows are
 * added and never changed: the database refuses it.
 */
@Repository
class RankingStore {

    private static final int BATCH = 1000;

    /** Any number of our own: runs are numbered one after the other. */
    private static final long ADDING = 0x59_54_52_41_4e_4bL;

    /** A run's head. */
    record Run(YearMonth month, int run, String policy, Rules rules, Instant computedAt) {}

    private final JdbcClient sql;
    private final JdbcTemplate batches;

    RankingStore(JdbcClient sql, JdbcTemplate batches) {
        this.sql = sql;
        this.batches = batches;
    }

    /** Adds a run. Of two at the same moment the slower one waits, and is the later run. */
    Run add(MonthFigures figures, Instant computedAt) {
        var month = figures.month();
        sql.sql("select pg_advisory_xact_lock(:adding)")
                .param("adding", ADDING)
                .query(row -> {
                    // It answers with nothing.
                });
        int run =
                sql.sql(
                                """
                                insert into ranking (month, run, policy, rules, computed_at, exempted_as_of)
                                select :month, coalesce(max(run), 0) + 1, :policy, :rules, :at, :at
                                from ranking where month = :month returning run
                                """)
                        .param("month", month.atDay(1))
                        .param("policy", figures.policy().id())
                        .param("rules", figures.rules().number())
                        .param("at", computedAt.atOffset(ZoneOffset.UTC))
                        .query(Integer.class)
                        .single();
        figures.scopes()
                .forEach((pool, scope) -> {
                    add(month, run, pool, scope.total());
                    scope.rows().forEach(row -> add(month, run, pool, row));
                    addSystems(month, run, pool, scope.systems());
                    addCities(month, run, pool, scope.cities());
                });
        addHosts(month, run, figures.hosts());
        return new Run(month, run, figures.policy().id(), figures.rules(), computedAt);
    }

    private void add(YearMonth month, int run, String pool, PoolTotal total) {
        update(
                """
                insert into ranking_total (month, run, pool, hosts, measured_hosts, excluded_hosts, vcpu,
                    cpu, memory, disk, idle_share)
                values (:month, :run, :pool, :hosts, :measured, :excluded, :vcpu, :cpu, :memory, :disk, :idle)
                """,
                spec ->
                        spec.param("month", month.atDay(1))
                                .param("run", run)
                                .param("pool", pool)
                                .param("hosts", total.hosts())
                                .param("measured", total.measuredHosts())
                                .param("excluded", total.excludedHosts())
                                .param("vcpu", total.vcpu())
                                .param("cpu", total.cpu().orElse(null))
                                .param("memory", total.memory().orElse(null))
                                .param("disk", total.disk().orElse(null))
                                .param("idle", total.idleShare().orElse(null)));
    }

    private void addSystems(YearMonth month, int run, String pool, List<SystemRow> systems) {
        insert(
                """
                insert into ranking_system (month, run, pool, system, system_code, system_name, unit, unit_name,
                    hosts, measured_hosts, vcpu, coverage, cpu, memory, disk)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                systems,
                row ->
                        new @Nullable Object[] {
                            month.atDay(1),
                            run,
                            pool,
                            row.system().id().value(),
                            row.system().code(),
                            row.system().name(),
                            row.unit().value(),
                            row.unitName(),
                            row.hosts(),
                            row.measuredHosts(),
                            row.vcpu(),
                            row.coverage(),
                            row.cpu().orElse(null),
                            row.memory().orElse(null),
                            row.disk().orElse(null)
                        });
    }

    private void addCities(YearMonth month, int run, String pool, List<CityRow> cities) {
        insert(
                """
                insert into ranking_city (month, run, pool, city, hosts, vcpu, systems, units,
                    cpu, memory, disk, overall, overall_rank, systems_rank, units_rank)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                cities,
                row ->
                        new @Nullable Object[] {
                            month.atDay(1),
                            run,
                            pool,
                            row.city(),
                            row.hosts(),
                            row.vcpu(),
                            row.systems(),
                            row.units(),
                            row.cpu().orElse(null),
                            row.memory().orElse(null),
                            row.disk().orElse(null),
                            row.overall().orElse(null),
                            row.overallRank().orElse(null),
                            row.systemsRank(),
                            row.unitsRank()
                        });
    }

    private void addHosts(YearMonth month, int run, List<HostShare> hosts) {
        insert(
                """
                insert into ranking_host (month, run, host, host_name, unit, unit_code, unit_name, region,
                    system, system_code, system_name, pool, held, vcpu, exclusion, exemption, measured, idle,
                    hours, valid_hours, vcpu_hours, valid_vcpu_hours,
                    cpu, cpu_of, memory, memory_of, memory_due, disk, disk_of, disk_due)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, tstzrange(?, ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                hosts,
                row ->
                        new @Nullable Object[] {
                            month.atDay(1),
                            run,
                            row.host().value(),
                            row.name(),
                            row.unit().id().value(),
                            row.unit().code(),
                            row.unit().name(),
                            row.unit().region(),
                            row.system().id().value(),
                            row.system().code(),
                            row.system().name(),
                            row.pool(),
                            row.held().from().atOffset(ZoneOffset.UTC),
                            row.held().to().atOffset(ZoneOffset.UTC),
                            row.vcpu(),
                            row.exclusion().map(Enum::name).orElse(null),
                            row.exempt().map(Exempt::id).orElse(null),
                            row.measured(),
                            row.idle(),
                            row.hours(),
                            row.validHours(),
                            new BigDecimal(row.vcpuHours()),
                            new BigDecimal(row.validVcpuHours()),
                            new BigDecimal(row.cpu().used()),
                            new BigDecimal(row.cpu().allocated()),
                            new BigDecimal(row.memory().used()),
                            new BigDecimal(row.memory().allocated()),
                            new BigDecimal(row.memory().due()),
                            new BigDecimal(row.disk().used()),
                            new BigDecimal(row.disk().allocated()),
                            new BigDecimal(row.disk().due())
                        });
    }

    private <T> void insert(
            String statement, List<T> rows, Function<T, @Nullable Object[]> values) {
        var _ =
                batches.batchUpdate(
                        statement,
                        rows,
                        BATCH,
                        (target, row) -> {
                            int at = 1;
                            for (var value : values.apply(row)) {
                                target.setObject(at++, value);
                            }
                        });
    }

    private void add(YearMonth month, int run, String pool, RankingRow row) {
        var figures = row.figures();
        update(
                """
                insert into ranking_row (month, run, pool, unit, unit_code, unit_name, region,
                    hosts, measured_hosts, excluded_hosts, vcpu, coverage, cpu, memory, disk, idle_share, cpu_p95, cpu_peak,
                    score, cpu_points, memory_points, disk_points, idle_points,
                    score_rank, cpu_rank, memory_rank, reasons)
                values (:month, :run, :pool, :unit, :code, :name, :region, :hosts, :measured, :excluded, :vcpu, :coverage,
                    :cpu, :memory, :disk, :idle, :p95, :peak,
                    :score, :cpuPoints, :memoryPoints, :diskPoints, :idlePoints, :scoreRank, :cpuRank, :memoryRank, :reasons)
                """,
                spec ->
                        spec.param("month", month.atDay(1))
                                .param("run", run)
                                .param("pool", pool)
                                .param("unit", row.unit().value())
                                .param("code", row.code())
                                .param("name", row.name())
                                .param("region", row.region())
                                .param("cpuPoints", row.parts().map(ScoreParts::cpu).orElse(null))
                                .param(
                                        "memoryPoints",
                                        row.parts().map(ScoreParts::memory).orElse(null))
                                .param("diskPoints", row.parts().map(ScoreParts::disk).orElse(null))
                                .param("idlePoints", row.parts().map(ScoreParts::idle).orElse(null))
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
                                .param("peak", figures.cpuPeak().orElse(null))
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

    /** Of each month the run that counts: the last that was published, or else the last of all. */
    List<RankedMonth> months() {
        return sql.sql(
                        """
                        select m.month, m.computed_at, p.version,
                            count(r.unit) filter (where cardinality(r.reasons) = 0) as ranked,
                            count(r.unit) filter (where cardinality(r.reasons) > 0) as not_ranked
                        from (select distinct on (m.month) m.month, m.run, p.version
                            from ranking m left join report p on (p.month, p.run) = (m.month, m.run)
                            order by m.month, p.version desc nulls last, m.run desc) p
                        join ranking m on (m.month, m.run) = (p.month, p.run)
                        left join ranking_row r on (r.month, r.run, r.pool) = (m.month, m.run, 'all')
                        group by m.month, m.computed_at, p.version order by m.month desc
                        """)
                .query((row, _) ->
                        new RankedMonth(
                                YearMonth.from(row.getObject("month", LocalDate.class)),
                                row.getInt("ranked"),
                                row.getInt("not_ranked"),
                                instant(row, "computed_at"),
                                version(row)))
                .list();
    }

    /** The run that counts. */
    Optional<Run> current(YearMonth month) {
        return run(
                sql.sql(
                                """
                                select m.* from ranking m left join report p on (p.month, p.run) = (m.month, m.run)
                                where m.month = :month order by p.version desc nulls last, m.run desc limit 1
                                """)
                        .param("month", month.atDay(1)));
    }

    /** The run of a published version. */
    Optional<Run> published(YearMonth month, int version) {
        return run(
                sql.sql(
                                """
                                select m.* from ranking m join report p on (p.month, p.run) = (m.month, m.run)
                                where m.month = :month and p.version = :version
                                """)
                        .param("month", month.atDay(1))
                        .param("version", version));
    }

    /** The run of the version that was the last one published at a moment. */
    Optional<Run> published(YearMonth month, Instant at) {
        return run(
                sql.sql(
                                """
                                select m.* from ranking m join report p on (p.month, p.run) = (m.month, m.run)
                                where m.month = :month and p.frozen_at <= :at
                                order by p.version desc limit 1
                                """)
                        .param("month", month.atDay(1))
                        .param("at", at.atOffset(ZoneOffset.UTC)));
    }

    private static Optional<Run> run(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, _) ->
                        new Run(
                                YearMonth.from(row.getObject("month", LocalDate.class)),
                                row.getInt("run"),
                                row.getString("policy"),
                                Rules.of(row.getInt("rules")),
                                instant(row, "computed_at")))
                .optional();
    }

    Optional<PoolTotal> total(Run run, String pool) {
        return of("ranking_total", run, pool).query((row, _) -> total(row)).optional();
    }

    List<RankingRow> rows(Run run, String pool) {
        return of("ranking_row", run, pool).query((row, _) -> rankingRow(row)).stream()
                .sorted(Comparator.comparing(RankingRow::code))
                .toList();
    }

    List<SystemRow> systems(Run run, String pool) {
        return of("ranking_system", run, pool)
                .query((row, _) ->
                        new SystemRow(
                                new MeteredSystem(
                                        new MeteredSystemId(row.getObject("system", UUID.class)),
                                        row.getString("system_code"),
                                        row.getString("system_name")),
                                new PartyId(row.getObject("unit", UUID.class)),
                                row.getString("unit_name"),
                                row.getInt("hosts"),
                                row.getInt("measured_hosts"),
                                row.getLong("vcpu"),
                                row.getBigDecimal("coverage"),
                                decimal(row, "cpu"),
                                decimal(row, "memory"),
                                decimal(row, "disk")))
                .list();
    }

    List<CityRow> cities(Run run, String pool) {
        return of("ranking_city", run, pool)
                .query((row, _) ->
                        new CityRow(
                                row.getString("city"),
                                row.getInt("hosts"),
                                row.getLong("vcpu"),
                                row.getInt("systems"),
                                row.getInt("units"),
                                decimal(row, "cpu"),
                                decimal(row, "memory"),
                                decimal(row, "disk"),
                                decimal(row, "overall"),
                                Optional.ofNullable(row.getObject("overall_rank", Integer.class)),
                                row.getInt("systems_rank"),
                                row.getInt("units_rank")))
                .list();
    }

    /** What a unit had, in the order in which it is printed; without a unit: everything. */
    List<HostShare> hosts(Run run, Optional<PartyId> unit) {
        return sql
                .sql(
                        """
                        select h.*, lower(h.held) as held_from, upper(h.held) as held_to, e.reason as exempt_reason,
                            case when e.ended_at < r.exempted_as_of then e.ended_on else e.until_day end as exempt_until,
                            e.applicant_name as exempt_applicant, e.decided_by_name as exempt_approver
                        from ranking_host h join ranking r on (r.month, r.run) = (h.month, h.run)
                        left join exemption e on e.id = h.exemption
                        where h.month = :month and h.run = :run and (cast(:unit as uuid) is null or h.unit = :unit)
                        """)
                .param("month", run.month().atDay(1))
                .param("run", run.run())
                .param("unit", unit.map(PartyId::value).orElse(null))
                .query(HostShareRows::share)
                .stream()
                .sorted(HostShare.ORDER)
                .toList();
    }

    private JdbcClient.StatementSpec of(String table, Run run, String pool) {
        return sql.sql(
                        "select * from "
                                + table
                                + " where month = :month and run = :run and pool = :pool")
                .param("month", run.month().atDay(1))
                .param("run", run.run())
                .param("pool", pool);
    }

    private static Optional<Integer> version(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("version", Integer.class));
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
                Objects.requireNonNullElse(row.getString("region"), ""),
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
                        decimal(row, "cpu_p95"),
                        decimal(row, "cpu_peak")),
                score.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Standing(
                                        score.get(),
                                        row.getInt("score_rank"),
                                        row.getInt("cpu_rank"),
                                        row.getInt("memory_rank"))),
                parts(row),
                Arrays.stream((String[]) row.getArray("reasons").getArray())
                        .map(Reason::valueOf)
                        .toList());
    }

    private static Optional<ScoreParts> parts(ResultSet row) throws SQLException {
        var cpu = row.getBigDecimal("cpu_points");
        return cpu == null
                ? Optional.empty()
                : Optional.of(
                        new ScoreParts(
                                cpu,
                                row.getBigDecimal("memory_points"),
                                row.getBigDecimal("disk_points"),
                                row.getBigDecimal("idle_points")));
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
