package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.CloudInit;
import io.yuntai.onboarding.host.DataDisk;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostProperties;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.HostBuild;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.region.PoolId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a cluster shall hold for a host of the database. */
@Component
class DesiredHosts {

    private final HostProperties properties;
    private final HostCatalogue catalogue;
    private final Clusters clusters;

    DesiredHosts(HostProperties properties, HostCatalogue catalogue, Clusters clusters) {
        this.clusters = clusters;
        this.properties = properties;
        this.catalogue = catalogue;
    }

    Desired.Host of(NamespaceName namespace, Host host) {
        return new Desired.Host(
                namespace,
                host.name(),
                host.id(),
                host.vcpu(),
                host.memoryBytes(),
                host.diskBytes(),
                host.storageClass(),
                host.pool(),
                build(host));
    }

    private HostBuild build(Host host) {
        var plan = host.plan();
        var setup = plan.setup();
        return new HostBuild(
                plan.running(),
                plan.disks().stream()
                        .map(disk ->
                                new HostBuild.Disk(
                                        disk.position(), disk.bytes(), disk.storageClass()))
                        .toList(),
                setup.size().map(size -> size.code() + "-v" + size.version()),
                setup.image().map(this::image),
                setup.login().equals(HostSetup.FirstLogin.NONE)
                        ? ""
                        : CloudInit.document(host.name(), setup.login()),
                setup.gpus().map(gpus -> new HostBuild.Gpu(gpus.model(), gpus.count())),
                Optional.ofNullable(properties.networks().get(host.pool().zone())),
                setup.kept(),
                setup.kept().isPresent() ? Optional.empty() : zone(host),
                setup.kept().isPresent() ? Map.of() : shared(host),
                plan.made());
    }

    private Map<String, HostProperties.SharedAs> shared(Host host) {
        var shared = new HashMap<>(properties.sharedStorage());
        shared.keySet()
                .retainAll(
                        Stream.concat(
                                        Stream.of(host.storageClass()),
                                        host.plan().disks().stream().map(DataDisk::storageClass))
                                .toList());
        return shared;
    }

    /** Named only where there is another: most clusters' nodes bear no label for it. */
    private Optional<String> zone(Host host) {
        long zones =
                clusters.pools(new ClusterName(host.cluster())).stream()
                        .map(PoolId::zone)
                        .distinct()
                        .count();
        return zones > 1 ? Optional.of(host.pool().zone().code()) : Optional.empty();
    }

    private HostBuild.Image image(CatalogueRef ref) {
        var image = catalogue.image(ref);
        return new HostBuild.Image(source(image.source()), image.location());
    }

    private static HostBuild.Source source(HostImage.Source source) {
        return switch (source) {
            case CONTAINER_DISK -> HostBuild.Source.CONTAINER_DISK;
            case REGISTRY -> HostBuild.Source.REGISTRY;
            case HTTP -> HostBuild.Source.HTTP;
        };
    }
}
