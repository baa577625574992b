package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.yuntai.onboarding.host.HostKept;
import io.yuntai.onboarding.host.HostProperties;
import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.quota.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a cloud host reads like in Kubernetes. Pure: the same value, the same manifest. */
final class HostManifests {

    /** KubeVirt's VirtualMachine. */
    static final ResourceDefinitionContext VIRTUAL_MACHINES =
            kind("kubevirt.io", "v1", "VirtualMachine", "virtualmachines", true);

    /** A VirtualMachine that runs. */
    static final ResourceDefinitionContext INSTANCES =
            kind("kubevirt.io", "v1", "VirtualMachineInstance", "virtualmachineinstances", true);

    /** KubeVirt's order to move one of those to another node. */
    static final ResourceDefinitionContext MIGRATIONS =
            kind(
                    "kubevirt.io",
                    "v1",
                    "VirtualMachineInstanceMigration",
                    "virtualmachineinstancemigrations",
                    true);

    /** CDI's disks that are filled from somewhere. */
    static final ResourceDefinitionContext DATA_VOLUMES =
            kind("cdi.kubevirt.io", "v1beta1", "DataVolume", "datavolumes", true);

    /** KubeVirt's sizes. */
    static final ResourceDefinitionContext INSTANCETYPES =
            kind(
                    "instancetype.kubevirt.io",
                    "v1beta1",
                    "VirtualMachineClusterInstancetype",
                    "virtualmachineclusterinstancetypes",
                    false);

    /** What KubeVirt takes of user data in the machine itself; more of it needs a Secret. */
    static final int MOST_INLINE = 2048;

    /** What KubeVirt has the container of an image's disk request, where nobody sets it. */
    private static final int IMAGE_DISK_MILLIS = 1;

    private static final long IMAGE_DISK_BYTES = 1_000_000;

    static final String SYSTEM_DISK = "system";
    private static final String BESIDE_IMAGE = "data";
    private static final String CLOUD_INIT = "cloudinit";
    private static final String USER_DATA = "userdata";

    private HostManifests() {}

    private static ResourceDefinitionContext kind(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    /**
     * What a cluster can do beside KubeVirt's own.
     *
     * @param dataVolumes whether CDI fills disks from images
     * @param instancetype whether the host's size stands there as an instancetype
     * @param asLeased whether its launcher requests what the lease has for it; one that was made
     *     before that was so stays as it is until something of it is to change
     */
    record Features(boolean dataVolumes, boolean instancetype, boolean asLeased) {
        static final Features NONE = new Features(false, false);

        /** Of one that is made now. */
        Features(boolean dataVolumes, boolean instancetype) {
            this(dataVolumes, instancetype, true);
        }

        /** The same, with its size written out. */
        Features plain() {
            return new Features(dataVolumes, false, asLeased);
        }
    }

    /**
     * The disks that are plain claims beside the machine. The quota on storage counts them at once.
     * A system disk that CDI fills is none of them: that claim is CDI's.
     */
    static List<PersistentVolumeClaim> disks(Desired.Host host, Features features) {
        var claims = new ArrayList<PersistentVolumeClaim>();
        if (host.build().kept().isPresent()) {
            return claims;
        }
        if (!isImported(host, features)) {
            claims.add(claim(host, host.name(), host.diskBytes(), host.storageClass()));
        }
        for (var disk : host.build().dataDisks()) {
            claims.add(claim(host, dataDisk(host.name(), disk), disk.bytes(), disk.storageClass()));
        }
        return claims;
    }

    private static PersistentVolumeClaim claim(
            Desired.Host host, String name, long bytes, String storageClass) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(host.namespace().value())
                .withLabels(hostLabels(host))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(accessMode(host, storageClass))
                .withVolumeMode(volumeMode(host, storageClass))
                .withStorageClassName(storageClass)
                .withNewResources()
                .addToRequests("storage", new Quantity(Quantities.ofUnits(bytes)))
                .endResources()
                .endSpec()
                .build();
    }

    private static String accessMode(Desired.Host host, String storageClass) {
        return host.build().shared().containsKey(storageClass) ? "ReadWriteMany" : "ReadWriteOnce";
    }

    /** Null where the cluster's own default is as good as any. */
    private static @Nullable String volumeMode(Desired.Host host, String storageClass) {
        var as = host.build().shared().get(storageClass);
        return as == null ? null : as == HostProperties.SharedAs.BLOCK ? "Block" : "Filesystem";
    }

    /** User data that is too long for the machine itself; empty: it is not. */
    static Optional<Secret> secret(Desired.Host host) {
        return isInline(host)
                ? Optional.empty()
                : Optional.of(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(secretName(host.name()))
                                .withNamespace(host.namespace().value())
                                .withLabels(hostLabels(host))
                                .endMetadata()
                                .withType("Opaque")
                                .addToData(
                                        USER_DATA,
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        host.build()
                                                                .cloudInit()
                                                                .getBytes(StandardCharsets.UTF_8)))
                                .build());
    }

    /** The host's size as the cluster's own; versions of a size have names of their own. */
    static GenericKubernetesResource instancetype(Desired.Host host, ResourceNames names) {
        var type = new GenericKubernetesResource();
        type.setApiVersion(INSTANCETYPES.getGroup() + "/" + INSTANCETYPES.getVersion());
        type.setKind(INSTANCETYPES.getKind());
        type.setMetadata(
                new ObjectMetaBuilder()
                        .withName(instancetypeName(host))
                        .addToLabels(Labels.MANAGED, "true")
                        .build());
        var spec = new LinkedHashMap<String, Object>();
        spec.put("cpu", Map.of("guest", host.vcpu()));
        spec.put("memory", Map.of("guest", Quantities.ofUnits(host.memoryBytes())));
        host.build().gpus().ifPresent(gpus -> spec.put("gpus", gpus(gpus, names)));
        type.setAdditionalProperty("spec", spec);
        return type;
    }

    private static String instancetypeName(Desired.Host host) {
        return "yuntai-" + host.build().size().orElseThrow();
    }

    /**
     * The machine. Its launcher requests exactly what the lease has for it, whatever KubeVirt's
     * version estimates: the guest's processors, and the guest's memory with {@link
     * LauncherOverhead} beside it. So {@code requests} say all of it, KubeVirt is told to add
     * nothing ({@code overcommitGuestOverhead}), and no container stands beside the machine's own
     * but that of an image's disk, which is taken off. Beside an instancetype KubeVirt takes no
     * requests: there it is the guest's memory, and the guest's processors by {@link
     * WholeProcessors}.
     *
     * @throws IllegalArgumentException when it needs what the cluster does not have
     */
    static GenericKubernetesResource virtualMachine(
            Desired.Host host, Features features, ResourceNames names) {
        var labels = hostLabels(host);
        var machine = new GenericKubernetesResource();
        machine.setApiVersion(VIRTUAL_MACHINES.getGroup() + "/" + VIRTUAL_MACHINES.getVersion());
        machine.setKind(VIRTUAL_MACHINES.getKind());
        var meta =
                new ObjectMetaBuilder()
                        .withName(host.name())
                        .withNamespace(host.namespace().value())
                        .withLabels(labels)
                        .addToAnnotations(Labels.DIGEST, host.digest());
        if (isBesideItsImage(host, features)
                && host.build().image().orElseThrow().source() != HostBuild.Source.CONTAINER_DISK) {
            meta.addToAnnotations(
                    Labels.NOTICE,
                    "no CDI on this cluster: the system disk is the image itself, and what is"
                            + " written to it is lost; the second disk keeps what is written");
        }
        machine.setMetadata(meta.build());
        var kept = host.build().kept();
        if (kept.isPresent()) {
            machine.setAdditionalProperty("spec", kept(kept.get(), host.build().running()));
            return machine;
        }
        var spec = new LinkedHashMap<String, Object>();
        spec.put("runStrategy", host.build().running() ? "Always" : "Halted");
        if (features.instancetype()) {
            spec.put(
                    "instancetype",
                    Map.of("kind", INSTANCETYPES.getKind(), "name", instancetypeName(host)));
        }
        if (isImported(host, features)) {
            spec.put("dataVolumeTemplates", List.of(dataVolume(host, features)));
        }
        spec.put(
                "template",
                Map.of(
                        "metadata",
                        Map.of("labels", labels),
                        "spec",
                        instance(host, features, names)));
        machine.setAdditionalProperty("spec", spec);
        return machine;
    }

    /** Of a machine of others only what it was found to be, and whether it runs. */
    private static Map<String, Object> kept(HostKept as, boolean running) {
        var spec = new LinkedHashMap<String, Object>();
        switch (as.runBy()) {
            case STRATEGY -> spec.put("runStrategy", running ? "Always" : "Halted");
            case RERUN -> spec.put("runStrategy", running ? "RerunOnFailure" : "Halted");
            case MANUAL -> spec.put("runStrategy", "Manual");
            case ONCE -> spec.put("runStrategy", "Once");
            case FLAG -> spec.put("running", running);
        }
        var cpu = new LinkedHashMap<String, Object>();
        as.cores().ifPresent(cores -> cpu.put("cores", cores));
        as.sockets().ifPresent(sockets -> cpu.put("sockets", sockets));
        as.threads().ifPresent(threads -> cpu.put("threads", threads));
        var domain = new LinkedHashMap<String, Object>();
        if (!cpu.isEmpty()) {
            domain.put("cpu", cpu);
        }
        if (!as.memory().isEmpty()) {
            domain.put("memory", Map.of("guest", as.memory()));
        }
        if (!domain.isEmpty()) {
            spec.put("template", Map.of("spec", Map.of("domain", domain)));
        }
        return spec;
    }

    /**
     * Has a machine of others request and be limited to the size that it was given, where it says
     * so at all: its launcher would else take what its guest has no longer, or too little for it.
     */
    static void requestSize(
            Desired.Host host, GenericKubernetesResource desired, GenericKubernetesResource there) {
        var sizes =
                Map.of(
                        "cpu",
                        Integer.toString(host.vcpu()),
                        "memory",
                        Quantities.ofUnits(host.memoryBytes()));
        var resources = new TreeMap<String, Object>();
        for (var group : List.of("requests", "limits")) {
            Object written = there.get("spec", "template", "spec", "domain", "resources", group);
            var sized = new TreeMap<>(sizes);
            sized.keySet().retainAll(Comparison.map(written).keySet());
            if (!sized.isEmpty()) {
                resources.put(group, sized);
            }
        }
        if (!resources.isEmpty()) {
            var spec = new LinkedHashMap<>(Comparison.map(desired.get("spec")));
            var domain =
                    new LinkedHashMap<>(
                            Comparison.map(desired.get("spec", "template", "spec", "domain")));
            domain.put("resources", resources);
            spec.put("template", Map.of("spec", Map.of("domain", domain)));
            desired.setAdditionalProperty("spec", spec);
        }
    }

    /** The order to move a host. */
    static GenericKubernetesResource migration(NamespaceName namespace, String host, String name) {
        var migration = new GenericKubernetesResource();
        migration.setApiVersion(MIGRATIONS.getGroup() + "/" + MIGRATIONS.getVersion());
        migration.setKind(MIGRATIONS.getKind());
        migration.setMetadata(
                new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(namespace.value())
                        .addToLabels(Labels.MANAGED, "true")
                        .build());
        migration.setAdditionalProperty("spec", Map.of("vmiName", host));
        return migration;
    }

    /**
     * An image of a registry is pulled by the node. By its importer CDI would first need a second
     * claim as large as the disk, for which no lease has room, and a way out of the namespace.
     */
    private static Map<String, Object> source(HostBuild.Image image, Features features) {
        return switch (image.source()) {
            case CONTAINER_DISK, REGISTRY -> {
                String url = "docker://" + image.location();
                yield Map.of(
                        "registry",
                        features.asLeased()
                                ? Map.of("url", url, "pullMethod", "node")
                                : Map.of("url", url));
            }
            case HTTP -> Map.of("http", Map.of("url", image.location()));
        };
    }

    private static Map<String, Object> dataVolume(Desired.Host host, Features features) {
        var image = host.build().image().orElseThrow();
        var storage = new TreeMap<String, Object>();
        storage.put("accessModes", List.of(accessMode(host, host.storageClass())));
        storage.put("storageClassName", host.storageClass());
        storage.put(
                "resources",
                Map.of("requests", Map.of("storage", Quantities.ofUnits(host.diskBytes()))));
        String volumeMode = volumeMode(host, host.storageClass());
        if (volumeMode != null) {
            storage.put("volumeMode", volumeMode);
        }
        return Map.of(
                "metadata",
                Map.of("name", host.name(), "labels", hostLabels(host)),
                "spec",
                Map.of("source", source(image, features), "storage", storage));
    }

    private static Map<String, Object> instance(
            Desired.Host host, Features features, ResourceNames names) {
        var domain = new LinkedHashMap<String, Object>();
        if (!features.instancetype()) {
            domain.put("cpu", Map.of("cores", host.vcpu()));
            domain.put("memory", Map.of("guest", Quantities.ofUnits(host.memoryBytes())));
            domain.put(
                    "resources",
                    Map.of("requests", requests(host, features), "overcommitGuestOverhead", true));
        } else if (features.asLeased()) {
            domain.put("resources", Map.of("overcommitGuestOverhead", true));
        }
        domain.put("devices", devices(host, features, names));
        var instance = new LinkedHashMap<String, Object>();
        var nodes = new TreeMap<String, Object>();
        nodes.put(Labels.PROCESSOR, host.pool().processor().code());
        host.build().zone().ifPresent(zone -> nodes.put(Labels.ZONE, zone));
        instance.put("nodeSelector", nodes);
        instance.put("domain", domain);
        instance.put(
                "networks",
                List.of(
                        host.build()
                                .network()
                                .<Map<String, Object>>map(network ->
                                        Map.of(
                                                "name",
                                                "default",
                                                "multus",
                                                Map.of("networkName", network)))
                                .orElse(Map.of("name", "default", "pod", Map.of()))));
        instance.put("volumes", volumes(host, features));
        return instance;
    }

    private static Map<String, Object> requests(Desired.Host host, Features features) {
        if (!features.asLeased()) {
            return Map.of("cpu", Integer.toString(host.vcpu()));
        }
        boolean besideImage = isBesideItsImage(host, features);
        long overhead =
                LauncherOverhead.KUBEVIRT.of(host.vcpu(), host.memoryBytes()).get(Resource.MEMORY);
        return Map.of(
                "cpu",
                besideImage
                        ? host.vcpu() * 1000 - IMAGE_DISK_MILLIS + "m"
                        : Integer.toString(host.vcpu()),
                "memory",
                Quantities.ofUnits(
                        host.memoryBytes() + overhead - (besideImage ? IMAGE_DISK_BYTES : 0)));
    }

    private static List<Map<String, Object>> volumes(Desired.Host host, Features features) {
        var volumes = new ArrayList<Map<String, Object>>();
        if (isImported(host, features)) {
            volumes.add(volume(SYSTEM_DISK, "dataVolume", Map.of("name", host.name())));
        } else if (isBesideItsImage(host, features)) {
            var image = host.build().image().orElseThrow();
            volumes.add(volume(SYSTEM_DISK, "containerDisk", Map.of("image", image.location())));
            volumes.add(volume(BESIDE_IMAGE, "persistentVolumeClaim", claimed(host.name())));
        } else {
            volumes.add(volume(SYSTEM_DISK, "persistentVolumeClaim", claimed(host.name())));
        }
        for (var disk : host.build().dataDisks()) {
            volumes.add(
                    volume(
                            dataDisk(disk),
                            "persistentVolumeClaim",
                            claimed(dataDisk(host.name(), disk))));
        }
        if (!host.build().cloudInit().isEmpty()) {
            volumes.add(
                    volume(
                            CLOUD_INIT,
                            "cloudInitNoCloud",
                            isInline(host)
                                    ? Map.of("userData", host.build().cloudInit())
                                    : Map.of(
                                            "secretRef", Map.of("name", secretName(host.name())))));
        }
        return volumes;
    }

    private static Map<String, Object> volume(String name, String kind, Map<String, Object> of) {
        return Map.of("name", name, kind, of);
    }

    private static Map<String, Object> claimed(String claim) {
        return Map.of("claimName", claim);
    }

    private static Map<String, Object> devices(
            Desired.Host host, Features features, ResourceNames names) {
        var devices = new LinkedHashMap<String, Object>();
        devices.put(
                "disks",
                volumes(host, features).stream()
                        .map(volume ->
                                Map.of("name", volume.get("name"), "disk", Map.of("bus", "virtio")))
                        .toList());
        devices.put(
                "interfaces",
                List.of(
                        Map.of(
                                "name",
                                "default",
                                host.build().network().isPresent() ? "bridge" : "masquerade",
                                Map.of())));
        if (features.asLeased()) {
            // Its console is written down by a container beside the machine, which requests more.
            devices.put("logSerialConsole", false);
        }
        if (!features.instancetype()) {
            host.build().gpus().ifPresent(gpus -> devices.put("gpus", gpus(gpus, names)));
        }
        return devices;
    }

    private static List<Map<String, Object>> gpus(HostBuild.Gpu gpus, ResourceNames names) {
        String device = names.device("gpus/" + gpus.model());
        var all = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < gpus.count(); i++) {
            all.add(Map.of("name", "gpu" + i, "deviceName", device));
        }
        return all;
    }

    /** CDI copies the image to the disk. */
    static boolean isImported(Desired.Host host, Features features) {
        return features.dataVolumes()
                && host.build()
                        .image()
                        .filter(image -> image.source() != HostBuild.Source.CONTAINER_DISK)
                        .isPresent();
    }

    /** The image itself is the system disk, and the disk that is paid for stands beside it. */
    private static boolean isBesideItsImage(Desired.Host host, Features features) {
        var image = host.build().image();
        if (image.isEmpty() || isImported(host, features)) {
            return false;
        }
        if (image.get().source() == HostBuild.Source.HTTP) {
            throw new IllegalArgumentException(
                    "this cluster has no CDI, which an image from an address needs");
        }
        return true;
    }

    private static boolean isInline(Desired.Host host) {
        return host.build().cloudInit().getBytes(StandardCharsets.UTF_8).length <= MOST_INLINE;
    }

    private static String dataDisk(HostBuild.Disk disk) {
        return "data" + disk.position();
    }

    private static String dataDisk(String host, HostBuild.Disk disk) {
        return dataDisk(host, disk.position());
    }

    /** The claim of a data disk. */
    static String dataDisk(String host, int position) {
        return host + "-data" + position;
    }

    /**
     * Whether a claim of ours is one of a host's disks. One that says whose it is is that host's
     * whatever its name, for names of what others have made say nothing.
     */
    static boolean isDiskOf(String host, ObjectMeta claim) {
        String of = claim.getLabels().get(Labels.DISK_OF);
        if (of != null) {
            return of.equals(host);
        }
        String name = claim.getName();
        return name.equals(host)
                || (name.startsWith(host + "-data")
                        && name.substring(host.length() + 5).matches("[0-9]{1,2}"));
    }

    /** What the claims of a host are called. */
    static Set<String> diskNames(Desired.Host host) {
        var kept = host.build().kept();
        if (kept.isPresent()) {
            return Set.copyOf(kept.get().claims());
        }
        var names = new TreeSet<String>();
        names.add(host.name());
        host.build().dataDisks().forEach(disk -> names.add(dataDisk(host.name(), disk)));
        return names;
    }

    static String secretName(String host) {
        return host + "-" + CLOUD_INIT;
    }

    /** On the disks of a machine of others, whose names say nothing. */
    static Map<String, String> keptDiskLabels(Desired.Host host) {
        var labels = new TreeMap<>(hostLabels(host));
        labels.put(Labels.DISK_OF, host.name());
        return labels;
    }

    private static Map<String, String> hostLabels(Desired.Host host) {
        return new TreeMap<>(
                Map.of(
                        Labels.MANAGED, "true",
                        Labels.HOST, host.id().toString(),
                        Labels.POOL, host.pool().toString()));
    }
}
