package io.yuntai.metering;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.onboarding.instant.UnitRecords;
import io.yuntai.onboarding.reclaim.ReclaimDeadlines;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What billing knows of units, for the rules of instant approval. A ranking is of a month and stays
 * what it is; it is as old as the meter behind it, which says whether anybody still measures.
 */
@Component
class UnitsOfBilling implements UnitRecords {

    private static final String EVERY_POOL = "all";

    private final Rankings rankings;
    private final Readings readings;
    private final ReclaimDeadlines reclaims;

    UnitsOfBilling(Rankings rankings, Readings readings, ReclaimDeadlines reclaims) {
        this.rankings = rankings;
        this.readings = readings;
        this.reclaims = reclaims;
    }

    @Override
    public Optional<Use> use(UnitId unit, Instant now) {
        var lastMonth = Period.monthOf(now).minusMonths(1);
        return rankings.of(lastMonth, Board.SCORE, EVERY_POOL)
                .flatMap(ranking -> use(unit, ranking, readings.readUpTo(now)));
    }

    private static Optional<Use> use(UnitId unit, MonthRanking ranking, Instant at) {
        var ranked = ranking.ranked().stream().filter(place -> isOf(place.row(), unit)).findAny();
        if (ranked.isPresent()) {
            var place = ranked.get();
            double score = place.row().standing().orElseThrow().score().doubleValue();
            return Optional.of(new Use(Optional.of(new Standing(place.grade().name(), score)), at));
        }
        return ranking.notRanked().stream()
                .filter(row -> isOf(row, unit))
                .findAny()
                .map(_ -> new Use(Optional.empty(), at));
    }

    private static boolean isOf(RankingRow row, UnitId unit) {
        return row.unit().value().equals(unit.value());
    }

    /** Billing says what is wasted; who is late with giving it back, the orders say. */
    @Override
    public boolean isReclaimOverdue(UnitId unit, Instant now) {
        return reclaims.isOverdue(unit, now);
    }
}
