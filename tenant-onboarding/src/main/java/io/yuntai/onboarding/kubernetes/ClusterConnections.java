package io.yuntai.onboarding.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The clusters of this control plane: those that its configuration or the try-out hands in, and
 * those that join while it runs. No two of one name. A pool may have several.
 */
public final class ClusterConnections implements AutoCloseable {

    private volatile List<ClusterConnection> all;

    /** Those that are there from the start. */
    public ClusterConnections(List<ClusterConnection> all) {
        var names = new HashSet<ClusterName>();
        for (var connection : all) {
            if (!names.add(connection.cluster().name())) {
                throw new IllegalArgumentException(
                        "two clusters named " + connection.cluster().name());
            }
        }
        this.all = List.copyOf(all);
    }

    /**
     * Connections as configured; nothing is sent yet.
     *
     * @throws UncheckedIOException when a kubeconfig cannot be read
     * @throws IllegalArgumentException when one is no kubeconfig or runs a program
     */
    public static ClusterConnections connect(ClusterProperties properties, NamespacePolicy policy) {
        var names = ResourceNames.with(properties.resources());
        return new ClusterConnections(
                properties.clusters().stream()
                        .map(member -> connect(member, names, policy))
                        .toList());
    }

    private static ClusterConnection connect(
            ClusterProperties.Member member, ResourceNames names, NamespacePolicy policy) {
        try {
            String kubeconfig = Files.readString(member.kubeconfig());
            return new ClusterConnection(
                    Fabric8Cluster.connect(member.name(), kubeconfig, names, policy),
                    member.pools());
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig of cluster " + member.name(), e);
        }
    }

    /** All of them at this moment. */
    public List<ClusterConnection> all() {
        return all;
    }

    /** The one of a name. */
    Optional<ClusterConnection> named(ClusterName name) {
        return all.stream().filter(one -> one.cluster().name().equals(name)).findFirst();
    }

    /**
     * Takes in one that joins, in the place of an earlier connection to the same cluster, if any.
     * That one is closed: whoever is in the middle of a call of it gets no answer, and comes again.
     */
    synchronized void join(ClusterConnection joining) {
        var before = named(joining.cluster().name());
        var next = new ArrayList<>(all);
        before.ifPresent(next::remove);
        next.add(joining);
        all = List.copyOf(next);
        before.map(ClusterConnection::cluster)
                .filter(cluster -> !cluster.equals(joining.cluster()))
                .ifPresent(Cluster::close);
    }

    /** Gives up the connection to a cluster that is deregistered, and closes it. */
    synchronized void leave(ClusterName name) {
        var before = named(name);
        all = all.stream().filter(one -> !one.cluster().name().equals(name)).toList();
        before.map(ClusterConnection::cluster).ifPresent(Cluster::close);
    }

    @Override
    public void close() {
        all.forEach(connection -> connection.cluster().close());
    }
}
