package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Scheduling;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Which of a pool's clusters an order goes to. Whoever approves may say; else it goes where the
 * system is already, and a system that is nowhere yet to where the least processor time of the pool
 * is charged. Of two that are equal, the first by name.
 */
@Component
class Placement {

    private final Clusters clusters;
    private final Leases leases;

    Placement(Clusters clusters, Leases leases) {
        this.clusters = clusters;
        this.leases = leases;
    }

    /**
     * Refuses what could not be placed anywhere.
     *
     * @throws Refused CONFLICT {@code NO_CLUSTER_FOR_POOL}
     */
    void requireSome(PoolId pool) {
        var _ = serving(pool);
    }

    /**
     * Refuses a cluster that would not do.
     *
     * @throws Refused CONFLICT {@code CLUSTER_NOT_OF_POOL}, {@code CLUSTER_CORDONED}
     */
    void require(ClusterName cluster, PoolId pool) {
        if (!serving(pool).contains(cluster)) {
            throw notTo(cluster);
        }
    }

    /**
     * Refuses what {@link #choose} would refuse now.
     *
     * @throws Refused as it does
     */
    void requireChoice(SystemId system, PoolId pool, Optional<ClusterName> wanted) {
        var _ = chosen(system, pool, wanted);
    }

    /**
     * Chooses, in the transaction that places the lease: whoever else places one of this system
     * waits.
     *
     * @param wanted what whoever approves has said
     * @throws Refused CONFLICT {@code NO_CLUSTER_FOR_POOL}, {@code CLUSTER_NOT_OF_POOL} when the
     *     one that is wanted does not serve it, {@code CLUSTER_CORDONED} when it takes nothing new
     */
    ClusterName choose(SystemId system, PoolId pool, Optional<ClusterName> wanted) {
        leases.claim(system);
        var chosen = chosen(system, pool, wanted);
        // Somebody may have cordoned it since it was looked at.
        leases.requireOpen(chosen.value());
        return chosen;
    }

    private ClusterName chosen(SystemId system, PoolId pool, Optional<ClusterName> wanted) {
        var serving = serving(pool);
        if (wanted.isPresent()) {
            return wanted.filter(serving::contains).orElseThrow(() -> notTo(wanted.get()));
        }
        var present =
                leases.of(system).stream()
                        .filter(lease -> lease.pool().equals(pool))
                        .map(Lease::cluster)
                        .map(ClusterName::new)
                        .filter(serving::contains)
                        .toList();
        return emptiest(pool, present.isEmpty() ? serving : present);
    }

    private Refused notTo(ClusterName wanted) {
        boolean isCordoned =
                Stream.of(Scheduling.CORDONED, Scheduling.DRAINING)
                        .anyMatch(closed -> clusters.scheduled(closed).contains(wanted));
        return isCordoned
                ? Refused.conflict("CLUSTER_CORDONED")
                : Refused.conflict("CLUSTER_NOT_OF_POOL");
    }

    private ClusterName emptiest(PoolId pool, List<ClusterName> candidates) {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        var charged = leases.charged(pool, Resource.CPU);
        return candidates.stream()
                .min(
                        Comparator.comparing((ClusterName name) ->
                                        charged.getOrDefault(name.value(), 0L))
                                .thenComparing(ClusterName::value))
                .orElseThrow();
    }

    private List<ClusterName> serving(PoolId pool) {
        var serving = clusters.serving(pool);
        if (serving.isEmpty()) {
            throw Refused.conflict("NO_CLUSTER_FOR_POOL");
        }
        return serving;
    }
}
