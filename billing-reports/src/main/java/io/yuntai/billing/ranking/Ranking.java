package io.yuntai.billing.ranking;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes rows with places out of what units used. Pure: the same input gives the same rows, in
 * whatever order it comes.
 */
final class Ranking {

    private record Judged(
            UnitUsage usage, Figures figures, Optional<Score> exact, List<Reason> reasons) {

        Optional<BigDecimal> score() {
            return exact.map(Score::rounded);
        }
    }

    private Ranking() {}

    /** Ranks the units of one pool, or of all pools together. Sorted by code. */
    static List<RankingRow> of(List<UnitUsage> units, RankingPolicy policy) {
        var judged = units.stream().map(unit -> judge(unit, policy)).toList();
        var scores = judged.stream().flatMap(unit -> unit.score().stream()).toList();
        var ranked = judged.stream().filter(unit -> unit.score().isPresent()).toList();
        var cpus = ranked.stream().flatMap(unit -> unit.figures().cpu().stream()).toList();
        var memories = ranked.stream().flatMap(unit -> unit.figures().memory().stream()).toList();
        return judged.stream()
                .sorted(comparing(unit -> unit.usage().unit().code()))
                .map(unit ->
                        row(
                                unit,
                                unit.score()
                                        .map(score ->
                                                new RankingRow.Standing(
                                                        score,
                                                        rank(score, scores),
                                                        rank(cpu(unit), cpus),
                                                        rank(memory(unit), memories)))))
                .toList();
    }

    /** One more than how many are better, so that equals share a place: 1, 2, 2, 4. */
    static int rank(BigDecimal value, List<BigDecimal> all) {
        return 1 + (int) all.stream().filter(other -> other.compareTo(value) > 0).count();
    }

    /** By place; inside a tie by CPU, the higher first, then by code. */
    static List<RankingRow> inOrder(List<RankingRow> rows, Board board) {
        return rows.stream()
                .filter(row -> row.standing().isPresent())
                .sorted(
                        comparingInt((RankingRow row) -> row.standing().orElseThrow().rank(board))
                                .thenComparing(
                                        row -> row.figures().cpu().orElseThrow(), reverseOrder())
                                .thenComparing(RankingRow::code))
                .toList();
    }

    private static Judged judge(UnitUsage usage, RankingPolicy policy) {
        var figures = Figures.of(usage, policy);
        var least = policy.evidence().coverage();
        var cpu = usage.cpu().percent(least);
        var memory = usage.memory().percent(least);
        var disk = usage.disk().percent(least);
        var idle = Figures.share(usage.idleVcpuHours(), usage.measuredVcpuHours());
        boolean complete =
                cpu.isPresent() && memory.isPresent() && disk.isPresent() && idle.isPresent();
        var reasons = reasons(usage, figures, policy, complete);
        var score =
                reasons.isEmpty()
                        ? Optional.of(
                                Score.of(
                                        policy,
                                        cpu.orElseThrow(),
                                        memory.orElseThrow(),
                                        disk.orElseThrow(),
                                        idle.orElseThrow()))
                        : Optional.<Score>empty();
        return new Judged(usage, figures, score, reasons);
    }

    private static List<Reason> reasons(
            UnitUsage usage, Figures figures, RankingPolicy policy, boolean complete) {
        var reasons = new ArrayList<Reason>();
        if (usage.measuredHosts() < policy.evidence().leastHosts()) {
            reasons.add(Reason.FEWER_THAN_3_HOSTS);
        }
        if (usage.measuredVcpu() < policy.evidence().leastVcpu()) {
            reasons.add(Reason.UNDER_8_VCPU);
        }
        if (figures.coverage().compareTo(policy.evidence().coverage()) < 0) {
            reasons.add(Reason.UNDER_80_PERCENT_COVERAGE);
        }
        if (!complete || usage.hourly().isEmpty()) {
            reasons.add(Reason.INSUFFICIENT_DATA);
        }
        return List.copyOf(reasons);
    }

    private static RankingRow row(Judged unit, Optional<RankingRow.Standing> standing) {
        var usage = unit.usage();
        return new RankingRow(
                usage.unit().id(),
                usage.unit().code(),
                usage.unit().name(),
                usage.unit().region(),
                usage.hosts(),
                usage.measuredHosts(),
                usage.excludedHosts(),
                usage.vcpu(),
                unit.figures(),
                standing,
                unit.exact().map(Score::parts),
                unit.reasons());
    }

    private static BigDecimal cpu(Judged unit) {
        return unit.figures().cpu().orElseThrow();
    }

    private static BigDecimal memory(Judged unit) {
        return unit.figures().memory().orElseThrow();
    }
}
