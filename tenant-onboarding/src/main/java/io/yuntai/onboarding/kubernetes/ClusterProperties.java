package io.yuntai.onboarding.kubernetes;

import io.yuntai.onboarding.region.PoolId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The member clusters, {@code yuntai.clusters[0].name} and so on.
 *
 * @param clusters none by default: everything but delivery works without one
 * @param resources lines beside those of {@code resources.properties}, such as {@code
 *     yuntai.resources[gpus/a30]=requests.nvidia.com/A30, pods nvidia.com/A30, always}
 */
@ConfigurationProperties("yuntai")
public record ClusterProperties(
        @DefaultValue List<Member> clusters, @DefaultValue Map<String, String> resources) {

    public ClusterProperties {
        clusters = List.copyOf(clusters);
        resources = Map.copyOf(resources);
    }

    /**
     * One cluster.
     *
     * @param name {@code name}: a DNS label that never changes, for leases refer to it
     * @param kubeconfig {@code kubeconfig}: a file whose user has a token or a certificate
     * @param pools {@code pools}: the pools that it serves, such as {@code extranet-ordinary}
     */
    public record Member(ClusterName name, Path kubeconfig, @DefaultValue Set<PoolId> pools) {

        public Member {
            pools = Set.copyOf(pools);
        }
    }
}
