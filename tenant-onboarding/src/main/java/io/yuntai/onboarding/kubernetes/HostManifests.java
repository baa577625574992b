package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a cloud host reads like in Kubernetes. Pure: the same value, the same manifest. */
final class HostManifests {

    /** KubeVirt's VirtualMachine. */
    static final ResourceDefinitionContext VIRTUAL_MACHINES =
            new ResourceDefinitionContext.Builder()
                    .withGroup("kubevirt.io")
                    .withVersion("v1")
                    .withKind("VirtualMachine")
                    .withPlural("virtualmachines")
                    .withNamespaced(true)
                    .build();

    private static final String SYSTEM_DISK = "system";

    private HostManifests() {}

    /**
     * The system disk: a plain claim beside the machine, not a DataVolume, which a cluster without
     * CDI does not have. The quota on storage counts it at once. Named like its host.
     */
    static PersistentVolumeClaim disk(Desired.Host host) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(host.name())
                .withNamespace(host.namespace().value())
                .withLabels(hostLabels(host))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(host.storageClass())
                .withNewResources()
                .addToRequests("storage", new Quantity(Quantities.ofUnits(host.diskBytes())))
                .endResources()
                .endSpec()
                .build();
    }

    /**
     * The machine. Its launcher requests exactly what the guest sees, so that a lease in the
     * guest's units has room for it: processors are not overcommitted, and KubeVirt's own overhead
     * (some hundreds of MiB a machine) stands in the launcher's limit only. Nodes must keep that
     * much back from what they offer.
     */
    static GenericKubernetesResource virtualMachine(Desired.Host host) {
        var labels = hostLabels(host);
        var machine = new GenericKubernetesResource();
        machine.setApiVersion(VIRTUAL_MACHINES.getGroup() + "/" + VIRTUAL_MACHINES.getVersion());
        machine.setKind(VIRTUAL_MACHINES.getKind());
        machine.setMetadata(
                new ObjectMetaBuilder()
                        .withName(host.name())
                        .withNamespace(host.namespace().value())
                        .withLabels(labels)
                        .build());
        machine.setAdditionalProperty(
                "spec",
                Map.of(
                        "runStrategy",
                        "Always",
                        "template",
                        Map.of("metadata", Map.of("labels", labels), "spec", instance(host))));
        return machine;
    }

    private static Map<String, Object> instance(Desired.Host host) {
        return Map.of(
                "nodeSelector",
                Map.of(Labels.PROCESSOR, host.pool().processor().code()),
                "domain",
                Map.of(
                        "cpu", Map.of("cores", host.vcpu()),
                        "memory", Map.of("guest", Quantities.ofUnits(host.memoryBytes())),
                        "resources",
                                Map.of(
                                        "requests",
                                        Map.of("cpu", Integer.toString(host.vcpu())),
                                        "overcommitGuestOverhead",
                                        true),
                        "devices", devices()),
                "networks",
                List.of(Map.of("name", "default", "pod", Map.of())),
                "volumes",
                List.of(
                        Map.of(
                                "name",
                                SYSTEM_DISK,
                                "persistentVolumeClaim",
                                Map.of("claimName", host.name()))));
    }

    private static Map<String, Object> devices() {
        return Map.of(
                "disks",
                List.of(Map.of("name", SYSTEM_DISK, "disk", Map.of("bus", "virtio"))),
                "interfaces",
                List.of(Map.of("name", "default", "masquerade", Map.of())));
    }

    private static Map<String, String> hostLabels(Desired.Host host) {
        return new TreeMap<>(
                Map.of(
                        Labels.MANAGED, "true",
                        Labels.HOST, host.id().toString(),
                        Labels.POOL, host.pool().toString()));
    }
}
