package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Fact;
import io.yuntai.billing.export.Block.Facts;
import io.yuntai.billing.export.Block.Prose;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.ranking.PoolTotal;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.report.FrozenReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A frozen report in the order in which it is printed: cover, basis, boards, tables, movement,
 * appendices. Made of nothing but what was frozen.
 */
final class ReportSections {

    private final FrozenReport frozen;
    private final ReportWords words;

    private ReportSections(FrozenReport frozen, ReportWords words) {
        this.frozen = frozen;
        this.words = words;
    }

    /** All parts; the first is the cover. */
    static List<Section> of(FrozenReport frozen, ReportWords words) {
        var report = new ReportSections(frozen, words);
        var sections = new ArrayList<Section>();
        sections.add(report.cover());
        sections.add(report.basis());
        sections.addAll(new BoardSections(frozen, words).all());
        sections.addAll(new SystemSections(frozen, words).all());
        sections.addAll(new MovementSections(frozen, words).all());
        sections.addAll(new AppendixSections(frozen, words).all());
        return sections;
    }

    static String title(FrozenReport frozen, ReportWords words) {
        return words.text("title", frozen.figures().month());
    }

    private Section cover() {
        var report = frozen.report();
        var month = report.month();
        var facts = new ArrayList<Fact>();
        facts.add(
                fact(
                        words.ofRanking("period"),
                        words.ofRanking(
                                "period.text", month.atDay(1), month.plusMonths(1).atDay(1))));
        facts.add(fact(words.text("version"), words.text("version.text", report.version())));
        facts.add(fact(words.text("frozenAt"), words.minute(report.frozenAt())));
        facts.add(fact(words.ofRanking("policy"), report.policy()));
        facts.add(fact(words.text("digest"), report.digest()));
        facts.add(fact(words.text("inputDigest"), report.inputDigest()));
        facts.add(fact(words.text("key"), report.key()));
        report.correction()
                .ifPresent(correction -> {
                    facts.add(fact(words.text("correction"), correction.reason()));
                    facts.add(
                            fact(
                                    words.text("correction.by"),
                                    words.text(
                                            "correction.people",
                                            correction.author().name(),
                                            correction.approver().name())));
                });
        return new Section(
                words.text("sheet.cover"),
                title(frozen, words),
                List.of(
                        new Facts(facts),
                        new Prose(List.of(words.text("verify", month, report.version())))));
    }

    private Section basis() {
        var policy = frozen.figures().policy();
        return new Section(
                words.text("sheet.basis"),
                words.text("title.basis"),
                List.of(
                        new Facts(
                                List.of(
                                        fact(words.ofRanking("policy"), policy.id()),
                                        fact(
                                                words.text("policy.effective"),
                                                policy.effectiveFrom().toString()),
                                        fact(words.ofRanking("policy.basis"), policy.basis()),
                                        fact(
                                                words.ofRanking("policy.approvedBy"),
                                                policy.approvedBy()))),
                        new Prose(rules(policy)),
                        coverage()));
    }

    private List<String> rules(RankingPolicy policy) {
        var evidence = policy.evidence();
        var idle = policy.idle();
        return List.of(
                words.text("rule.hosts"),
                words.ofRanking("rule.ratio"),
                words.ofRanking(
                        "rule.evidence",
                        evidence.validSamples(),
                        ReportWords.plain(evidence.coverage()),
                        evidence.confirmedDays()),
                words.ofRanking("rule.exempt"),
                words.ofRanking(
                        "rule.bands",
                        ReportWords.plain(policy.cpu().low()),
                        ReportWords.plain(policy.cpu().high()),
                        ReportWords.plain(policy.memory().low()),
                        ReportWords.plain(policy.memory().high())),
                words.ofRanking(
                        "rule.score",
                        ReportWords.plain(policy.weights().cpu()),
                        ReportWords.plain(policy.weights().memory()),
                        ReportWords.plain(policy.weights().disk()),
                        ReportWords.plain(policy.weights().idle())),
                words.ofRanking(
                        "rule.idle",
                        ReportWords.plain(idle.cpu()),
                        ReportWords.plain(idle.cpuP95()),
                        ReportWords.plain(idle.cpuPeak()),
                        ReportWords.plain(idle.memory())),
                words.text(
                        "rule.parts",
                        ReportWords.plain(policy.disk().low()),
                        ReportWords.plain(policy.disk().high()),
                        ReportWords.plain(policy.excess().slope()),
                        ReportWords.plain(policy.excess().floor())),
                words.ofRanking(
                        "rule.grades",
                        ReportWords.plain(policy.grades().a()),
                        ReportWords.plain(policy.grades().b()),
                        ReportWords.plain(policy.grades().c())),
                words.ofRanking("rule.ties"),
                words.text("rule.cities"),
                words.text(
                        "rule.notRanked",
                        evidence.leastHosts(),
                        evidence.leastVcpu(),
                        ReportWords.plain(evidence.coverage())));
    }

    private Table coverage() {
        var rows = new ArrayList<List<Object>>();
        for (var name : BoardSections.scopes(frozen.figures())) {
            var scope = Objects.requireNonNull(frozen.figures().scopes().get(name));
            long ranked = scope.rows().stream().filter(row -> row.standing().isPresent()).count();
            rows.add(row(name, scope.rows().size(), ranked, scope.total()));
        }
        return new Table(
                Optional.of(words.text("title.coverage")),
                List.of(
                        words.words("scope", 30),
                        words.figure("units", 9),
                        words.figure("ranked", 9),
                        words.figure("hosts", 9),
                        words.figure("measured", 9),
                        words.figure("unmeasured", 9),
                        words.figure("excluded", 9),
                        words.figure("vcpu", 10),
                        words.figure("cpu", 10),
                        words.figure("memory", 10),
                        words.figure("disk", 10),
                        words.figure("idle", 10)),
                rows,
                "");
    }

    private List<Object> row(String scope, int units, long ranked, PoolTotal total) {
        return List.of(
                words.scope(scope),
                units,
                ranked,
                total.hosts(),
                total.measuredHosts(),
                total.hosts() - total.measuredHosts() - total.excludedHosts(),
                total.excludedHosts(),
                total.vcpu(),
                total.cpu(),
                total.memory(),
                total.disk(),
                ReportWords.percent(total.idleShare()));
    }

    static Fact fact(String name, Object value) {
        return new Fact(name, value);
    }
}
