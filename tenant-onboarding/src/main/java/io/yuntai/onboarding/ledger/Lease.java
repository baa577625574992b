package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseAccount;

/**
 * What a system's namespace of one pool may use on one cluster.
 *
 * @param unit the system's owner of today
 * @param account in pod units: guest units and the overhead of launchers
 * @param version raised by one with each change of the account
 * @param state its cluster's
 * @param tenure whether the namespace stays
 */
public record Lease(
        LeaseId id,
        SystemId system,
        UnitId unit,
        PoolId pool,
        LeaseAccount account,
        long version,
        ClusterState state,
        Tenure tenure) {

    /** Of a namespace that stays. */
    public Lease(
            LeaseId id,
            SystemId system,
            UnitId unit,
            PoolId pool,
            LeaseAccount account,
            long version,
            ClusterState state) {
        this(id, system, unit, pool, account, version, state, Tenure.HELD);
    }

    /** The name of the cluster that the namespace is on. */
    public String cluster() {
        return id.cluster();
    }

    /** The namespace's name there. */
    public String namespace() {
        return id.namespace();
    }

    /** What the cluster shall enforce. */
    public Amounts granted() {
        return account.granted();
    }

    public Epoch epoch() {
        return account.epoch();
    }

    /** The epoch that the cluster was last seen to enforce. */
    public Epoch observed() {
        return account.enforced();
    }

    /** Whether nothing of it is wanted or charged: it ends when its namespace is gone. */
    public boolean closable() {
        boolean isDone =
                switch (tenure) {
                    case HELD, CLOSED -> false;
                    case CLOSING -> settled();
                    case FOUND -> spare();
                };
        return isDone && account.charged().isZero();
    }

    /** Whether it need not be there: where it is not, it is not made. */
    public boolean spare() {
        return account.givenUp() || (tenure == Tenure.FOUND && settled() && granted().isZero());
    }

    /** Whether the cluster enforces what is granted. */
    public boolean settled() {
        return account.settled();
    }
}
