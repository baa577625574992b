package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Clusters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** One watch on each connected cluster, and none on a connection that was given up. */
final class ClusterWatches {

    private final Clusters clusters;
    private final Function<Cluster, Cluster.Watching> watch;
    private final Map<Cluster, Cluster.Watching> watches = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param watch begins a watch on one
     */
    ClusterWatches(Clusters clusters, Function<Cluster, Cluster.Watching> watch) {
        this.clusters = clusters;
        this.watch = watch;
    }

    /** Watches what is connected by now, and nothing else. */
    synchronized void renew() {
        var connected = clusters.connected();
        watches.entrySet()
                .removeIf(entry -> {
                    boolean isGone = !connected.contains(entry.getKey());
                    if (isGone) {
                        entry.getValue().close();
                    }
                    return isGone;
                });
        connected.forEach(cluster -> watches.computeIfAbsent(cluster, watch));
    }

    /** Watches nothing any more; can be renewed. */
    synchronized void close() {
        watches.values().forEach(Cluster.Watching::close);
        watches.clear();
    }
}
