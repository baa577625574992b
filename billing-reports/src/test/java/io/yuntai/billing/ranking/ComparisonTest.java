package io.yuntai.billing.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

    @Test
    void onlyThoseRankedInBothAreComparedAndBothAreRankedAnewAmongThem() {
        var then =
                board(SEPTEMBER, Usages.POLICY, unit("A", "30"), unit("B", "20"), unit("X", "90"));
        var now = board(OCTOBER, Usages.POLICY, unit("A", "25"), unit("B", "28"), unit("Y", "99"));
        var compared = Comparison.of(now, SEPTEMBER, Optional.of(then));
        assertThat(compared.state()).isEqualTo(Comparison.State.COMPARED);
        assertThat(compared.rows())
                .extracting(
                        Comparison.Row::code,
                        Comparison.Row::rank,
                        Comparison.Row::earlierRank,
                        row -> row.points().toPlainString())
                .containsExactly(tuple("B", 1, 2, "8.00"), tuple("A", 2, 1, "-5.00"));
    }

    @Test
    void overAChangeOfPolicyNothingIsComparable() {
        var other =
                new RankingPolicy(
                        "other-2",
                        LocalDate.of(2026, 10, 1),
                        "文号",
                        "局",
                        Usages.POLICY.cpu(),
                        Usages.POLICY.memory(),
                        Usages.POLICY.disk(),
                        Usages.POLICY.weights(),
                        Usages.POLICY.excess(),
                        Usages.POLICY.grades(),
                        Usages.POLICY.evidence(),
                        Usages.POLICY.idle());
        var compared =
                Comparison.of(
                        board(OCTOBER, other, unit("A", "25")),
                        SEPTEMBER,
                        Optional.of(board(SEPTEMBER, Usages.POLICY, unit("A", "30"))));
        assertThat(compared.state()).isEqualTo(Comparison.State.NOT_COMPARABLE);
        assertThat(compared.rows()).isEmpty();
    }

    /** The last rules changed what is said of deliveries, and no board. */
    @ParameterizedTest
    @CsvSource({
        "MEMORY_IN_ALL_HOURS, DELIVERED_WHAT_CAME, NOT_COMPARABLE",
        "MEMORY_IN_ENOUGH_HOURS, HOSTS_ONCE, NOT_COMPARABLE",
        "MEMORY_IN_ALL_HOURS, MEMORY_IN_ENOUGH_HOURS, NOT_COMPARABLE",
        "HOSTS_ONCE, DELIVERED_WHAT_CAME, COMPARED",
        "MEMORY_IN_ALL_HOURS, MEMORY_IN_ALL_HOURS, COMPARED",
    })
    void overAChangeOfRulesNothingIsComparable(Rules then, Rules now, Comparison.State state) {
        assertThat(
                        Comparison.of(
                                        board(OCTOBER, Usages.POLICY, now, unit("A", "25")),
                                        SEPTEMBER,
                                        Optional.of(
                                                board(
                                                        SEPTEMBER,
                                                        Usages.POLICY,
                                                        then,
                                                        unit("A", "30"))))
                                .state())
                .isEqualTo(state);
    }

    @Test
    void withoutAnEarlierMonthThereIsNone() {
        assertThat(
                        Comparison.of(
                                        board(OCTOBER, Usages.POLICY, unit("A", "25")),
                                        SEPTEMBER,
                                        Optional.empty())
                                .state())
                .isEqualTo(Comparison.State.NO_EARLIER);
    }

    @Test
    void theLowestTwentyTakeInWhoeverTiesWithTheTwentieth() {
        var units =
                IntStream.range(0, 30)
                        .mapToObj(i ->
                                unit(
                                        "U%02d".formatted(i),
                                        i < 8 ? "29" : i < 12 ? "20" : "1" + i % 10))
                        .toArray(UnitUsage[]::new);
        var board = board(OCTOBER, Usages.POLICY, units);
        var lowest = board.lowest(20);
        // Eighteen under 20 %, and four that share the place of the nineteenth and twentieth.
        assertThat(lowest).hasSize(22);
        assertThat(lowest.getLast().rank()).isEqualTo(9);
        assertThat(board.top(9)).hasSize(12);
        assertThat(board.top(8)).hasSize(8);
        assertThat(board.lowest(100)).hasSize(30);
        assertThat(board.lowest(0)).isEmpty();
    }

    private static UnitUsage unit(String code, String cpu) {
        return Usages.unit(code).cpu(cpu).build();
    }

    private static MonthRanking board(YearMonth month, RankingPolicy policy, UnitUsage... units) {
        return board(month, policy, Rules.LATEST, units);
    }

    private static MonthRanking board(
            YearMonth month, RankingPolicy policy, Rules rules, UnitUsage... units) {
        return MonthRanking.of(
                month,
                Board.CPU,
                Scopes.ALL,
                policy,
                rules,
                Instant.parse("2026-11-02T01:00:00Z"),
                PoolTotal.of(List.of(units), policy),
                Ranking.of(List.of(units), policy));
    }
}
