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
 * @param cluster what was said of its cluster
 */
public record NodeLease(
        LeaseId id,
        SystemId system,
        String systemName,
        UnitId unit,
        String unitName,
        PoolId pool,
        LeaseAccount account,
        Amounts used,
        ClusterState cluster) {

    /** Where a lease stands on its way. */
    public enum State {
        /** The cluster enforces what is granted, and nothing is on its way back. */
        SETTLED,
        /** The cluster has yet to enforce a larger amount. */
        GROWING,
        /** A smaller amount was told to the cluster; what is given back is not credited yet. */
        SHRINKING,
        /** More is used than is granted: it stays charged until it ends. */
        DEBT,
        /** Its cluster is fenced: it stays as it is, and what is used there may not be known. */
        FENCED,
        /** Its cluster was written off: nothing of it is charged. */
        WRITTEN_OFF
    }

    public State state() {
        return switch (cluster) {
            case FENCED -> State.FENCED;
            case WRITTEN_OFF -> State.WRITTEN_OFF;
            case ACTIVE, READMITTING, DEREGISTERED -> onItsWay();
        };
    }

    private State onItsWay() {
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
