package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.billing.reconciliation.Forecast;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When a pool will be used up, by the growth of the last weeks; amounts are in base units.
 *
 * @param taken what is locked for orders included
 * @param weeks how many weeks it was made from
 * @param method how: {@code theil-sen}
 * @param growth a week's, with its interval of 95 %
 * @param on {@code FORESEEN} only
 * @param earliest at the upper end of the interval; empty: not within five years
 * @param latest at the lower end, likewise
 * @param error how far the method was off for what is past; empty: too little to try it on
 */
@Schema(name = "Forecast")
record ForecastView(
        String pool,
        String resource,
        long capacity,
        long taken,
        int weeks,
        String method,
        Outcome outcome,
        Optional<GrowthView> growth,
        Optional<LocalDate> on,
        Optional<LocalDate> earliest,
        Optional<LocalDate> latest,
        Optional<ErrorView> error) {

    /** What comes of it. */
    @Schema(name = "ForecastOutcome", enumAsRef = true)
    enum Outcome {
        NOT_ENOUGH_HISTORY,
        EXHAUSTED,
        NOT_FORESEEN,
        FORESEEN
    }

    @Schema(name = "ForecastGrowth")
    record GrowthView(long perWeek, long low, long high) {

        static GrowthView of(Forecast.Growth growth) {
            return new GrowthView(growth.perWeek(), growth.low(), growth.high());
        }
    }

    /**
     * The mean absolute error of forecasts for four weeks ahead.
     *
     * @param percent of what came
     * @param forecasts how many there were
     */
    @Schema(name = "ForecastError")
    record ErrorView(String percent, int forecasts) {}

    static ForecastView of(Forecast forecast) {
        return switch (forecast.outcome()) {
            case Forecast.NotEnoughHistory _ ->
                    view(forecast, Outcome.NOT_ENOUGH_HISTORY, none(), none(), none(), none());
            case Forecast.Exhausted _ ->
                    view(forecast, Outcome.EXHAUSTED, none(), none(), none(), none());
            case Forecast.NotForeseen it ->
                    view(
                            forecast,
                            Outcome.NOT_FORESEEN,
                            Optional.of(it.growth()),
                            none(),
                            it.earliest(),
                            none());
            case Forecast.Foreseen it ->
                    view(
                            forecast,
                            Outcome.FORESEEN,
                            Optional.of(it.growth()),
                            Optional.of(it.on()),
                            Optional.of(it.earliest()),
                            it.latest());
        };
    }

    private static ForecastView view(
            Forecast forecast,
            Outcome outcome,
            Optional<Forecast.Growth> growth,
            Optional<LocalDate> on,
            Optional<LocalDate> earliest,
            Optional<LocalDate> latest) {
        return new ForecastView(
                forecast.pool(),
                forecast.resource(),
                forecast.capacity(),
                forecast.taken(),
                forecast.weeks(),
                Forecast.METHOD,
                outcome,
                growth.map(GrowthView::of),
                on,
                earliest,
                latest,
                forecast.error()
                        .map(error ->
                                new ErrorView(error.percent().toPlainString(), error.forecasts())));
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }
}
