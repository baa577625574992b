package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.toMap;

import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A board beside that of an earlier month. Only those who are ranked in both are compared, and both
 * boards are ranked anew among them: who is new or gone moves nobody.
 *
 * @param state why there are rows, or none
 * @param rows in the order of the later board
 */
public record Comparison(
        YearMonth month, YearMonth earlier, Board board, State state, List<Row> rows) {

    public enum State {
        COMPARED,
        /** The earlier month has no such board. */
        NO_EARLIER,
        /** The policy or our rules changed in between: the figures do not mean the same. */
        NOT_COMPARABLE
    }

    /**
     * A unit in both.
     *
     * @param points the later value less the earlier
     * @param rank among those in both, now; {@code earlierRank} likewise then
     */
    public record Row(
            PartyId unit,
            String code,
            String name,
            BigDecimal value,
            BigDecimal earlierValue,
            BigDecimal points,
            int rank,
            int earlierRank) {}

    public Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * Compares.
     *
     * @param then the board of the earlier month; empty: there is none
     */
    public static Comparison of(MonthRanking now, YearMonth earlier, Optional<MonthRanking> then) {
        if (then.isEmpty()) {
            return new Comparison(now.month(), earlier, now.board(), State.NO_EARLIER, List.of());
        }
        if (!then.get().policy().id().equals(now.policy().id())
                || !then.get().rules().isComparableWith(now.rules())) {
            return new Comparison(
                    now.month(), earlier, now.board(), State.NOT_COMPARABLE, List.of());
        }
        var before = byUnit(then.get());
        var common =
                now.ranked().stream()
                        .map(MonthRanking.Place::row)
                        .filter(row -> before.containsKey(row.unit()))
                        .toList();
        var values = common.stream().map(row -> value(row, now.board())).toList();
        var earlierValues =
                common.stream()
                        .flatMap(row -> Optional.ofNullable(before.get(row.unit())).stream())
                        .map(row -> value(row, now.board()))
                        .toList();
        return new Comparison(
                now.month(),
                earlier,
                now.board(),
                State.COMPARED,
                common.stream()
                        .flatMap(row ->
                                Optional.ofNullable(before.get(row.unit())).stream()
                                        .map(old ->
                                                row(
                                                        row,
                                                        value(row, now.board()),
                                                        values,
                                                        value(old, now.board()),
                                                        earlierValues)))
                        .toList());
    }

    private static Row row(
            RankingRow row,
            BigDecimal value,
            List<BigDecimal> values,
            BigDecimal earlierValue,
            List<BigDecimal> earlierValues) {
        return new Row(
                row.unit(),
                row.code(),
                row.name(),
                value,
                earlierValue,
                value.subtract(earlierValue),
                Ranking.rank(value, values),
                Ranking.rank(earlierValue, earlierValues));
    }

    private static Map<PartyId, RankingRow> byUnit(MonthRanking ranking) {
        return ranking.ranked().stream()
                .map(MonthRanking.Place::row)
                .collect(toMap(RankingRow::unit, Function.identity()));
    }

    private static BigDecimal value(RankingRow row, Board board) {
        return switch (board) {
            case SCORE -> row.standing().orElseThrow().score();
            case CPU -> row.figures().cpu().orElseThrow();
            case MEMORY -> row.figures().memory().orElseThrow();
        };
    }
}
