package io.yuntai.billing.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.reconciliation.Forecast.Backtest;
import io.yuntai.billing.reconciliation.Forecast.Exhausted;
import io.yuntai.billing.reconciliation.Forecast.Foreseen;
import io.yuntai.billing.reconciliation.Forecast.Growth;
import io.yuntai.billing.reconciliation.Forecast.NotEnoughHistory;
import io.yuntai.billing.reconciliation.Forecast.NotForeseen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Figures of the examples were worked out by a script in another language, with exact fractions.
 */
class ForecastTest {

    private static final LocalDate UNTIL = LocalDate.of(2026, 10, 31);

    @Test
    void evenGrowthIsForeseenToTheDayAndWithoutError() {
        // 810 free, 10 a week: 81 weeks.
        var forecast = of(1000, LongStream.range(0, 10).map(week -> 100 + 10 * week).toArray());
        var on = LocalDate.of(2028, 5, 20);
        assertThat(forecast.outcome())
                .isEqualTo(new Foreseen(new Growth(10, 10, 10), on, on, Optional.of(on)));
        assertThat(forecast.error()).contains(new Backtest(new BigDecimal("0.00"), 3));
        assertThat(forecast.taken()).isEqualTo(190);
    }

    @Test
    void oneLargeOrderThatIsReturnedBendsNothingAndTheErrorSaysSo() {
        var forecast =
                of(1000, 100, 112, 118, 133, 139, 150, 149, 171, 300, 190, 203, 211, 219, 232);
        // 10.11 a week, between 9.73 and 10.5.
        assertThat(forecast.outcome())
                .isEqualTo(
                        new Foreseen(
                                new Growth(10, 10, 11),
                                LocalDate.of(2028, 4, 15),
                                LocalDate.of(2028, 3, 26),
                                Optional.of(LocalDate.of(2028, 5, 6))));
        assertThat(forecast.error()).contains(new Backtest(new BigDecimal("15.59"), 7));
    }

    @Test
    void whatGoesUpAndDownMayLastForEver() {
        var forecast = of(120, 100, 90, 110, 95, 105, 92, 108, 100);
        assertThat(forecast.outcome())
                .isEqualTo(
                        new Foreseen(
                                new Growth(1, -2, 4),
                                LocalDate.of(2027, 4, 9),
                                LocalDate.of(2026, 12, 3),
                                Optional.empty()));
        assertThat(forecast.error()).contains(new Backtest(new BigDecimal("3.33"), 1));
    }

    @Test
    void whatStandsStillOrFallsIsNotForeseenToEnd() {
        assertThat(of(1000, 5, 5, 5, 5, 5, 5, 5, 5).outcome())
                .isEqualTo(new NotForeseen(new Growth(0, 0, 0), Optional.empty()));
        assertThat(of(1000, 200, 190, 180, 170, 160, 150, 140, 130).outcome())
                .isEqualTo(new NotForeseen(new Growth(-10, -10, -10), Optional.empty()));
        assertThat(of(1000, 0, 0, 0, 0, 0, 0, 0, 0).error()).isEmpty();
    }

    @Test
    void whatWillTakeMoreThanFiveYearsIsNotForeseen() {
        // 1 a week; 260 weeks are 1,820 days, 261 are 1,827 of 1,825.
        assertThat(of(268, 1, 2, 3, 4, 5, 6, 7, 8).outcome()).isInstanceOf(Foreseen.class);
        assertThat(of(269, 1, 2, 3, 4, 5, 6, 7, 8).outcome()).isInstanceOf(NotForeseen.class);
    }

    @Test
    void nothingIsSaidOfFewerThanEightWeeks() {
        var forecast = of(1000, 1, 2, 3, 4, 5, 6, 7);
        assertThat(forecast.outcome()).isEqualTo(new NotEnoughHistory());
        assertThat(forecast.weeks()).isEqualTo(7);
        assertThat(forecast.error()).isEmpty();
        assertThat(of(100, 1, 2, 3, 4, 5, 6, 7, 8).outcome()).isInstanceOf(Foreseen.class);
        assertThat(of(1000).outcome()).isEqualTo(new NotEnoughHistory());
    }

    @Test
    void aFullPoolIsExhaustedHoweverLittleIsKnown() {
        assertThat(of(7, 7).outcome()).isEqualTo(new Exhausted());
        assertThat(of(7, 9).outcome()).isEqualTo(new Exhausted());
        assertThat(of(0).outcome()).isEqualTo(new Exhausted());
    }

    @Test
    void theOrderOfWeeksAloneDecidesAndBytesDoNotOverflow() {
        long tib = 1L << 40;
        var up =
                of(
                        4000 * tib,
                        LongStream.rangeClosed(1, 26).map(week -> week * 100 * tib).toArray());
        assertThat(up.outcome())
                .isInstanceOfSatisfying(
                        Foreseen.class,
                        it -> {
                            assertThat(it.growth().perWeek()).isEqualTo(100 * tib);
                            assertThat(it.on()).isEqualTo(UNTIL.plusDays(14 * 7));
                        });
    }

    private static Forecast of(long capacity, long... weekly) {
        List<Long> values = Arrays.stream(weekly).boxed().toList();
        return Forecast.of(new TakenHistory("p", "cpuMillis", capacity, UNTIL, values));
    }
}
