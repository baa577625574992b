package io.yuntai.onboarding.ledger;

import java.util.List;

/**
 * Who holds what of a resource at a leaf of the tree, which has no nodes below it: the largest, and
 * what all others hold together, in base units.
 *
 * <p>A refusal keeps it as JSON, by these names.
 *
 * @param others of leases and locks together
 */
public record LeafHolders(List<OfLease> leases, List<OfLock> locks, long others) {

    public static final LeafHolders NONE = new LeafHolders(List.of(), List.of(), 0);

    /** What a lease is charged. */
    public record OfLease(LeaseId lease, long amount) {}

    /** What is locked for somebody who has not been decided about. */
    public record OfLock(TransferId lock, long amount) {}

    public LeafHolders {
        leases = List.copyOf(leases);
        locks = List.copyOf(locks);
    }

    /** For whoever may not know who they are. */
    public LeafHolders unnamed() {
        long named =
                leases.stream().mapToLong(OfLease::amount).sum()
                        + locks.stream().mapToLong(OfLock::amount).sum();
        return new LeafHolders(List.of(), List.of(), others + named);
    }
}
