package io.yuntai.quota;

import java.time.Instant;
import java.util.Optional;

/**
 * One change of a lease's account. What it costs the ledger is the difference of what is
 * {@linkplain LeaseAccount#charged charged} before and after: the account and the ledger change in
 * one database transaction, or neither does.
 */
public sealed interface LeaseChange {

    /**
     * An order was approved: what it had locked is the lease's.
     *
     * @param more all that it brings
     * @param forGood the part of it that is never returned by itself
     */
    record Grant(Amounts more, Amounts forGood) implements LeaseChange {
        public Grant {
            if (!forGood.isNonNegative() || !forGood.fitsWithin(more)) {
                throw new IllegalArgumentException("not a part of " + more + ": " + forGood);
            }
        }
    }

    /**
     * What was granted is wanted no longer, such as that of a host that is destroyed. It stays
     * charged until the cluster is known to hold it no more.
     *
     * @param less all that goes
     * @param forGood the part of it that was granted for good
     */
    record Release(Amounts less, Amounts forGood) implements LeaseChange {
        public Release {
            if (!forGood.isNonNegative() || !forGood.fitsWithin(less)) {
                throw new IllegalArgumentException("not a part of " + less + ": " + forGood);
            }
        }
    }

    /**
     * Room is handed back: it may not grow to so much any more. Of what it holds it keeps what it
     * may still hold, so that nothing is taken away that lies below the new bound.
     *
     * @param less not of what was granted for good
     */
    record HandBack(Amounts less) implements LeaseChange {
        public HandBack {
            if (!less.isNonNegative()) {
                throw new IllegalArgumentException("handed back less than nothing: " + less);
            }
        }
    }

    /** More, for its head-room runs out. What is still charged from before is used first. */
    record Grow(Amounts by) implements LeaseChange {}

    /** Less shall be enforced; the charge stays until it is known to be. */
    record Shrink(Amounts to) implements LeaseChange {}

    /**
     * Likewise, of what was granted for good too: what a restored ledger remembers and a cluster
     * does not hold, where others hold the room for it. It may grow back.
     */
    record Yield(Amounts to) implements LeaseChange {}

    /** The cluster was seen to enforce the present epoch. */
    record Enforce(Instant at) implements LeaseChange {}

    /** What is enforced and settled, or was given up before, is charged no longer. */
    record Credit(Amounts remaining) implements LeaseChange {}

    /** The cluster was seen to take more than is charged: what is seen is charged. */
    record Cover(Amounts seen) implements LeaseChange {}

    /**
     * Likewise, be there room for it or not, for a restored ledger had charged it before: where
     * there is none the level is in debt.
     */
    record Owe(Amounts seen) implements LeaseChange {}

    /**
     * The cluster is ahead of the ledger, which was restored from an earlier time: what is seen is
     * charged, what it was asked for last is what it is granted, and the next write comes after all
     * that were made since.
     *
     * @param seen the most that it can take
     * @param asked what it was asked for last, of which {@code seen} is never less
     * @param found the epoch that the cluster has
     */
    record Adopt(Amounts seen, Amounts asked, Epoch found) implements LeaseChange {}

    /**
     * The cluster is said to be dead: nothing of the lease is granted or charged any more. What was
     * approved stays approved.
     */
    record WriteOff() implements LeaseChange {}

    /** It has had more room than it needs since then; empty: it has not. */
    record Idle(Optional<Instant> since) implements LeaseChange {}

    /**
     * The same change, of no more than so much: what is there is there, so of what was only seen as
     * much is charged as fits. Empty for a change that is made whole or not at all.
     *
     * @param fits what can be charged in all
     */
    default Optional<LeaseChange> within(Amounts fits) {
        return switch (this) {
            case Cover(var seen) -> Optional.of(new Cover(seen.min(fits)));
            case Adopt(var seen, var asked, var found) ->
                    Optional.of(new Adopt(seen.min(fits), asked.min(fits), found));
            case Grant _, Release _, HandBack _, Grow _, Shrink _, Yield _ -> Optional.empty();
            case Enforce _, Credit _, Owe _, WriteOff _, Idle _ -> Optional.empty();
        };
    }
}
