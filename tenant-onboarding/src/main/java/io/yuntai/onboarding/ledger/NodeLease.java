package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseAccount;

/**
 * A lease as the pages of the tree show it.
 *
 * @param used what its namespace was last seen to use, in pod units
 */
public record NodeLease(
        LeaseId id,
        SystemId system,
        String systemName,
        UnitId unit,
        String unitName,
        PoolId pool,
        LeaseAccount account,
        Amounts used) {

    /** Where a lease stands on its way. */
    public enum State {
        /** The cluster enforces what is granted, and nothing is on its way back. */
        SETTLED,
        /** The cluster has yet to enforce a larger amount. */
        GROWING,
        /** A smaller amount was told to the cluster; what is given back is not credited yet. */
        SHRINKING,
        /** More is used than is granted: it stays charged until it ends. */
        DEBT
    }

    public State state() {
        var surplus = account.surplus();
        if (!surplus.isZero()) {
            return used.fitsWithin(account.granted()) ? State.SHRINKING : State.DEBT;
        }
        return account.settled() ? State.SETTLED : State.GROWING;
    }

    /** What is granted and not used, of each resource at least nothing. */
    public Amounts headroom() {
        return account.granted().minus(used.min(account.granted()));
    }
}
