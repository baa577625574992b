package io.yuntai.onboarding.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;

/**
 * The clusters of this control plane, as its configuration or the try-out hands them in. No two of
 * one name, and no pool on two clusters: where a system goes is never a matter of chance.
 */
public record ClusterConnections(List<ClusterConnection> all) implements AutoCloseable {

    public ClusterConnections {
        all = List.copyOf(all);
        var names = new HashSet<ClusterName>();
        var pools = new HashSet<>();
        for (var connection : all) {
            if (!names.add(connection.cluster().name())) {
                throw new IllegalArgumentException(
                        "two clusters named " + connection.cluster().name());
            }
            for (var pool : connection.pools()) {
                if (!pools.add(pool)) {
                    throw new IllegalArgumentException("two clusters serve the pool " + pool);
                }
            }
        }
    }

    /**
     * Connections as configured; nothing is sent yet.
     *
     * @throws UncheckedIOException when a kubeconfig cannot be read
     * @throws IllegalArgumentException when one is no kubeconfig or runs a program
     */
    public static ClusterConnections connect(ClusterProperties properties) {
        return new ClusterConnections(
                properties.clusters().stream().map(ClusterConnections::connect).toList());
    }

    private static ClusterConnection connect(ClusterProperties.Member member) {
        try {
            String kubeconfig = Files.readString(member.kubeconfig());
            return new ClusterConnection(
                    Fabric8Cluster.connect(member.name(), kubeconfig), member.pools());
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig of cluster " + member.name(), e);
        }
    }

    @Override
    public void close() {
        all.forEach(connection -> connection.cluster().close());
    }
}
