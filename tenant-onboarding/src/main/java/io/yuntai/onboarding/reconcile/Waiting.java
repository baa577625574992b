package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was refused of late, lease by lease. Controllers note a refusal a few times and then no
 * more, while they go on waiting, and there may be more of them than were heard. So what was
 * refused counts as wanted for a while, also when the lease has grown by it, until room for it is
 * left lying. Only hints, of this process: what is lost costs somebody a while longer.
 */
final class Waiting {

    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    /** Whoever waits asks again within this, if he has asked not long ago. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /**
     * What was refused at one lease.
     *
     * @param demand of each resource the most that anybody was refused: who asks for little there
     *     does not have who asks for much forgotten
     * @param latest what was refused last
     */
    private record Refused(
            Amounts demand,
            Amounts latest,
            PoolId pool,
            Instant since,
            Instant until,
            Optional<Instant> roomSince) {

        Refused withRoom(Optional<Instant> from) {
            return new Refused(demand, latest, pool, since, until, from);
        }
    }

    private final Map<LeaseId, Refused> leases = new ConcurrentHashMap<>();

    void refused(Lease lease, Amounts demand, Instant now) {
        var until = now.plus(REMEMBERED);
        var _ =
                leases.merge(
                        lease.id(),
                        new Refused(demand, demand, lease.pool(), now, until, Optional.empty()),
                        (before, news) ->
                                before.until().isBefore(now)
                                        ? news
                                        : new Refused(
                                                before.demand().max(demand),
                                                demand,
                                                news.pool(),
                                                before.since(),
                                                until,
                                                Optional.empty()));
    }

    /** What is still wanted there; nothing when nothing is. */
    Amounts wanted(LeaseId id, Instant now) {
        return known(id, now).map(Refused::demand).orElse(Amounts.NONE);
    }

    /** The part of it that was refused last. */
    Amounts latest(LeaseId id, Instant now) {
        return known(id, now).map(Refused::latest).orElse(Amounts.NONE);
    }

    private Optional<Refused> known(LeaseId id, Instant now) {
        var known = leases.get(id);
        if (known != null && known.until().isBefore(now)) {
            leases.remove(id, known);
            return Optional.empty();
        }
        return Optional.ofNullable(known);
    }

    /** Leases of a pool in which something is wanted, the one that has waited longest first. */
    List<LeaseId> in(PoolId pool, Instant now) {
        return leases.entrySet().stream()
                .filter(each -> each.getValue().pool().equals(pool))
                .filter(each -> !each.getValue().until().isBefore(now))
                .sorted(
                        Comparator.comparing(
                                (Map.Entry<LeaseId, Refused> each) -> each.getValue().since()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** It has grown, or what it had room for was taken: the next one gets his time again. */
    void moved(LeaseId id) {
        leases.computeIfPresent(id, (_, known) -> known.withRoom(Optional.empty()));
    }

    /**
     * There is room for what is wanted.
     *
     * @return until when it is kept; empty: nobody wants it any more
     */
    Optional<Instant> hasRoom(LeaseId id, Instant now) {
        var known =
                leases.computeIfPresent(
                        id,
                        (_, before) ->
                                before.withRoom(Optional.of(before.roomSince().orElse(now))));
        if (known == null) {
            return Optional.empty();
        }
        var until = known.roomSince().orElse(now).plus(PATIENCE);
        if (!now.isBefore(until)) {
            leases.remove(id, known);
            return Optional.empty();
        }
        return Optional.of(until);
    }
}
