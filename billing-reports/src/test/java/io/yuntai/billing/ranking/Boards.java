package io.yuntai.billing.ranking;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/** Boards for the tests of other packages. */
public final class Boards {

    private Boards() {}

    /** Units of these names, the first ones ranked, the last one not. */
    public static MonthRanking of(String... names) {
        var units =
                Stream.of(names)
                        .map(name ->
                                Usages.unit(name)
                                        .hosts(name.equals(names[names.length - 1]) ? 2 : 3)
                                        .build())
                        .toList();
        return MonthRanking.of(
                YearMonth.of(2026, 10),
                Board.SCORE,
                Scopes.ALL,
                Usages.POLICY,
                Rules.LATEST,
                Instant.parse("2026-11-02T01:00:00Z"),
                PoolTotal.of(units, Usages.POLICY),
                List.copyOf(Ranking.of(units, Usages.POLICY)));
    }
}
