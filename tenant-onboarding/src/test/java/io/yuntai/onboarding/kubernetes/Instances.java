package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What KubeVirt makes of machines, made by tests: KWOK only says that they run. */
public final class Instances {

    private Instances() {}

    /**
     * Has a machine run, with these addresses.
     *
     * @return the uid of the instance
     */
    public static String start(
            KubernetesClient client, NamespaceName in, String host, String... addresses) {
        var instance = object(HostManifests.INSTANCES, in, host);
        instance.setAdditionalProperty("spec", Map.of("domain", Map.of("devices", Map.of())));
        instance.setAdditionalProperty("status", status(addresses));
        return all(client, HostManifests.INSTANCES)
                .inNamespace(in.value())
                .resource(instance)
                .create()
                .getMetadata()
                .getUid();
    }

    /** Gives a running one other addresses. */
    public static void readdress(
            KubernetesClient client, NamespaceName in, String host, String... addresses) {
        var _ =
                one(client, HostManifests.INSTANCES, in, host)
                        .edit(instance -> {
                            instance.setAdditionalProperty("status", status(addresses));
                            return instance;
                        });
    }

    /** Has a running one be on a node. */
    public static void place(KubernetesClient client, NamespaceName in, String host, String node) {
        var _ =
                one(client, HostManifests.INSTANCES, in, host)
                        .edit(instance -> {
                            instance.setAdditionalProperty(
                                    "status", Map.of("phase", "Running", "nodeName", node));
                            return instance;
                        });
    }

    /** Has a running one say that it cannot be moved, as KubeVirt says it of disks of one node. */
    public static void fix(KubernetesClient client, NamespaceName in, String host, String why) {
        var _ =
                one(client, HostManifests.INSTANCES, in, host)
                        .edit(instance -> {
                            instance.setAdditionalProperty(
                                    "status",
                                    Map.of(
                                            "phase",
                                            "Running",
                                            "conditions",
                                            List.of(
                                                    Map.of(
                                                            "type",
                                                            "LiveMigratable",
                                                            "status",
                                                            "False",
                                                            "reason",
                                                            "DisksNotLiveMigratable",
                                                            "message",
                                                            why))));
                            return instance;
                        });
    }

    private static Map<String, Object> status(String... addresses) {
        return Map.of(
                "phase",
                "Running",
                "interfaces",
                Stream.of(addresses)
                        .map(address -> Map.of("name", "default", "ipAddress", address))
                        .toList());
    }

    /** That of what runs, if something does and is not about to end. */
    public static Optional<String> uid(KubernetesClient client, NamespaceName in, String host) {
        return Optional.ofNullable(one(client, HostManifests.INSTANCES, in, host).get())
                .map(found -> found.getMetadata().getUid());
    }

    /** A machine that somebody else has made. */
    static void machine(KubernetesClient client, NamespaceName in, String name, String strategy) {
        var machine = object(HostManifests.VIRTUAL_MACHINES, in, name);
        machine.setAdditionalProperty(
                "spec",
                Map.of(
                        "runStrategy",
                        strategy,
                        "template",
                        Map.of("spec", Map.of("domain", Map.of("devices", Map.of())))));
        var _ =
                all(client, HostManifests.VIRTUAL_MACHINES)
                        .inNamespace(in.value())
                        .resource(machine)
                        .create();
    }

    /** A machine as it is. */
    public static GenericKubernetesResource machine(
            KubernetesClient client, NamespaceName in, String name) {
        return one(client, HostManifests.VIRTUAL_MACHINES, in, name).get();
    }

    private static GenericKubernetesResource object(
            ResourceDefinitionContext kind, NamespaceName in, String name) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(kind.getGroup() + "/" + kind.getVersion());
        object.setKind(kind.getKind());
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(in.value()).build());
        return object;
    }

    private static MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            all(KubernetesClient client, ResourceDefinitionContext kind) {
        return client.genericKubernetesResources(kind);
    }

    private static Resource<GenericKubernetesResource> one(
            KubernetesClient client,
            ResourceDefinitionContext kind,
            NamespaceName in,
            String name) {
        return all(client, kind).inNamespace(in.value()).withName(name);
    }
}
