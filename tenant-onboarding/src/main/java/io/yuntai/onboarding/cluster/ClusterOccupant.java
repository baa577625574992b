package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;

/**
 * A namespace on a cluster, as whoever wants to empty it sees it.
 *
 * @param charged what its lease is charged
 * @param used what it was last seen to use
 * @param hosts how many hosts are there, running or not
 */
public record ClusterOccupant(
        SystemId system,
        String code,
        String name,
        String unitName,
        PoolId pool,
        NamespaceName namespace,
        Amounts charged,
        Amounts used,
        int hosts) {

    /** Whether nothing of it holds the cluster back. */
    public boolean empty() {
        return hosts == 0 && used.isZero();
    }
}
