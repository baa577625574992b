package io.yuntai.onboarding.application;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A namespace as somebody else has run it: one machine that runs and one that stands still, pods
 * with requests and without, and a quota, defaults, a network policy and a role binding of his own.
 */
final class Legacy {

    /** A disk of legacy-1 that bears the name of another machine. */
    static final String MISNAMED = "legacy-2";

    private static final String MACHINES = "kubevirt.io/v1";

    private final KubernetesClient hand;
    private final String namespace;

    private Legacy(KubernetesClient hand, String namespace) {
        this.hand = hand;
        this.namespace = namespace;
    }

    /** Makes it, with a running machine of so many processors in sockets of two cores. */
    static Legacy of(KubernetesClient hand, String namespace, int sockets) {
        var legacy = new Legacy(hand, namespace);
        hand.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
        legacy.claim("root-of-1", "40Gi");
        legacy.claim(MISNAMED, "100Gi");
        legacy.claim("root-of-2", "40Gi");
        legacy.claim("of-nobody", "5Gi");
        hand.resource(
                        legacy.machine(
                                "legacy-1",
                                Map.of("runStrategy", "RerunOnFailure"),
                                Map.of("sockets", sockets, "cores", 2, "threads", 1),
                                List.of("root-of-1", MISNAMED)))
                .create();
        hand.resource(
                        legacy.machine(
                                "legacy-2",
                                Map.of("running", false),
                                Map.of("cores", 2),
                                List.of("root-of-2")))
                .create();
        hand.resource(legacy.instance("legacy-1", sockets)).create();
        hand.resource(
                        legacy.pod(
                                "virt-launcher-legacy-1-x",
                                Map.of("cpu", "400m", "memory", "4500Mi"),
                                Map.of(
                                        "kubevirt.io",
                                        "virt-launcher",
                                        "vm.kubevirt.io/name",
                                        "legacy-1")))
                .create();
        hand.resource(legacy.pod("web", Map.of("cpu", "500m", "memory", "1Gi"), Map.of())).create();
        hand.resource(legacy.pod("bare", Map.of(), Map.of())).create();
        legacy.governed();
        return legacy;
    }

    private void governed() {
        hand.resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withName("own")
                                .withNamespace(namespace)
                                .endMetadata()
                                .withNewSpec()
                                .addToHard("count/configmaps", new Quantity("50"))
                                .endSpec()
                                .build())
                .create();
        hand.resource(
                        new LimitRangeBuilder()
                                .withNewMetadata()
                                .withName("own")
                                .withNamespace(namespace)
                                .endMetadata()
                                .withNewSpec()
                                .addNewLimit()
                                .withType("Container")
                                .addToMax("cpu", new Quantity("64"))
                                .endLimit()
                                .endSpec()
                                .build())
                .create();
        hand.resource(
                        new NetworkPolicyBuilder()
                                .withNewMetadata()
                                .withName("own")
                                .withNamespace(namespace)
                                .endMetadata()
                                .withNewSpec()
                                .withNewPodSelector()
                                .endPodSelector()
                                .withPolicyTypes("Ingress")
                                .endSpec()
                                .build())
                .create();
        hand.resource(
                        new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName("own")
                                .withNamespace(namespace)
                                .endMetadata()
                                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
                                .addNewSubject("rbac.authorization.k8s.io", "Group", "old", null)
                                .build())
                .create();
    }

    private void claim(String name, String size) {
        hand.resource(
                        new PersistentVolumeClaimBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withNamespace(namespace)
                                .endMetadata()
                                .withNewSpec()
                                .withAccessModes("ReadWriteMany")
                                .withStorageClassName("ssd")
                                .withNewResources()
                                .addToRequests("storage", new Quantity(size))
                                .endResources()
                                .endSpec()
                                .build())
                .create();
    }

    private GenericKubernetesResource machine(
            String name, Map<String, Object> runs, Map<String, Object> cpu, List<String> claims) {
        var spec = new TreeMap<>(runs);
        spec.put(
                "template",
                Map.of(
                        "metadata",
                        Map.of("labels", Map.of("app", name)),
                        "spec",
                        Map.of(
                                "domain",
                                Map.of(
                                        "cpu",
                                        cpu,
                                        "memory",
                                        Map.of("guest", "4Gi"),
                                        "devices",
                                        Map.of("autoattachGraphicsDevice", false)),
                                "volumes",
                                claims.stream()
                                        .map(claim ->
                                                Map.of(
                                                        "name",
                                                        claim,
                                                        "persistentVolumeClaim",
                                                        Map.of("claimName", claim)))
                                        .toList())));
        return generic("VirtualMachine", name, spec);
    }

    private GenericKubernetesResource instance(String name, int sockets) {
        return generic(
                "VirtualMachineInstance",
                name,
                Map.of(
                        "domain",
                        Map.of(
                                "cpu",
                                Map.of("sockets", sockets, "cores", 2),
                                "memory",
                                Map.of("guest", "4Gi"),
                                "devices",
                                Map.of())));
    }

    private GenericKubernetesResource generic(String kind, String name, Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(MACHINES);
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    /** A pod of one container. */
    Pod pod(String name, Map<String, String> requests, Map<String, String> labels) {
        var pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("example/app")
                        .withNewResources()
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build();
        var resources = pod.getSpec().getContainers().getFirst().getResources();
        var quantities = new TreeMap<String, Quantity>();
        requests.forEach((resource, amount) -> quantities.put(resource, new Quantity(amount)));
        resources.setRequests(quantities);
        return pod;
    }

    /** Makes another machine, without disks, that was started by hand. */
    void add(String name, Map<String, Object> domain) {
        hand.resource(
                        generic(
                                "VirtualMachine",
                                name,
                                Map.of(
                                        "runStrategy",
                                        "Manual",
                                        "template",
                                        Map.of("spec", Map.of("domain", domain)))))
                .create();
    }

    GenericKubernetesResource machine(String name) {
        return get("VirtualMachine", name);
    }

    private GenericKubernetesResource get(String kind, String name) {
        return hand.genericKubernetesResources(MACHINES, kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** Of everything that could restart: what it is, and how often it was told to be another. */
    Map<String, String> identities() {
        var all = new TreeMap<String, String>();
        for (var machine : List.of("legacy-1", "legacy-2")) {
            all.put("machine " + machine, identity(machine(machine)));
        }
        all.put("instance", identity(get("VirtualMachineInstance", "legacy-1")));
        hand.pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(pod -> all.put("pod " + pod.getMetadata().getName(), identity(pod)));
        return all;
    }

    private static String identity(HasMetadata object) {
        return object.getMetadata().getUid() + " " + object.getMetadata().getGeneration();
    }

    void delete() {
        hand.namespaces().withName(namespace).delete();
    }
}
