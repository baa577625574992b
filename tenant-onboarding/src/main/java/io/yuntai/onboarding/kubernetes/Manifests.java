package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.ObservedLease;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the desired objects read like in Kubernetes. Pure: the same value, the same manifest. */
final class Manifests {

    /** KubeVirt's VirtualMachine. */
    static final ResourceDefinitionContext VIRTUAL_MACHINES =
            new ResourceDefinitionContext.Builder()
                    .withGroup("kubevirt.io")
                    .withVersion("v1")
                    .withKind("VirtualMachine")
                    .withPlural("virtualmachines")
                    .withNamespaced(true)
                    .build();

    private static final String EPOCH_PATH =
            "/metadata/annotations/" + Labels.EPOCH.replace("/", "~1");
    private static final String SYSTEM_DISK = "system";

    private Manifests() {}

    /** The namespace; Pod Security {@code baseline} is the most that KubeVirt's launchers bear. */
    static Namespace namespace(Desired.SystemNamespace desired) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .addToLabels(Labels.UNIT, desired.unit().toString())
                .addToLabels(Labels.SYSTEM, desired.system().toString())
                .addToLabels(Labels.POOL, desired.pool().toString())
                .addToLabels(Labels.POD_SECURITY, "baseline")
                .endMetadata()
                .build();
    }

    /**
     * Default requests for containers that name none: under a quota on processors or memory such a
     * container would be refused. No default limits, since KubeVirt would cap every machine.
     */
    static LimitRange limitRange(Desired.SystemNamespace desired) {
        return new LimitRangeBuilder()
                .withNewMetadata()
                .withName(Labels.LEASE_NAME)
                .withNamespace(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToDefaultRequest("cpu", new Quantity("100m"))
                .addToDefaultRequest("memory", new Quantity("128Mi"))
                .endLimit()
                .endSpec()
                .build();
    }

    /** The lease of a namespace that was granted nothing yet. */
    static ResourceQuota emptyLease(NamespaceName namespace, ResourceNames names) {
        return new ResourceQuotaBuilder(leaseSkeleton(namespace))
                .editMetadata()
                .addToLabels(Labels.MANAGED, "true")
                .addToAnnotations(Labels.EPOCH, epoch(Epoch.ZERO))
                .endMetadata()
                .withNewSpec()
                .withHard(names.hard(Amounts.NONE))
                .endSpec()
                .build();
    }

    /** Enough of a lease to address it. */
    static ResourceQuota leaseSkeleton(NamespaceName namespace) {
        return new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(Labels.LEASE_NAME)
                .withNamespace(namespace.value())
                .endMetadata()
                .build();
    }

    /**
     * The fenced write: nothing of it happens unless the lease is still the one found. Where its
     * epoch was spoilt, the version is the fence, and the annotations are made anew.
     */
    static String leasePatch(Desired.Lease desired, ObservedLease found, ResourceNames names) {
        var hard = new TreeMap<String, String>();
        names.hard(desired.hard()).forEach((name, quantity) -> hard.put(name, quantity.toString()));
        String uid = found.incarnation().uid();
        int version = uid.indexOf(Observed.VERSION);
        String epoch = epoch(desired.epoch());
        var write = operation("replace", "/spec/hard", hard);
        return Serialization.asJson(
                version < 0
                        ? List.of(
                                operation("test", "/metadata/uid", uid),
                                operation("test", EPOCH_PATH, epoch(found.epoch())),
                                operation("replace", EPOCH_PATH, epoch),
                                write)
                        : List.of(
                                operation("test", "/metadata/uid", uid.substring(0, version)),
                                operation(
                                        "test",
                                        "/metadata/resourceVersion",
                                        uid.substring(version + 1)),
                                operation(
                                        "add",
                                        "/metadata/annotations",
                                        Map.of(Labels.EPOCH, epoch)),
                                write));
    }

    private static Map<String, Object> operation(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }

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

    private static String epoch(Epoch epoch) {
        return Long.toString(epoch.value());
    }
}
