package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a namespace of others and takes it over, without a pod or a machine being touched. */
record OccupiedContent(KubernetesClient client, ResourceNames names, NamespacePolicy policy) {

    private static final int MOST = 20;
    private static final int LONGEST = 300;
    private static final String OF_A_MACHINE = "vm.kubevirt.io/name";
    private static final String LAUNCHER = "kubevirt.io";

    /** What a namespace holds; empty when there is none. */
    Optional<Occupied> read(NamespaceName name) {
        String in = name.value();
        var namespace = client.namespaces().withName(in).get();
        if (namespace == null) {
            return Optional.empty();
        }
        var claims = new HashMap<String, PersistentVolumeClaim>();
        Lists.eachOf(
                client.persistentVolumeClaims().inNamespace(in),
                claim -> claims.put(claim.getMetadata().getName(), claim));
        var instances = new HashMap<String, GenericKubernetesResource>();
        Lists.eachOf(
                client.genericKubernetesResources(HostManifests.INSTANCES).inNamespace(in),
                one -> instances.put(one.getMetadata().getName(), one));
        var machines = new ArrayList<Occupied.Machine>();
        Lists.eachOf(
                client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES).inNamespace(in),
                machine ->
                        machines.add(
                                OccupiedMachines.read(
                                        machine,
                                        Optional.ofNullable(
                                                instances.get(machine.getMetadata().getName())),
                                        claims)));
        machines.sort(Comparator.comparing(Occupied.Machine::name));
        var all = new Measured(names, Set.of());
        var beside = new Measured(names, Set.of());
        var inadmissible = new ArrayList<String>();
        Lists.eachOf(
                client.pods().inNamespace(in),
                pod -> {
                    var remade = remade(pod);
                    all.add(remade);
                    if (!isLauncher(pod, machines)) {
                        beside.add(remade);
                    }
                    images(pod).forEach(inadmissible::add);
                });
        var ofMachines = new HashSet<String>();
        machines.forEach(machine -> machine.disks().forEach(d -> ofMachines.add(d.claim())));
        var unclassed = Amounts.NONE;
        for (var claim : claims.values()) {
            boolean isOfAMachine = ofMachines.contains(claim.getMetadata().getName());
            all.add(claim);
            if (!isOfAMachine) {
                beside.add(claim);
            }
            var disk = OccupiedMachines.disk(claim);
            if (disk.storageClass().equals(OccupiedMachines.NO_CLASS) && !isOfAMachine) {
                unclassed =
                        unclassed.plus(
                                Amounts.of(Resource.storage(disk.storageClass()), disk.bytes()));
            }
        }
        Lists.eachOf(
                client.services().inNamespace(in),
                service -> {
                    all.add(service);
                    beside.add(service);
                });
        machines.forEach(_ -> all.addHost());
        inadmissible.addAll(security(namespace));
        return Optional.of(
                new Occupied(
                        namespace.getMetadata().getUid(),
                        holder(namespace),
                        namespace.getMetadata().getDeletionTimestamp() != null,
                        all.total().plus(unclassed),
                        beside.total().plus(unclassed),
                        machines,
                        objects(in),
                        inadmissible.stream().distinct().limit(MOST).toList()));
    }

    private Optional<Occupied.Holder> holder(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        if ("true".equals(labels.get(Labels.MANAGED))) {
            return Optional.of(Occupied.Holder.MANAGED);
        }
        var lease =
                client.resourceQuotas()
                        .inNamespace(namespace.getMetadata().getName())
                        .withName(Labels.LEASE_NAME)
                        .get();
        return lease == null || isOurs(lease)
                ? Optional.empty()
                : Optional.of(Occupied.Holder.NAME_TAKEN);
    }

    private static boolean isOurs(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get(Labels.MANAGED));
    }

    /** Of a running machine; KubeVirt labels it so. */
    private static boolean isLauncher(Pod pod, List<Occupied.Machine> machines) {
        var labels = pod.getMetadata().getLabels();
        if (labels == null || !"virt-launcher".equals(labels.get(LAUNCHER))) {
            return false;
        }
        String of = labels.get(OF_A_MACHINE);
        return of == null || machines.stream().anyMatch(machine -> machine.name().equals(of));
    }

    /** As it would be made under our defaults: what requests nothing requests something then. */
    private Pod remade(Pod pod) {
        var spec = pod.getSpec();
        Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .forEach(this::withDefaults);
        return pod;
    }

    private void withDefaults(Container container) {
        var resources = container.getResources();
        var of = resources == null ? new ResourceRequirements() : resources;
        var requests =
                new HashMap<String, Quantity>(
                        of.getRequests() == null ? Map.of() : of.getRequests());
        requests.putIfAbsent("cpu", new Quantity(policy.defaultCpu()));
        requests.putIfAbsent("memory", new Quantity(policy.defaultMemory()));
        of.setRequests(requests);
        container.setResources(of);
    }

    private List<String> images(Pod pod) {
        if (policy.registries().isEmpty()) {
            return List.of();
        }
        var spec = pod.getSpec();
        return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .map(Container::getImage)
                .filter(image -> policy.registries().stream().noneMatch(image::startsWith))
                .map(image -> cut(pod.getMetadata().getName() + ": " + image))
                .toList();
    }

    /**
     * What the API server itself would warn of: the label is set in a trial run, which nothing
     * stays of.
     */
    private List<String> security(Namespace namespace) {
        String level = policy.podSecurity().name().toLowerCase(java.util.Locale.ROOT);
        return Warnings.ofTrial(
                client,
                "/api/v1/namespaces/" + namespace.getMetadata().getName(),
                "{\"metadata\":{\"labels\":{\"%senforce\":\"%s\"}}}"
                        .formatted(Labels.POD_SECURITY, level));
    }

    private List<Occupied.Beside> objects(String in) {
        var found = new ArrayList<Occupied.Beside>();
        Lists.eachOf(
                client.resourceQuotas().inNamespace(in),
                one -> add(found, one, one.getSpec() == null ? null : one.getSpec().getHard()));
        Lists.eachOf(
                client.limitRanges().inNamespace(in),
                one -> add(found, one, one.getSpec() == null ? null : one.getSpec().getLimits()));
        Lists.eachOf(
                client.network().v1().networkPolicies().inNamespace(in),
                one -> add(found, one, ""));
        Lists.eachOf(
                client.rbac().roleBindings().inNamespace(in),
                one -> add(found, one, subjects(one)));
        found.sort(
                Comparator.comparing(Occupied.Beside::kind).thenComparing(Occupied.Beside::name));
        return found;
    }

    private static String subjects(RoleBinding binding) {
        return binding.getRoleRef().getName()
                + " "
                + binding.getSubjects().stream()
                        .map(subject -> subject.getKind() + "/" + subject.getName())
                        .toList();
    }

    private static void add(
            List<Occupied.Beside> found, HasMetadata one, @Nullable Object content) {
        if (!isOurs(one) && found.size() < 10 * MOST) {
            found.add(
                    new Occupied.Beside(
                            one.getKind(),
                            one.getMetadata().getName(),
                            cut(content == null ? "" : String.valueOf(content))));
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    /**
     * Marks a namespace as its system's and puts a lease into it that limits nothing yet: the
     * fenced write that comes next is the first that does, and holds all that runs. The guards come
     * after that.
     */
    Cluster.ApplyOutcome take(Desired.SystemNamespace desired, String uid) {
        String in = desired.namespace().value();
        var present = client.namespaces().withName(in).get();
        if (present == null || !present.getMetadata().getUid().equals(uid)) {
            return rejected(HttpURLConnection.HTTP_NOT_FOUND, in + " is another by now");
        }
        var labels = present.getMetadata().getLabels();
        boolean isOfSystem = desired.system().toString().equals(labels.get(Labels.SYSTEM));
        if (!isOfSystem && holder(present).isPresent()) {
            return rejected(HttpURLConnection.HTTP_CONFLICT, in + " is somebody else's");
        }
        if (!isOfSystem) {
            Applying.apply(
                    client.resource(
                            new NamespaceBuilder()
                                    .withNewMetadata()
                                    .withName(in)
                                    .addToLabels(Labels.SYSTEM, desired.system().toString())
                                    .endMetadata()
                                    .build()));
        }
        try {
            var _ = client.resource(LeaseManifests.openLease(desired.namespace())).create();
        } catch (KubernetesClientException e) {
            if (!Answers.alreadyExists(e)) {
                throw e;
            }
        }
        return new Cluster.ApplyOutcome.Applied();
    }

    private static Cluster.ApplyOutcome rejected(int status, String reason) {
        return new Cluster.ApplyOutcome.Rejected(status, reason);
    }
}
