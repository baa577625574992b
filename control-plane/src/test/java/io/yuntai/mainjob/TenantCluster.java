package io.yuntai.mainjob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster as one sees it beside the control plane, by kubectl or as a tenant. */
final class TenantCluster implements AutoCloseable {

    private static final String CREATED = "created";

    private final KubernetesClient client;

    TenantCluster(Path kubeconfig) throws IOException {
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                        .build();
    }

    List<ResourceQuota> quotas(String namespace) {
        return client.resourceQuotas().inNamespace(namespace).list().getItems();
    }

    long runningHosts(String namespace) {
        return hosts(namespace).stream()
                .filter(host -> "Running".equals(host.get("status", "printableStatus")))
                .count();
    }

    private List<GenericKubernetesResource> hosts(String namespace) {
        return kind("VirtualMachine").inNamespace(namespace).list().getItems();
    }

    private MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            kind(String kind) {
        return client.genericKubernetesResources("kubevirt.io/v1", kind);
    }

    /** A host as the cluster has it; empty: it has none of that name. */
    Optional<GenericKubernetesResource> host(String namespace, String name) {
        return Optional.ofNullable(
                kind("VirtualMachine").inNamespace(namespace).withName(name).get());
    }

    /** The uid of what runs of a host, if something does. */
    Optional<String> instance(String namespace, String name) {
        return Optional.ofNullable(
                        kind("VirtualMachineInstance").inNamespace(namespace).withName(name).get())
                .map(found -> found.getMetadata().getUid());
    }

    /** Has something run of a host, as KubeVirt does; returns its uid. */
    String startInstance(String namespace, String name) {
        var instance = new GenericKubernetesResource();
        instance.setApiVersion("kubevirt.io/v1");
        instance.setKind("VirtualMachineInstance");
        instance.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        instance.setAdditionalProperty("spec", Map.of("domain", Map.of("devices", Map.of())));
        instance.setAdditionalProperty("status", Map.of("phase", "Running"));
        return client.resource(instance).create().getMetadata().getUid();
    }

    /** A disk; empty: there is none of that name. */
    Optional<PersistentVolumeClaim> disk(String namespace, String name) {
        return Optional.ofNullable(
                client.persistentVolumeClaims().inNamespace(namespace).withName(name).get());
    }

    int pods(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems().size();
    }

    /** Asks for one more host like those that are there; says what came of it. */
    String copyHost(String namespace, String name) {
        var copy = hosts(namespace).getFirst();
        copy.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        return outcome(() -> client.resource(copy).create());
    }

    /** Asks for a pod; says what came of it. */
    String createPod(String namespace, String name, String cpu, String memory) {
        var pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("registry.example/nothing:1")
                        .withNewResources()
                        .withRequests(
                                Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build();
        return outcome(() -> client.resource(pod).create());
    }

    /** Asks for a service with an address outside; says what came of it. */
    String createBalancer(String namespace, String name) {
        var service =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withAllocateLoadBalancerNodePorts(false)
                        .addNewPort()
                        .withPort(443)
                        .endPort()
                        .endSpec()
                        .build();
        return outcome(() -> client.resource(service).create());
    }

    private static String outcome(Runnable request) {
        try {
            request.run();
            return CREATED;
        } catch (KubernetesClientException e) {
            return e.getCode() + " " + e.getMessage();
        }
    }

    void createForeign(String namespace) {
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
    }

    void deletePods(String namespace) {
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
    }

    boolean isThere(String namespace) {
        return client.namespaces().withName(namespace).get() != null;
    }

    void delete(String namespace) {
        client.namespaces().withName(namespace).delete();
    }

    @Override
    public void close() {
        client.close();
    }
}
