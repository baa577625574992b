package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.PartyId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A unit in a month's ranking, with the name it had when the ranking was made.
 *
 * @param region the administrative region's code (GB/T 2260)
 * @param hosts all; measured and excluded ones are among them, the rest is unmeasured
 * @param vcpu of all hosts
 * @param standing empty exactly if there are reasons
 * @param parts what the score is made of; empty also where a month was ranked before they were kept
 * @param reasons why it is not ranked, in the order of {@link Reason}
 */
public record RankingRow(
        PartyId unit,
        String code,
        String name,
        String region,
        int hosts,
        int measuredHosts,
        int excludedHosts,
        long vcpu,
        Figures figures,
        Optional<Standing> standing,
        Optional<ScoreParts> parts,
        List<Reason> reasons) {

    /** Score and places. Whoever has a place on one board has one on each. */
    public record Standing(BigDecimal score, int scoreRank, int cpuRank, int memoryRank) {

        public int rank(Board board) {
            return switch (board) {
                case SCORE -> scoreRank;
                case CPU -> cpuRank;
                case MEMORY -> memoryRank;
            };
        }
    }

    public RankingRow {
        reasons = List.copyOf(reasons);
        if (standing.isPresent() != reasons.isEmpty()) {
            throw new IllegalArgumentException("either ranked or not, with a reason: " + code);
        }
    }
}
