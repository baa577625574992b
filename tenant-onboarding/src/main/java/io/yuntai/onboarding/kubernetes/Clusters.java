package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Scheduling;
import io.yuntai.onboarding.region.PoolId;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Service;

/** The member clusters and what runs where. */
@Service
public class Clusters implements InitializingBean {

    private final ClusterConnections connections;
    private final ClusterStore store;
    private final ResourceNames names;
    private final NamespacePolicy policy;
    private final Clock clock;

    Clusters(
            ClusterConnections connections,
            ClusterStore store,
            ClusterProperties properties,
            NamespacePolicy policy,
            Clock clock) {
        this.policy = policy;
        this.connections = connections;
        this.store = store;
        this.names = ResourceNames.with(properties.resources());
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

    /** The connected clusters that take a pool's systems, by name; none fenced or cordoned. */
    public List<ClusterName> serving(PoolId pool) {
        var open = store.open();
        return connections.all().stream()
                .filter(connection -> connection.pools().contains(pool))
                .map(connection -> connection.cluster().name())
                .filter(open::contains)
                .sorted(Comparator.comparing(ClusterName::value))
                .toList();
    }

    /** The pools that a connected cluster serves; none of one that is not connected. */
    public Set<PoolId> pools(ClusterName name) {
        return connections.all().stream()
                .filter(connection -> connection.cluster().name().equals(name))
                .map(ClusterConnection::pools)
                .findFirst()
                .orElse(Set.of());
    }

    /** The connected cluster of this name. */
    public Optional<Cluster> named(ClusterName name) {
        return connections.named(name).map(ClusterConnection::cluster);
    }

    /**
     * Reads a kubeconfig that a stranger hands in; nothing is sent.
     *
     * @throws io.yuntai.onboarding.Refused INVALID with every fault, at {@code /kubeconfig}
     */
    public Kubeconfig handedIn(String kubeconfig) {
        return KubeconfigRules.read(kubeconfig);
    }

    /**
     * Looks into the cluster of a kubeconfig, which need not be connected; waits for it.
     *
     * @param pools those that it is to serve, as far as that is known
     */
    public Inspection inspect(Kubeconfig kubeconfig, Set<PoolId> pools) {
        return together(ClusterInspector.inspect(kubeconfig, names, policy, clock), pools);
    }

    /** Looks into a connected cluster again; empty: it is not connected. */
    public Optional<Inspection> inspect(ClusterName name) {
        return named(name).map(cluster -> together(cluster.inspect(clock), pools(name)));
    }

    /** Pods that name no pool go to the nodes of any, where those of several are together. */
    private Inspection together(Inspection found, Set<PoolId> pools) {
        boolean loose =
                pools.size() > 1
                        && !policy.pinPods()
                        && found.checks().stream()
                                .anyMatch(check ->
                                        check.subject() == ClusterCheck.Subject.GUARDS
                                                && check.outcome() == ClusterCheck.Outcome.PASSED);
        return loose
                ? found.with(
                        ClusterCheck.warning(
                                ClusterCheck.Subject.GUARDS,
                                "PODS_NOT_PINNED",
                                Integer.toString(pools.size())))
                : found;
    }

    /**
     * Takes in a cluster that was registered, or connects it anew with another kubeconfig or other
     * pools. Its name is in the register already.
     *
     * @throws IllegalArgumentException when it is no kubeconfig or runs a program
     */
    public void join(ClusterName name, String kubeconfig, Set<PoolId> pools) {
        connections.join(
                new ClusterConnection(
                        Fabric8Cluster.connect(name, kubeconfig, names, policy), pools));
    }

    /** Gives up a cluster that was deregistered. */
    public void leave(ClusterName name) {
        connections.leave(name);
    }

    /** All connected clusters: those of the configuration, then those that joined. */
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

    /** The names of all that are to be filled, or not, as this says. */
    public Set<ClusterName> scheduled(Scheduling scheduling) {
        return store.scheduled(scheduling);
    }

    /** The names of all that were ever entered and are in a state. */
    public List<ClusterName> in(ClusterState state) {
        return store.states().entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .toList();
    }
}
