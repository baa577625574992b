package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Shortfall;
import io.yuntai.quota.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which leases are short of what, so that a shortage is kept for people when it begins or is
 * another, and not as often as somebody looks. Only of this process: another one keeps it once
 * more.
 */
final class Shortages {

    /** It has ended when nobody has met it for so long: some sweeps. */
    private static final Duration OVER = Duration.ofMinutes(5);

    private record Shortage(Set<Standing.Key> levels, Instant seen) {}

    private final Map<LeaseId, Shortage> leases = new ConcurrentHashMap<>();

    /** Whether this shortage of a lease is another than the one that was met last. */
    boolean isNew(LeaseId id, List<Shortfall> lacks, Instant now) {
        var levels = lacks.stream().map(Shortfall::key).collect(Collectors.toUnmodifiableSet());
        var before = leases.put(id, new Shortage(levels, now));
        return before == null
                || !before.levels().equals(levels)
                || before.seen().plus(OVER).isBefore(now);
    }

    /** It has grown. */
    void ended(LeaseId id) {
        leases.remove(id);
    }
}
