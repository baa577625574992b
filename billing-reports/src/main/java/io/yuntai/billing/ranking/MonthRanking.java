package io.yuntai.billing.ranking;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * A month's board. Ranked and not ranked together are all units that had resources.
 *
 * @param pool {@code all} or one pool
 * @param ranked in order of display
 * @param notRanked by code
 */
public record MonthRanking(
        YearMonth month,
        Board board,
        String pool,
        RankingPolicy policy,
        Instant computedAt,
        PoolTotal total,
        List<Place> ranked,
        List<RankingRow> notRanked) {

    /**
     * A ranked unit.
     *
     * @param rank on this board
     * @param tied another unit has the same rank
     */
    public record Place(
            int rank, boolean tied, RankingRow row, Grade grade, Band cpuBand, Band memoryBand) {}

    public MonthRanking {
        ranked = List.copyOf(ranked);
        notRanked = List.copyOf(notRanked);
    }

    static MonthRanking of(
            YearMonth month,
            Board board,
            String pool,
            RankingPolicy policy,
            Instant computedAt,
            PoolTotal total,
            List<RankingRow> rows) {
        var inOrder = Ranking.inOrder(rows, board);
        var ranks = inOrder.stream().map(row -> row.standing().orElseThrow().rank(board)).toList();
        return new MonthRanking(
                month,
                board,
                pool,
                policy,
                computedAt,
                total,
                inOrder.stream()
                        .map(row -> {
                            int rank = row.standing().orElseThrow().rank(board);
                            boolean tied = ranks.indexOf(rank) != ranks.lastIndexOf(rank);
                            return place(rank, tied, row, policy);
                        })
                        .toList(),
                rows.stream().filter(row -> row.standing().isEmpty()).toList());
    }

    private static Place place(int rank, boolean tied, RankingRow row, RankingPolicy policy) {
        return new Place(
                rank,
                tied,
                row,
                policy.grade(row.standing().orElseThrow().score()),
                RankingPolicy.band(row.figures().cpu().orElseThrow(), policy.cpu()),
                RankingPolicy.band(row.figures().memory().orElseThrow(), policy.memory()));
    }
}
