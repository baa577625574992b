package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns host_verdict. */
@Repository
class VerdictStore {

    private static final int BATCH = 1000;

    private final JdbcClient sql;
    private final JdbcTemplate batches;

    VerdictStore(JdbcClient sql, JdbcTemplate batches) {
        this.sql = sql;
        this.batches = batches;
    }

    Optional<LocalDate> lastDay() {
        return sql.sql("select day from host_verdict order by day desc limit 1")
                .query(LocalDate.class)
                .optional();
    }

    void replace(LocalDate day, List<HostVerdict> verdicts) {
        var _ = sql.sql("delete from host_verdict where day = ?").param(day).update();
        var _ =
                batches.batchUpdate(
                        "insert into host_verdict values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[],"
                                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        verdicts,
                        BATCH,
                        (row, verdict) -> {
                            int at = 1;
                            for (var value : values(verdict)) {
                                row.setObject(at++, value);
                            }
                        });
    }

    private static @Nullable Object[] values(HostVerdict verdict) {
        var evidence = verdict.evidence();
        return new @Nullable Object[] {
            verdict.day(),
            verdict.host().value(),
            verdict.hostName(),
            verdict.unit().value(),
            verdict.system().value(),
            verdict.pool(),
            verdict.vcpu(),
            verdict.memoryBytes(),
            verdict.policy(),
            // Names of constants: nothing in them is to be quoted.
            "{" + String.join(",", verdict.verdicts().stream().map(Enum::name).toList()) + "}",
            evidence.hours(),
            evidence.validHours(),
            evidence.coverage(),
            figure(evidence.cpu(), Evidence.Measure::mean),
            figure(evidence.cpu(), Evidence.Measure::p95),
            figure(evidence.cpu(), Evidence.Measure::peak),
            figure(evidence.memory(), Evidence.Measure::mean),
            figure(evidence.memory(), Evidence.Measure::p95),
            figure(evidence.memory(), Evidence.Measure::peak),
            evidence.disk().orElse(null),
            evidence.stopped()
        };
    }

    private static @Nullable BigDecimal figure(
            Optional<Evidence.Measure> measure, Function<Evidence.Measure, BigDecimal> figure) {
        return measure.map(figure).orElse(null);
    }

    List<HostVerdict> page(
            LocalDate day, VerdictFilter filter, VerdictOrder order, long offset, int most) {
        return matching(
                        "select * ",
                        day,
                        filter,
                        "order by %s%s nulls last, host_name, host limit :most offset :offset"
                                .formatted(order.by().column(), order.descending() ? " desc" : ""))
                .param("most", most)
                .param("offset", offset)
                .query((row, _) -> verdict(row))
                .list();
    }

    List<HostVerdict> of(LocalDate day, Collection<MeteredHostId> hosts) {
        return sql.sql(
                        "select * from host_verdict where day = ? and host = any(?) order by host_name, host")
                .params(day, hosts.stream().map(MeteredHostId::value).toArray(UUID[]::new))
                .query((row, _) -> verdict(row))
                .list();
    }

    long count(LocalDate day, VerdictFilter filter) {
        return matching("select count(*) ", day, filter, "").query(Long.class).single();
    }

    private JdbcClient.StatementSpec matching(
            String select, LocalDate day, VerdictFilter filter, String order) {
        return sql.sql(
                        select
                                + """
                                from host_verdict where day = :day and (cast(:unit as uuid) is null or unit = :unit)
                                    and (cast(:verdict as text) is null or :verdict = any(verdicts))
                                    and (cast(:part as text) is null
                                         or position(cast(:part as text) in host_name) > 0
                                         or system = any(cast(:systems as uuid[])))
                                """
                                + order)
                .param("day", day)
                .param("unit", filter.unit().map(PartyId::value).orElse(null))
                .param("verdict", filter.verdict().map(Enum::name).orElse(null))
                .param("part", filter.named().map(VerdictFilter.Named::part).orElse(null))
                .param(
                        "systems",
                        filter.named().stream()
                                .flatMap(named -> named.systems().stream())
                                .map(MeteredSystemId::value)
                                .toArray(UUID[]::new));
    }

    private static HostVerdict verdict(ResultSet row) throws SQLException {
        return new HostVerdict(
                row.getObject("day", LocalDate.class),
                new MeteredHostId(row.getObject("host", UUID.class)),
                row.getString("host_name"),
                new PartyId(row.getObject("unit", UUID.class)),
                new MeteredSystemId(row.getObject("system", UUID.class)),
                row.getString("pool"),
                row.getInt("vcpu"),
                row.getLong("memory_bytes"),
                row.getString("policy"),
                verdicts(row.getArray("verdicts")),
                new Evidence(
                        row.getInt("hours"),
                        row.getInt("valid_hours"),
                        row.getBigDecimal("coverage"),
                        measure(row, "cpu"),
                        measure(row, "memory"),
                        Optional.ofNullable(row.getBigDecimal("disk_mean")),
                        row.getBoolean("stopped")));
    }

    private static Optional<Evidence.Measure> measure(ResultSet row, String of)
            throws SQLException {
        BigDecimal mean = row.getBigDecimal(of + "_mean");
        return mean == null
                ? Optional.empty()
                : Optional.of(
                        new Evidence.Measure(
                                mean,
                                row.getBigDecimal(of + "_p95"),
                                row.getBigDecimal(of + "_peak")));
    }

    private static List<Verdict> verdicts(Array stored) throws SQLException {
        return Arrays.stream((String[]) stored.getArray()).map(Verdict::valueOf).toList();
    }
}
