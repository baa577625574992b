package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.region.PoolId;
import java.util.Set;

/**
 * A cluster and the pools whose systems run on it.
 *
 * @param pools none: the cluster is known but nothing new is placed there
 */
public record ClusterConnection(Cluster cluster, Set<PoolId> pools) {

    public ClusterConnection {
        pools = Set.copyOf(pools);
    }
}
