package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.region.PoolId;
import java.util.Set;

/**
 * What there is to say of a cluster.
 *
 * @param simulated whether it is only played
 * @param reachable whether its latest call got an answer; false before the first
 * @param state what an operator has said of it
 * @param pools the pools that it serves
 */
public record ClusterInfo(
        ClusterName name,
        boolean simulated,
        boolean reachable,
        ClusterState state,
        Set<PoolId> pools) {

    public ClusterInfo {
        pools = Set.copyOf(pools);
    }
}
