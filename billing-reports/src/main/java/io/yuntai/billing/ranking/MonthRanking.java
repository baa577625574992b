package io.yuntai.billing.ranking;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/**
 * A month's board. Ranked and not ranked together are all units that had resources.
 *
 * @param pool a scope: {@code all}, one pool, {@code zone:extranet}, {@code family:ordinary}
 * @param rules by which it was made, where the policy says nothing
 * @param ranked in order of display
 * @param notRanked by code
 */
public record MonthRanking(
        YearMonth month,
        Board board,
        String pool,
        RankingPolicy policy,
        Rules rules,
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

    /**
     * The last of the board, the very last first; whoever ties with the n-th from below is among
     * them.
     */
    public List<Place> lowest(int n) {
        if (ranked.isEmpty() || n < 1) {
            return List.of();
        }
        int rank = ranked.get(Math.max(0, ranked.size() - n)).rank();
        return ranked.stream().filter(place -> place.rank() >= rank).toList().reversed();
    }

    /** The first of the board; whoever ties with the n-th is among them. */
    public List<Place> top(int n) {
        return ranked.stream().filter(place -> place.rank() <= n).toList();
    }

    static MonthRanking of(
            YearMonth month,
            Board board,
            String pool,
            RankingPolicy policy,
            Rules rules,
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
                rules,
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
