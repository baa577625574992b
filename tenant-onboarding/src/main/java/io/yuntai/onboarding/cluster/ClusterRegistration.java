package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.region.PoolId;
import java.time.Instant;
import java.util.Set;

/**
 * A cluster that somebody has registered; its kubeconfig is kept apart.
 *
 * @param displayName for people, 1 to {@value #MAX_NAME} characters
 * @param pools those that it serves, 1 to {@value #MAX_POOLS}
 * @param server where its API server is
 * @param kubernetes the version that was found when its kubeconfig was looked into
 * @param version counts what a connection has to be made anew for
 */
public record ClusterRegistration(
        ClusterName cluster,
        String displayName,
        Set<PoolId> pools,
        String server,
        String kubernetes,
        long version,
        Instant changedAt) {

    public static final int MAX_NAME = 100;
    public static final int MAX_POOLS = 64;

    public ClusterRegistration {
        pools = Set.copyOf(pools);
        if (displayName.isBlank() || displayName.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name of " + displayName.length() + " characters");
        }
        if (pools.isEmpty() || pools.size() > MAX_POOLS) {
            throw new IllegalArgumentException(pools.size() + " pools");
        }
    }
}
