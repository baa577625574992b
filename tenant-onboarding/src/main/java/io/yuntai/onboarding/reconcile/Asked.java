package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Shortfall;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who is asked for what lies idle in his lease. Whoever has the most is asked first, but nobody
 * again before the others: one who does not answer, or has nothing that he can spare, stands in
 * nobody's way. Only hints, of this process: what is lost costs somebody a question more.
 */
final class Asked {

    /** Of those who can wait: they ask again. */
    static final int A_FEW = 4;

    /** Of those who ask once. */
    static final int MANY = 32;

    /** Longer than it takes until what was given back is credited. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    /**
     * A cluster that was silent is asked again after this, should nobody have heard of it since.
     */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Map<LeaseId, Instant> leases = new ConcurrentHashMap<>();
    private final Map<String, Instant> silent = new ConcurrentHashMap<>();

    /** It gave no answer. */
    void silent(String cluster, Instant now) {
        silent.put(cluster, now);
    }

    void answered(String cluster) {
        silent.remove(cluster);
    }

    /**
     * Whose turn it is to be asked for what a level is short of.
     *
     * @param asking who is short of it himself, and not asked; empty: none of the leases
     * @param most at most so many
     */
    List<LeaseId> next(
            LeaseBook book, Shortfall shortfall, Optional<LeaseId> asking, int most, Instant now) {
        leases.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
        var before = Map.copyOf(leases);
        var without = silentAt(now);
        // So many more as were asked of late, and whoever asks: the next ones are among them.
        int found = most + before.size() + 1;
        var turn =
                book.idleBelow(shortfall.node(), shortfall.resource(), without, found).stream()
                        .filter(lease -> !asking.equals(Optional.of(lease)))
                        .sorted(
                                Comparator.comparing(
                                        (LeaseId lease) -> before.getOrDefault(lease, Instant.MIN)))
                        .limit(most)
                        .toList();
        turn.forEach(lease -> leases.put(lease, now));
        return turn;
    }

    private Set<String> silentAt(Instant now) {
        return silent.entrySet().stream()
                .filter(each -> now.isBefore(each.getValue().plus(SILENCE)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
