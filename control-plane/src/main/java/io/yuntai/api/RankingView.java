package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.ranking.Band;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Grade;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.RankedMonth;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Reason;
import io.yuntai.billing.ranking.ScoreParts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A month's board as it is shown. Decimals are texts, digit for digit as they are stored: a number
 * in JSON may lose its last one.
 */
record RankingView(
        String month,
        Board board,
        String pool,
        OfPolicy policy,
        Instant computedAt,
        Summary summary,
        List<Ranked> ranked,
        List<NotRanked> notRanked,
        int excludedHosts) {

    /**
     * A month that has a ranking; {@code version}: the last published one, null: it is not frozen.
     */
    record OfMonth(
            String month,
            int ranked,
            int notRanked,
            Instant computedAt,
            Optional<Integer> version) {

        static OfMonth of(RankedMonth ranked) {
            return new OfMonth(
                    ranked.month().toString(),
                    ranked.ranked(),
                    ranked.notRanked(),
                    ranked.computedAt(),
                    ranked.version());
        }
    }

    record Months(List<OfMonth> items) {}

    /**
     * Under what it was ranked.
     *
     * @param evidence what it takes to be ranked, for the reasons name its numbers
     * @param idle the limits that all four figures of an idle host are under
     */
    record OfPolicy(
            String id, String basis, RankingPolicy.Evidence evidence, RankingPolicy.Idle idle) {

        static OfPolicy of(RankingPolicy policy) {
            return new OfPolicy(policy.id(), policy.basis(), policy.evidence(), policy.idle());
        }
    }

    @Schema(name = "RankingUnit")
    record OfUnit(UUID id, String code, String name) {

        static OfUnit of(PartyId id, RankingRow row) {
            return new OfUnit(id.value(), row.code(), row.name());
        }
    }

    /**
     * Over every unit of the pool, ranked or not; percentages are empty where not measured. Of
     * {@code unmeasuredHosts} nothing counts, for too few of their hours are valid; those excluded
     * by rule are apart.
     */
    record Summary(
            int units,
            int ranked,
            int notRanked,
            int hosts,
            int measuredHosts,
            int unmeasuredHosts,
            long vcpu,
            Optional<String> cpuPercent,
            Optional<String> memoryPercent,
            Optional<String> diskPercent,
            Optional<String> idleShare) {}

    /**
     * {@code cpu}, {@code memory}, {@code disk}, {@code cpuP95}, {@code cpuPeak}, {@code coverage}
     * in percent; {@code cpuPeak}, the highest hour, is null in months ranked before it was kept;
     * {@code region}, GB/T 2260, is where the unit lay.
     */
    record Ranked(
            int rank,
            boolean tied,
            OfUnit unit,
            String region,
            String score,
            Grade grade,
            String cpu,
            String memory,
            String disk,
            String idleShare,
            String cpuP95,
            Optional<String> cpuPeak,
            String coverage,
            int hosts,
            int measuredHosts,
            long vcpu,
            Band cpuBand,
            Band memoryBand,
            Optional<Parts> parts) {}

    /** What each part gives of the score, in points. */
    @Schema(name = "ScoreParts")
    record Parts(String cpu, String memory, String disk, String idle) {

        static Parts of(ScoreParts parts) {
            return new Parts(
                    parts.cpu().toPlainString(),
                    parts.memory().toPlainString(),
                    parts.disk().toPlainString(),
                    parts.idle().toPlainString());
        }
    }

    /** With what was measured all the same; {@code cpu} and {@code memory} in percent. */
    record NotRanked(
            OfUnit unit,
            String region,
            List<Reason> reasons,
            int hosts,
            int measuredHosts,
            long vcpu,
            String coverage,
            Optional<String> cpu,
            Optional<String> memory,
            Optional<String> disk) {}

    static RankingView of(MonthRanking ranking) {
        return new RankingView(
                ranking.month().toString(),
                ranking.board(),
                ranking.pool(),
                OfPolicy.of(ranking.policy()),
                ranking.computedAt(),
                summary(ranking),
                ranking.ranked().stream().map(RankingView::ranked).toList(),
                ranking.notRanked().stream().map(RankingView::notRanked).toList(),
                ranking.total().excludedHosts());
    }

    private static Summary summary(MonthRanking ranking) {
        var total = ranking.total();
        int ranked = ranking.ranked().size();
        int notRanked = ranking.notRanked().size();
        return new Summary(
                ranked + notRanked,
                ranked,
                notRanked,
                total.hosts(),
                total.measuredHosts(),
                total.hosts() - total.measuredHosts() - total.excludedHosts(),
                total.vcpu(),
                total.cpu().map(BigDecimal::toPlainString),
                total.memory().map(BigDecimal::toPlainString),
                total.disk().map(BigDecimal::toPlainString),
                total.idleShare().map(BigDecimal::toPlainString));
    }

    static Ranked ranked(MonthRanking.Place place) {
        var row = place.row();
        var figures = row.figures();
        return new Ranked(
                place.rank(),
                place.tied(),
                OfUnit.of(row.unit(), row),
                row.region(),
                text(row.standing().map(RankingRow.Standing::score)),
                place.grade(),
                text(figures.cpu()),
                text(figures.memory()),
                text(figures.disk()),
                text(figures.idleShare()),
                text(figures.cpuP95()),
                figures.cpuPeak().map(BigDecimal::toPlainString),
                figures.coverage().toPlainString(),
                row.hosts(),
                row.measuredHosts(),
                row.vcpu(),
                place.cpuBand(),
                place.memoryBand(),
                row.parts().map(Parts::of));
    }

    private static NotRanked notRanked(RankingRow row) {
        return new NotRanked(
                OfUnit.of(row.unit(), row),
                row.region(),
                row.reasons(),
                row.hosts(),
                row.measuredHosts(),
                row.vcpu(),
                row.figures().coverage().toPlainString(),
                row.figures().cpu().map(BigDecimal::toPlainString),
                row.figures().memory().map(BigDecimal::toPlainString),
                row.figures().disk().map(BigDecimal::toPlainString));
    }

    /** Whoever is ranked has every figure: the database says so too. */
    private static String text(Optional<BigDecimal> figure) {
        return figure.orElseThrow().toPlainString();
    }
}
