package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.toMap;

import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A past month as it is, beside what it would be under another policy.
 *
 * @param policyThen under which it was ranked
 * @param rows every unit with resources, by its place now, those without one last
 */
public record PolicyTrial(
        YearMonth month,
        String pool,
        RankingPolicy policyThen,
        RankingPolicy policy,
        List<Row> rows) {

    /** A unit in both; {@code then} is what stands. */
    public record Row(PartyId unit, String code, String name, Outcome then, Outcome now) {

        /** Whether it would have another place or grade, or be ranked only in one of them. */
        public boolean changes() {
            return !then.rank().equals(now.rank()) || !then.grade().equals(now.grade());
        }
    }

    /**
     * How many units have a grade.
     *
     * @param grade empty: they are not ranked
     */
    public record Count(Optional<Grade> grade, int then, int now) {}

    /**
     * What comes out for a unit.
     *
     * @param score and {@code grade} and {@code rank}: empty exactly if there are reasons
     */
    public record Outcome(
            Optional<BigDecimal> score,
            Optional<Grade> grade,
            Optional<Integer> rank,
            List<Reason> reasons) {

        static Outcome of(RankingRow row, RankingPolicy policy) {
            return new Outcome(
                    row.standing().map(RankingRow.Standing::score),
                    row.standing().map(standing -> policy.grade(standing.score())),
                    row.standing().map(RankingRow.Standing::scoreRank),
                    row.reasons());
        }
    }

    public PolicyTrial {
        rows = List.copyOf(rows);
    }

    /** Of how many units something else would come out. */
    public int changed() {
        return (int) rows.stream().filter(Row::changes).count();
    }

    /** Of each grade, and of those that are not ranked. */
    public List<Count> counts() {
        return Stream.concat(
                        Arrays.stream(Grade.values()).map(Optional::of),
                        Stream.of(Optional.<Grade>empty()))
                .map(grade -> new Count(grade, count(grade, Row::then), count(grade, Row::now)))
                .toList();
    }

    private int count(Optional<Grade> grade, Function<Row, Outcome> of) {
        return (int) rows.stream().filter(row -> of.apply(row).grade().equals(grade)).count();
    }

    static PolicyTrial of(MonthRanking then, MonthFigures.Scope now, RankingPolicy policy) {
        var before =
                Stream.concat(
                                then.ranked().stream().map(MonthRanking.Place::row),
                                then.notRanked().stream())
                        .collect(toMap(RankingRow::unit, row -> row));
        return new PolicyTrial(
                then.month(),
                then.pool(),
                then.policy(),
                policy,
                now.rows().stream()
                        .sorted(
                                Comparator.comparing((RankingRow row) ->
                                                row.standing()
                                                        .map(RankingRow.Standing::scoreRank)
                                                        .orElse(Integer.MAX_VALUE))
                                        .thenComparing(RankingRow::code))
                        .map(row ->
                                new Row(
                                        row.unit(),
                                        row.code(),
                                        row.name(),
                                        Optional.ofNullable(before.get(row.unit()))
                                                .map(old -> Outcome.of(old, then.policy()))
                                                .orElseGet(() ->
                                                        new Outcome(
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                List.of())),
                                        Outcome.of(row, policy)))
                        .toList());
    }
}
