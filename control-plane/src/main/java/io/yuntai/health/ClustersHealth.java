package io.yuntai.health;

import io.yuntai.onboarding.kubernetes.ClusterInfo;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.ClusterState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether every member cluster that is not fenced answers; by what the latest call to each met,
 * without a new one.
 */
@Component("clustersHealthIndicator")
class ClustersHealth implements HealthIndicator {

    private final Clusters clusters;

    ClustersHealth(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public Health health() {
        boolean all =
                clusters.all().stream()
                        .filter(cluster -> cluster.state() == ClusterState.ACTIVE)
                        .allMatch(ClusterInfo::reachable);
        return (all ? Health.up() : Health.down()).build();
    }
}
