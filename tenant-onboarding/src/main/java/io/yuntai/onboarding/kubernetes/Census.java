package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.quota.ObservedLease;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All leases and hosts of a cluster at one look.
 *
 * @param leases by namespace
 * @param hosts by namespace; none where there is no host of ours
 */
public record Census(
        Map<NamespaceName, ObservedLease> leases, Map<NamespaceName, List<ObservedHost>> hosts) {

    public Census {
        leases = Map.copyOf(leases);
        hosts = Map.copyOf(hosts);
    }

    public Optional<ObservedLease> lease(NamespaceName namespace) {
        return Optional.ofNullable(leases.get(namespace));
    }

    public List<ObservedHost> hosts(NamespaceName namespace) {
        return hosts.getOrDefault(namespace, List.of());
    }
}
