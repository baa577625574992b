package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;

/**
 * What a system's namespace may use in one pool.
 *
 * @param unit the system's owner of today
 * @param cluster the name of the cluster that the namespace is on
 * @param namespace its name there
 * @param granted in pod units: guest units and the overhead of launchers
 * @param epoch raised with each change
 * @param observed the epoch that the cluster was last seen to enforce
 */
public record Lease(
        SystemId system,
        UnitId unit,
        PoolId pool,
        String cluster,
        String namespace,
        Amounts granted,
        Epoch epoch,
        Epoch observed) {

    /** Whether the cluster enforces what is granted. */
    public boolean settled() {
        return observed.equals(epoch);
    }
}
