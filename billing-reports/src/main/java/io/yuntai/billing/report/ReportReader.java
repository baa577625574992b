package io.yuntai.billing.report;

import static java.util.stream.Collectors.toMap;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.Exclusion;
import io.yuntai.billing.ranking.Exempt;
import io.yuntai.billing.ranking.HostShare;
import io.yuntai.billing.ranking.HourlyCpu;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.MonthFigures.UnitScope;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.ranking.Use;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Reads out of a report's lines what its figures are made of. */
final class ReportReader {

    private static final String CITY = "region";

    private ReportReader() {}

    /**
     * Works the figures out once more from hosts, percentiles and policy, as the lines state them.
     *
     * @throws RuntimeException a line lacks something, or says what cannot be
     */
    static MonthFigures figures(List<Line> lines) {
        var month = YearMonth.parse(one(lines, "report").get("month"));
        var hosts = new ArrayList<HostShare>();
        Map<UnitScope, HourlyCpu> hourly = new HashMap<>();
        for (var line : lines) {
            switch (line.kind()) {
                case "host" -> hosts.add(host(line));
                case "p95" ->
                        hourly.put(
                                new UnitScope(
                                        new PartyId(UUID.fromString(line.get("unit"))),
                                        line.get("scope")),
                                new HourlyCpu(
                                        line.decimal("cpu"),
                                        line.maybe("peak").map(BigDecimal::new)));
                default -> {
                    // Follows from the others.
                }
            }
        }
        return MonthFigures.of(month, policy(one(lines, "policy")), rulesOf(lines), hosts, hourly);
    }

    /**
     * By which rules hours became figures; empty in a report that was published before they were
     * named.
     */
    static Optional<Rules> rules(List<Line> lines) {
        return one(lines, "report").maybe("rules").map(Integer::valueOf).map(Rules::of);
    }

    /**
     * By which rules everything else was made: those that were in use before they were named differ
     * in what is made of hours alone.
     */
    static Rules rulesOf(List<Line> lines) {
        return rules(lines).orElse(Rules.MEMORY_IN_ENOUGH_HOURS);
    }

    /** Whether a line, before it is parsed, says what a city was called. */
    static boolean isCity(String line) {
        return line.startsWith(CITY + "\t");
    }

    /**
     * What cities were called, by code; empty in a report that was published before it was kept.
     */
    static SortedMap<String, String> cities(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.kind().equals(CITY))
                .collect(
                        toMap(
                                line -> line.get("code"),
                                line -> line.get("name"),
                                (one, _) -> one,
                                TreeMap::new));
    }

    /** What stands beside the ranking; empty in a report of the first format. */
    static Optional<Annex> annex(List<Line> lines) {
        return one(lines, "report").number("format") < ReportLines.FORMAT
                ? Optional.empty()
                : Optional.of(AnnexLines.read(lines));
    }

    static Line one(List<Line> lines, String kind) {
        return lines.stream()
                .filter(line -> line.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind));
    }

    private static HostShare host(Line line) {
        return new HostShare(
                new MeteredHostId(UUID.fromString(line.get("host"))),
                line.get("name"),
                new Party(
                        new PartyId(UUID.fromString(line.get("unit"))),
                        line.get("unitCode"),
                        line.get("unitName"),
                        line.get("region")),
                new MeteredSystem(
                        new MeteredSystemId(UUID.fromString(line.get("system"))),
                        line.get("systemCode"),
                        line.get("systemName")),
                line.get("pool"),
                new Period(Instant.parse(line.get("from")), Instant.parse(line.get("to"))),
                line.number("vcpu"),
                line.filled("excluded").map(Exclusion::valueOf),
                exempt(line),
                Boolean.parseBoolean(line.get("measured")),
                Boolean.parseBoolean(line.get("idle")),
                line.number("hours"),
                line.number("validHours"),
                new BigInteger(line.get("vcpuHours")),
                new BigInteger(line.get("validVcpuHours")),
                use(line, "cpu"),
                use(line, "memory"),
                use(line, "disk"));
    }

    /** Reports from before it was kept have no such field. */
    private static Optional<Exempt> exempt(Line line) {
        return line.maybe("exemption")
                .filter(id -> !id.isEmpty())
                .map(id ->
                        new Exempt(
                                UUID.fromString(id),
                                line.get("exemptReason"),
                                LocalDate.parse(line.get("exemptUntil")),
                                line.get("exemptApplicant"),
                                line.get("exemptApprover")));
    }

    private static Use use(Line line, String measure) {
        return new Use(
                new BigInteger(line.get(measure)),
                new BigInteger(line.get(measure + "Of")),
                new BigInteger(line.get(measure + "Due")));
    }

    static RankingPolicy policy(Line line) {
        return new RankingPolicy(
                line.get("id"),
                LocalDate.parse(line.get("effective")),
                line.get("basis"),
                line.get("approvedBy"),
                new RankingPolicy.Range(line.decimal("cpuLow"), line.decimal("cpuHigh")),
                new RankingPolicy.Range(line.decimal("memoryLow"), line.decimal("memoryHigh")),
                new RankingPolicy.Range(line.decimal("diskLow"), line.decimal("diskHigh")),
                new RankingPolicy.Weights(
                        line.decimal("cpuWeight"),
                        line.decimal("memoryWeight"),
                        line.decimal("diskWeight"),
                        line.decimal("idleWeight")),
                new RankingPolicy.Excess(line.decimal("excessSlope"), line.decimal("excessFloor")),
                new RankingPolicy.Grades(
                        line.decimal("gradeA"), line.decimal("gradeB"), line.decimal("gradeC")),
                new RankingPolicy.Evidence(
                        line.number("validSamples"),
                        line.decimal("coverage"),
                        line.number("confirmedDays"),
                        line.number("leastHosts"),
                        line.number("leastVcpu")),
                new RankingPolicy.Idle(
                        line.decimal("idleCpu"),
                        line.decimal("idleCpuP95"),
                        line.decimal("idleCpuPeak"),
                        line.decimal("idleMemory")));
    }
}
