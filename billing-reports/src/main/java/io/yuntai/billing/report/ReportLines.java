package io.yuntai.billing.report;

import io.yuntai.billing.ranking.CityRow;
import io.yuntai.billing.ranking.Exempt;
import io.yuntai.billing.ranking.HostShare;
import io.yuntai.billing.ranking.HourlyCpu;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.PoolTotal;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Rules;
import io.yuntai.billing.ranking.ScoreParts;
import io.yuntai.billing.ranking.SystemRow;
import io.yuntai.billing.ranking.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a report says, line by line. The same content gives the same lines; docs/ranking.md. */
final class ReportLines {

    static final int FORMAT = 2;

    /** Without what stands beside the ranking. */
    private static final int FIRST_FORMAT = 1;

    private ReportLines() {}

    static List<Line> of(ReportContent content) {
        var lines = new ArrayList<Line>();
        var head =
                Line.of("report")
                        .with("format", content.annex().isPresent() ? FORMAT : FIRST_FORMAT)
                        .with("month", content.figures().month())
                        .with("version", content.version())
                        .with("frozen", content.frozenAt());
        lines.add(content.rules().map(rules -> head.with("rules", rules.number())).orElse(head));
        content.correction()
                .ifPresent(correction ->
                        lines.add(
                                Line.of("restatement")
                                        .with("reason", correction.reason())
                                        .with("author", correction.author().id())
                                        .with("authorName", correction.author().name())
                                        .with("approver", correction.approver().id())
                                        .with("approverName", correction.approver().name())));
        lines.add(policy(content.figures().policy()));
        lines.add(Line.of("input").with("sm3", content.input().sm3()));
        for (var host : content.input().hosts()) {
            lines.add(
                    Line.of("hours")
                            .with("host", host.host().value())
                            .with("count", host.hours())
                            .with("sm3", host.sm3()));
        }
        var rules = content.figures().rules();
        content.figures().hosts().forEach(share -> lines.add(host(share, rules)));
        content.figures().hourly().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(MonthFigures.UnitScope.ORDER))
                .forEach(entry ->
                        lines.add(p95(entry.getKey(), entry.getValue(), rules.nameThePeak())));
        content.cities()
                .forEach((code, name) ->
                        lines.add(Line.of("region").with("code", code).with("name", name)));
        lines.addAll(following(content.figures(), content.annex()));
        return lines;
    }

    private static Line p95(MonthFigures.UnitScope at, HourlyCpu hourly, boolean withPeak) {
        var line =
                Line.of("p95")
                        .with("scope", at.scope())
                        .with("unit", at.unit().value())
                        .with("cpu", hourly.p95());
        return withPeak ? line.with("peak", hourly.peak()) : line;
    }

    /** What can be read and worked out anew: the annex, and what follows from the lines before. */
    static List<Line> following(MonthFigures figures, Optional<Annex> annex) {
        var lines = new ArrayList<Line>();
        annex.ifPresent(beside -> lines.addAll(AnnexLines.of(beside)));
        lines.addAll(figures(figures));
        return lines;
    }

    private static List<Line> figures(MonthFigures figures) {
        var lines = new ArrayList<Line>();
        figures.scopes()
                .forEach((name, scope) -> {
                    lines.add(total(name, scope.total()));
                    scope.rows().forEach(row -> lines.add(unit(name, row, figures.rules())));
                    scope.systems().forEach(row -> lines.add(system(name, row)));
                    scope.cities().forEach(row -> lines.add(city(name, row)));
                });
        return lines;
    }

    private static Line policy(RankingPolicy policy) {
        return Line.of("policy")
                .with("id", policy.id())
                .with("effective", policy.effectiveFrom())
                .with("basis", policy.basis())
                .with("approvedBy", policy.approvedBy())
                .with("cpuLow", policy.cpu().low())
                .with("cpuHigh", policy.cpu().high())
                .with("memoryLow", policy.memory().low())
                .with("memoryHigh", policy.memory().high())
                .with("diskLow", policy.disk().low())
                .with("diskHigh", policy.disk().high())
                .with("cpuWeight", policy.weights().cpu())
                .with("memoryWeight", policy.weights().memory())
                .with("diskWeight", policy.weights().disk())
                .with("idleWeight", policy.weights().idle())
                .with("excessSlope", policy.excess().slope())
                .with("excessFloor", policy.excess().floor())
                .with("gradeA", policy.grades().a())
                .with("gradeB", policy.grades().b())
                .with("gradeC", policy.grades().c())
                .with("validSamples", policy.evidence().validSamples())
                .with("coverage", policy.evidence().coverage())
                .with("confirmedDays", policy.evidence().confirmedDays())
                .with("leastHosts", policy.evidence().leastHosts())
                .with("leastVcpu", policy.evidence().leastVcpu())
                .with("idleCpu", policy.idle().cpu())
                .with("idleCpuP95", policy.idle().cpuP95())
                .with("idleCpuPeak", policy.idle().cpuPeak())
                .with("idleMemory", policy.idle().memory());
    }

    static Line host(HostShare share, Rules rules) {
        var line =
                Line.of("host")
                        .with("host", share.host().value())
                        .with("name", share.name())
                        .with("unit", share.unit().id().value())
                        .with("unitCode", share.unit().code())
                        .with("unitName", share.unit().name())
                        .with("region", share.unit().region())
                        .with("system", share.system().id().value())
                        .with("systemCode", share.system().code())
                        .with("systemName", share.system().name())
                        .with("pool", share.pool())
                        .with("from", share.held().from())
                        .with("to", share.held().to())
                        .with("vcpu", share.vcpu())
                        .with("excluded", share.exclusion());
        if (rules.nameExemptions()) {
            Function<Function<Exempt, Object>, Object> exempt = of -> share.exempt().map(of);
            line =
                    line.with("exemption", exempt.apply(Exempt::id))
                            .with("exemptReason", exempt.apply(Exempt::reason))
                            .with("exemptUntil", exempt.apply(Exempt::until))
                            .with("exemptApplicant", exempt.apply(Exempt::applicant))
                            .with("exemptApprover", exempt.apply(Exempt::approver));
        }
        line =
                line.with("measured", share.measured())
                        .with("idle", share.idle())
                        .with("hours", share.hours())
                        .with("validHours", share.validHours())
                        .with("vcpuHours", share.vcpuHours())
                        .with("validVcpuHours", share.validVcpuHours());
        use(line, "cpu", share.cpu());
        use(line, "memory", share.memory());
        use(line, "disk", share.disk());
        return line;
    }

    private static void use(Line line, String measure, Use use) {
        var _ =
                line.with(measure, use.used())
                        .with(measure + "Of", use.allocated())
                        .with(measure + "Due", use.due());
    }

    private static Line total(String scope, PoolTotal total) {
        return Line.of("total")
                .with("scope", scope)
                .with("hosts", total.hosts())
                .with("measured", total.measuredHosts())
                .with("excluded", total.excludedHosts())
                .with("vcpu", total.vcpu())
                .with("cpu", total.cpu())
                .with("memory", total.memory())
                .with("disk", total.disk())
                .with("idle", total.idleShare());
    }

    static Line unit(String scope, RankingRow row, Rules rules) {
        var figures = row.figures();
        var standing = row.standing();
        Function<Function<ScoreParts, Object>, Object> part = of -> row.parts().map(of);
        var line =
                Line.of("unit")
                        .with("scope", scope)
                        .with("unit", row.unit().value())
                        .with("code", row.code())
                        .with("name", row.name())
                        .with("region", row.region())
                        .with("hosts", row.hosts())
                        .with("measured", row.measuredHosts())
                        .with("excluded", row.excludedHosts())
                        .with("vcpu", row.vcpu())
                        .with("coverage", figures.coverage())
                        .with("cpu", figures.cpu())
                        .with("memory", figures.memory())
                        .with("disk", figures.disk())
                        .with("idle", figures.idleShare())
                        .with("cpuP95", figures.cpuP95());
        if (rules.nameThePeak()) {
            line = line.with("cpuPeak", figures.cpuPeak());
        }
        return line.with("cpuPoints", part.apply(ScoreParts::cpu))
                .with("memoryPoints", part.apply(ScoreParts::memory))
                .with("diskPoints", part.apply(ScoreParts::disk))
                .with("idlePoints", part.apply(ScoreParts::idle))
                .with("score", standing.map(RankingRow.Standing::score))
                .with("rank", standing.map(RankingRow.Standing::scoreRank))
                .with("cpuRank", standing.map(RankingRow.Standing::cpuRank))
                .with("memoryRank", standing.map(RankingRow.Standing::memoryRank))
                .with(
                        "notRanked",
                        row.reasons().stream().map(Enum::name).collect(Collectors.joining(",")));
    }

    private static Line system(String scope, SystemRow row) {
        return Line.of("system")
                .with("scope", scope)
                .with("system", row.system().id().value())
                .with("code", row.system().code())
                .with("name", row.system().name())
                .with("unit", row.unit().value())
                .with("hosts", row.hosts())
                .with("measured", row.measuredHosts())
                .with("vcpu", row.vcpu())
                .with("coverage", row.coverage())
                .with("cpu", row.cpu())
                .with("memory", row.memory())
                .with("disk", row.disk());
    }

    private static Line city(String scope, CityRow row) {
        return Line.of("city")
                .with("scope", scope)
                .with("city", row.city())
                .with("hosts", row.hosts())
                .with("vcpu", row.vcpu())
                .with("cpu", row.cpu())
                .with("memory", row.memory())
                .with("disk", row.disk())
                .with("overall", row.overall())
                .with("overallRank", row.overallRank())
                .with("systems", row.systems())
                .with("systemsRank", row.systemsRank())
                .with("units", row.units())
                .with("unitsRank", row.unitsRank());
    }
}
