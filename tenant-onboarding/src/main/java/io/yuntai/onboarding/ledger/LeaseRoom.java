package io.yuntai.onboarding.ledger;

import io.yuntai.quota.Amounts;

/**
 * What of a namespace can be handed back.
 *
 * @param entitled the most that it grows to by itself, in pod units
 * @param kept of that what was granted for good, to its hosts
 * @param used what it was last seen to use
 */
public record LeaseRoom(Lease lease, Amounts entitled, Amounts kept, Amounts used) {

    /** What is neither its hosts' nor used. */
    public Amounts free() {
        return entitled.minus(kept.max(used)).max(Amounts.NONE);
    }
}
