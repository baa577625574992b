package io.yuntai.billing.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * When a pool will be used up if it goes on as it did: what is free now, divided by the Theil-Sen
 * slope of what was taken at the end of each of the last {@value #MOST_WEEKS} weeks. An estimate;
 * its error is said beside it: the interval of the slope, and how far the same method was off when
 * it was asked for the past.
 *
 * @param taken at the end of the last week, in base units, what was locked included
 * @param weeks how many values there are
 * @param error empty: too few values to try the method on
 */
public record Forecast(
        String pool,
        String resource,
        long capacity,
        long taken,
        int weeks,
        Outcome outcome,
        Optional<Backtest> error) {

    /** How many weeks are looked back upon. */
    public static final int MOST_WEEKS = 26;

    /** With fewer values nothing is said. */
    public static final int LEAST_WEEKS = 8;

    /** The name of the method, as it is printed. */
    public static final String METHOD = "theil-sen";

    private static final int DAYS_OF_WEEK = 7;
    private static final int HORIZON_DAYS = 5 * 365;
    private static final int AHEAD = 4;
    private static final int FIRST_FIT = 4;

    /** What comes of it. */
    public sealed interface Outcome {}

    /** Fewer than {@value #LEAST_WEEKS} weeks are known. */
    public record NotEnoughHistory() implements Outcome {}

    /** Nothing is free any more. */
    public record Exhausted() implements Outcome {}

    /**
     * Not within five years: use stands still, falls, or grows too slowly.
     *
     * @param earliest the day on which it is used up at the upper end of the interval
     */
    public record NotForeseen(Growth growth, Optional<LocalDate> earliest) implements Outcome {}

    /**
     * It is.
     *
     * @param on the day
     * @param earliest the day at the upper end of the interval of the slope
     * @param latest the day at the lower end; empty: not within five years
     */
    public record Foreseen(
            Growth growth, LocalDate on, LocalDate earliest, Optional<LocalDate> latest)
            implements Outcome {}

    /** A week's growth in base units, with the ends of its interval of 95 %. */
    public record Growth(long perWeek, long low, long high) {}

    /**
     * How far the method was off when it was asked for what is past.
     *
     * @param percent the mean absolute error of forecasts for four weeks ahead, percent of what
     *     came, two decimals
     * @param forecasts how many there were
     */
    public record Backtest(BigDecimal percent, int forecasts) {}

    /** Makes a forecast. Pure: the same history gives the same. */
    public static Forecast of(TakenHistory history) {
        var weekly = history.weekly();
        long taken = weekly.isEmpty() ? 0 : weekly.getLast();
        return new Forecast(
                history.pool(),
                history.resource(),
                history.capacity(),
                taken,
                weekly.size(),
                outcome(history, taken),
                backtest(weekly));
    }

    private static Outcome outcome(TakenHistory history, long taken) {
        long free = history.capacity() - taken;
        if (free <= 0) {
            return new Exhausted();
        }
        if (history.weekly().size() < LEAST_WEEKS) {
            return new NotEnoughHistory();
        }
        var trend = Trend.of(history.weekly());
        var growth =
                new Growth(
                        Math.round(trend.slope()),
                        Math.round(trend.low()),
                        Math.round(trend.high()));
        var earliest = day(history.until(), free, trend.high());
        return day(history.until(), free, trend.slope())
                .<Outcome>map(on ->
                        new Foreseen(
                                growth,
                                on,
                                earliest.orElse(on),
                                day(history.until(), free, trend.low())))
                .orElseGet(() -> new NotForeseen(growth, earliest));
    }

    private static Optional<LocalDate> day(LocalDate from, long free, double slope) {
        if (slope <= 0) {
            return Optional.empty();
        }
        double days = Math.ceil(free / slope * DAYS_OF_WEEK);
        return days > HORIZON_DAYS ? Optional.empty() : Optional.of(from.plusDays((long) days));
    }

    private static Optional<Backtest> backtest(List<Long> weekly) {
        if (weekly.size() < LEAST_WEEKS) {
            return Optional.empty();
        }
        double sum = 0;
        int forecasts = 0;
        for (int fit = FIRST_FIT; fit + AHEAD <= weekly.size(); fit++) {
            var known = weekly.subList(0, fit);
            long came = weekly.get(fit + AHEAD - 1);
            if (came > 0) {
                double said = known.getLast() + AHEAD * Trend.of(known).slope();
                sum += Math.abs(said - came) / came;
                forecasts++;
            }
        }
        return forecasts == 0
                ? Optional.empty()
                : Optional.of(
                        new Backtest(
                                BigDecimal.valueOf(100 * sum / forecasts)
                                        .setScale(2, RoundingMode.HALF_UP),
                                forecasts));
    }
}
