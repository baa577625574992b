package io.yuntai.billing.ranking;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An hour of a unit: the processors of all its measured hosts together.
 *
 * @param hosts whose hour is valid
 * @param cpu processor time in ms: used, and what there was
 * @param percent two decimals, HALF_UP
 * @param isP95 whether it is the nearest rank of the 95th percentile: 95 % of the hours are no
 *     higher
 * @param isPeak whether it is the highest
 */
public record UnitHour(
        Instant hour, int hosts, Use cpu, BigDecimal percent, boolean isP95, boolean isPeak) {

    private static final Comparator<UnitHour> RISING =
            Comparator.comparing(UnitHour::percent).thenComparing(UnitHour::hour);

    static UnitHour of(Instant hour, int hosts, Use cpu) {
        var percent = Figures.percent(cpu.used(), cpu.allocated()).orElse(Ratio.ZERO).rounded(2);
        return new UnitHour(hour, hosts, cpu, percent, false, false);
    }

    /**
     * Marks the two that a ranking speaks of. Of hours that are as high as each other the earlier
     * one ranks lower.
     *
     * @return in the order of time
     */
    static List<UnitHour> marked(List<UnitHour> hours) {
        var rising = new ArrayList<>(hours);
        rising.sort(RISING);
        int count = rising.size();
        // The nearest rank of 95 %: rounded up.
        int p95 = (95 * count + 99) / 100;
        for (int rank = 1; rank <= count; rank++) {
            var one = rising.get(rank - 1);
            rising.set(
                    rank - 1,
                    new UnitHour(
                            one.hour, one.hosts, one.cpu, one.percent, rank == p95, rank == count));
        }
        rising.sort(Comparator.comparing(UnitHour::hour));
        return List.copyOf(rising);
    }
}
