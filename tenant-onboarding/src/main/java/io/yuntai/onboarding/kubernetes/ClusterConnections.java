package io.yuntai.onboarding.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;

/**
 * The clusters of this control plane, as its configuration or the try-out hands them in; no two of
 * one name. A pool may have several.
 */
public record ClusterConnections(List<ClusterConnection> all) implements AutoCloseable {

    public ClusterConnections {
        all = List.copyOf(all);
        var names = new HashSet<ClusterName>();
        for (var connection : all) {
            if (!names.add(connection.cluster().name())) {
                throw new IllegalArgumentException(
                        "two clusters named " + connection.cluster().name());
            }
        }
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

    @Override
    public void close() {
        all.forEach(connection -> connection.cluster().close());
    }
}
