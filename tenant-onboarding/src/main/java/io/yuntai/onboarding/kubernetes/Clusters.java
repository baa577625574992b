package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.region.PoolId;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Service;

/** The member clusters and what runs where. */
@Service
public class Clusters implements InitializingBean {

    private final ClusterConnections connections;
    private final ClusterStore store;
    private final Clock clock;

    Clusters(ClusterConnections connections, ClusterStore store, Clock clock) {
        this.connections = connections;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Enters the connected clusters in the register, which never forgets one.
     *
     * @throws IllegalStateException when a name that was a real cluster's is now a played one's, or
     *     the other way round: its leases would be taken for those of the other
     */
    @Override
    public void afterPropertiesSet() {
        for (var connection : connections.all()) {
            var cluster = connection.cluster();
            boolean known = store.enter(cluster.name(), cluster.simulated(), clock.instant());
            if (!known) {
                throw new IllegalStateException(
                        "cluster %s is entered as %s"
                                .formatted(
                                        cluster.name(),
                                        cluster.simulated() ? "real" : "simulated"));
            }
        }
    }

    /** The connected clusters that take a pool's systems, by name; none that is fenced. */
    public List<ClusterName> serving(PoolId pool) {
        var states = store.states();
        return connections.all().stream()
                .filter(connection -> connection.pools().contains(pool))
                .map(connection -> connection.cluster().name())
                .filter(name -> states.get(name) == ClusterState.ACTIVE)
                .sorted(Comparator.comparing(ClusterName::value))
                .toList();
    }

    /** The connected cluster of this name. */
    public Optional<Cluster> named(ClusterName name) {
        return connections.all().stream()
                .map(ClusterConnection::cluster)
                .filter(cluster -> cluster.name().equals(name))
                .findFirst();
    }

    /** All connected clusters, in the order of the configuration. */
    public List<ClusterInfo> all() {
        var states = store.states();
        return connections.all().stream()
                .map(connection ->
                        new ClusterInfo(
                                connection.cluster().name(),
                                connection.cluster().simulated(),
                                connection.cluster().reachable(),
                                states.getOrDefault(
                                        connection.cluster().name(), ClusterState.ACTIVE),
                                connection.pools()))
                .toList();
    }

    /** The connections themselves, for whoever watches them all. */
    public List<Cluster> connected() {
        return connections.all().stream().map(ClusterConnection::cluster).toList();
    }

    /** Those of them that are in a state. */
    public List<Cluster> connected(ClusterState state) {
        var states = store.states();
        return connected().stream().filter(cluster -> states.get(cluster.name()) == state).toList();
    }

    /** The names of all that were ever entered and are in a state. */
    public List<ClusterName> in(ClusterState state) {
        return store.states().entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .toList();
    }
}
