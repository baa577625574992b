package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.onboarding.host.HostKept;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes, reads and compares the hosts of a cluster. */
record HostContent(
        KubernetesClient client,
        ResourceNames names,
        KnownKinds kinds,
        WholeProcessors processors,
        HostMemory memory) {

    private static final String MACHINE = "VirtualMachine";
    private static final String SECRET = "Secret";

    /**
     * The hosts of a namespace. Of each page of machines only what is said of them is kept.
     *
     * @param wanted what each is compared with; one of them is told of even when it has lost our
     *     label
     * @throws KnownKinds.NotServed where there are no machines to ask for: what has come to be may
     *     be there still
     */
    List<ObservedHost> hosts(NamespaceName namespace, Collection<Desired.Host> wanted) {
        String in = namespace.value();
        var byName = new HashMap<String, Desired.Host>();
        wanted.forEach(host -> byName.put(host.name(), host));
        var instances = new HashMap<String, ObservedHost.Instance>();
        var _ =
                Lists.eachServed(
                        // Also those without our label: machines that others have made do not hand
                        // it on.
                        client.genericKubernetesResources(HostManifests.INSTANCES).inNamespace(in),
                        one -> instances.put(one.getMetadata().getName(), Observed.instance(one)));
        var claims = new HashMap<String, PersistentVolumeClaim>();
        Lists.eachOf(
                client.persistentVolumeClaims().inNamespace(in),
                claim -> claims.put(claim.getMetadata().getName(), trimmed(claim)));
        var before = memory.looked(in);
        var now = new HashMap<String, HostMemory.Looked>();
        var hosts = new ArrayList<ObservedHost>();
        eachMachine(
                client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES).inNamespace(in),
                machine -> {
                    String name = machine.getMetadata().getName();
                    var host = Optional.ofNullable(byName.get(name));
                    if (host.isPresent() || isLabelled(machine.getMetadata().getLabels())) {
                        var looked =
                                look(
                                        host,
                                        machine,
                                        claims,
                                        Optional.ofNullable(before.get(name))
                                                .filter(known -> !HostMemory.isOld(known)));
                        now.put(name, looked);
                        hosts.add(
                                looked.machine()
                                        .host()
                                        .at(
                                                instances.getOrDefault(
                                                        name, ObservedHost.Instance.NONE))
                                        .compared(
                                                HostComparison.content(
                                                        looked.machine(),
                                                        claim -> content(claims, claim),
                                                        one -> memory.secret(in + "/" + one)),
                                                host.isEmpty() || !looked.rightWith().isEmpty()));
                    }
                });
        memory.looked(in, now);
        return List.copyOf(hosts);
    }

    private void eachMachine(
            Listable<GenericKubernetesResourceList> list,
            Consumer<GenericKubernetesResource> each) {
        if (!Lists.eachServed(list, each)) {
            throw kinds.notServed(HostManifests.VIRTUAL_MACHINES);
        }
    }

    /** A machine as it is there; listed, for whoever asks for one cannot tell it from its kind. */
    private Optional<GenericKubernetesResource> there(Desired.Host host) {
        var there = new ArrayList<GenericKubernetesResource>();
        eachMachine(
                client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                        .inNamespace(host.namespace().value())
                        .withField("metadata.name", host.name()),
                there::add);
        return there.stream().findFirst();
    }

    /**
     * At one machine and its claims. What was right is so for as long as they are the very same
     * states of the very same objects, and it shall be the same; but for a Secret, which is looked
     * at each time.
     */
    private HostMemory.Looked look(
            Optional<Desired.Host> host,
            GenericKubernetesResource machine,
            Map<String, PersistentVolumeClaim> claims,
            Optional<HostMemory.Looked> before) {
        String version = Remembered.version(machine);
        var same = before.filter(known -> known.version().equals(version));
        var seen =
                same.map(HostMemory.Looked::machine)
                        .orElseGet(() -> HostComparison.machine(machine));
        String with = host.map(one -> with(one, seen, claims)).orElse("");
        if (seen.secrets().isEmpty()
                && same.filter(known -> known.rightWith().equals(with)).isPresent()) {
            return same.get();
        }
        boolean intact = host.filter(one -> isIntact(one, machine, claims)).isPresent();
        return new HostMemory.Looked(version, seen, intact ? with : "", System.nanoTime());
    }

    /** What a host shall be, and the states of what stands beside its machine. */
    private static String with(
            Desired.Host host,
            HostMemory.Machine machine,
            Map<String, PersistentVolumeClaim> claims) {
        var names = new TreeSet<>(machine.claims());
        names.addAll(HostManifests.diskNames(host));
        var with = new StringBuilder(host.digest());
        for (var name : names) {
            with.append(' ')
                    .append(
                            Optional.ofNullable(claims.get(name))
                                    .map(Remembered::version)
                                    .orElse(Difference.NOTHING));
        }
        return with.toString();
    }

    /**
     * Every host of ours, compared with nothing: only by its content is seen that one has changed.
     * Where there are no machines to ask for it is none, and whoever misses one looks for it. The
     * lists are read beside each other, and of each page only what is said of them is kept.
     */
    Map<NamespaceName, List<ObservedHost>> everywhere() {
        try (var lists = new Beside()) {
            var instances = lists.begin(this::instances);
            var claims = lists.begin(this::claims);
            var machines = lists.begin(this::machines).get();
            lookAtSecrets(machines);
            return together(machines, instances.get(), claims.get());
        }
    }

    /**
     * At some of them, by turns: whoever visits a host looks at its Secret in any case, and between
     * two visits nobody tells of it.
     */
    private void lookAtSecrets(Map<String, List<HostMemory.Machine>> machines) {
        var places = new ArrayList<String>();
        machines.forEach((namespace, here) ->
                here.forEach(machine ->
                        machine.secrets().forEach(secret -> places.add(namespace + "/" + secret))));
        for (var place : memory.due(places)) {
            int slash = place.indexOf('/');
            var _ = look(place.substring(0, slash), place.substring(slash + 1));
        }
    }

    private UserDataSecrets.Seen look(String namespace, String secret) {
        var seen = new UserDataSecrets(client).look(namespace, secret);
        memory.secret(namespace + "/" + secret, HostComparison.content(seen));
        return seen;
    }

    private Map<NamespaceName, List<ObservedHost>> together(
            Map<String, List<HostMemory.Machine>> machines,
            Map<String, ObservedHost.Instance> instances,
            Map<String, String> claims) {
        var hosts = new HashMap<NamespaceName, List<ObservedHost>>();
        machines.forEach((namespace, here) -> {
            String in = namespace + "/";
            hosts.put(
                    new NamespaceName(namespace),
                    here.stream()
                            .map(one ->
                                    one.host()
                                            .at(
                                                    instances.getOrDefault(
                                                            in + one.host().name(),
                                                            ObservedHost.Instance.NONE))
                                            .compared(
                                                    HostComparison.content(
                                                            one,
                                                            claim -> claims.get(in + claim),
                                                            secret -> memory.secret(in + secret)),
                                                    true))
                            .toList());
        });
        return hosts;
    }

    private Map<String, ObservedHost.Instance> instances() {
        var reading = memory.instances().read();
        var instances = new HashMap<String, ObservedHost.Instance>();
        var _ =
                Lists.eachServed(
                        client.genericKubernetesResources(HostManifests.INSTANCES).inAnyNamespace(),
                        one ->
                                instances.put(
                                        place(one),
                                        reading.of(place(one), one, Observed::instance)));
        reading.end();
        return instances;
    }

    private Map<String, String> claims() {
        var reading = memory.claims().read();
        var claims = new HashMap<String, String>();
        Lists.eachOf(
                client.persistentVolumeClaims().inAnyNamespace().withLabel(Labels.MANAGED, "true"),
                one ->
                        claims.put(
                                place(one), reading.of(place(one), one, HostComparison::content)));
        reading.end();
        return claims;
    }

    private Map<String, List<HostMemory.Machine>> machines() {
        var reading = memory.machines().read();
        var machines = new HashMap<String, List<HostMemory.Machine>>();
        var _ =
                Lists.eachServed(
                        client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                                .inAnyNamespace()
                                .withLabel(Labels.MANAGED, "true"),
                        one ->
                                machines.computeIfAbsent(
                                                one.getMetadata().getNamespace(),
                                                _ -> new ArrayList<>())
                                        .add(reading.of(place(one), one, HostComparison::machine)));
        reading.end();
        return machines;
    }

    private static String place(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    private static @Nullable String content(
            Map<String, PersistentVolumeClaim> claims, String name) {
        var claim = claims.get(name);
        return claim != null && isLabelled(claim.getMetadata().getLabels())
                ? HostComparison.content(claim)
                : null;
    }

    private static boolean isLabelled(@Nullable Map<String, String> labels) {
        return labels != null && "true".equals(labels.get(Labels.MANAGED));
    }

    private static PersistentVolumeClaim trimmed(PersistentVolumeClaim claim) {
        claim.getMetadata().setManagedFields(List.of());
        claim.setStatus(null);
        return claim;
    }

    private boolean isIntact(
            Desired.Host host,
            GenericKubernetesResource machine,
            Map<String, PersistentVolumeClaim> claims) {
        try {
            return differences(host, machine, claims).isEmpty();
        } catch (IllegalArgumentException e) {
            // It cannot be made here as it should be: whoever applies it is told why.
            return false;
        }
    }

    private List<Difference> differences(
            Desired.Host host,
            GenericKubernetesResource machine,
            Map<String, PersistentVolumeClaim> claims) {
        var features = HostComparison.features(host, machine);
        var differences = new ArrayList<Difference>();
        boolean byUs = !host.digest().equals(Observed.host(machine).view().digest());
        HostComparison.of(desired(host, features, machine), machine)
                .forEach(field ->
                        differences.add(
                                of(host, MACHINE, host.name(), field, byUs)
                                        .of(machine.getMetadata())));
        for (var claim : HostManifests.disks(host, features)) {
            String name = claim.getMetadata().getName();
            var found = claims.get(name);
            if (found == null) {
                differences.add(
                        new Difference(
                                host.namespace(),
                                claim.getKind(),
                                name,
                                "",
                                Difference.NOTHING,
                                name,
                                byUs));
            } else {
                HostComparison.of(claim, found)
                        .forEach(field ->
                                differences.add(
                                        of(host, claim.getKind(), name, field, byUs)
                                                .of(found.getMetadata())));
            }
        }
        if (host.build().kept().isPresent()) {
            differences.addAll(unlabelled(host, claims, byUs));
        }
        HostManifests.secret(host)
                .ifPresent(secret -> differences.addAll(differences(host, secret, byUs)));
        return List.copyOf(differences);
    }

    /** One that says that it is another host's stays: two machines may share it. */
    private static List<Difference> unlabelled(
            Desired.Host host, Map<String, PersistentVolumeClaim> claims, boolean byUs) {
        return HostManifests.diskNames(host).stream()
                .map(claims::get)
                .filter(Objects::nonNull)
                .filter(claim -> !claim.getMetadata().getLabels().containsKey(Labels.DISK_OF))
                .map(claim ->
                        of(
                                        host,
                                        claim.getKind(),
                                        claim.getMetadata().getName(),
                                        new Comparison.Field(
                                                "/metadata/labels/"
                                                        + Comparison.escaped(Labels.DISK_OF),
                                                Difference.NOTHING,
                                                host.name()),
                                        byUs)
                                .of(claim.getMetadata()))
                .toList();
    }

    private List<Difference> differences(Desired.Host host, Secret secret, boolean byUs) {
        String name = secret.getMetadata().getName();
        return switch (look(host.namespace().value(), name)) {
            case UserDataSecrets.Seen.Found(var found) ->
                    HostComparison.of(secret, found).stream()
                            .map(field ->
                                    of(host, SECRET, name, field, byUs).of(found.getMetadata()))
                            .toList();
            case UserDataSecrets.Seen.Missing() ->
                    List.of(
                            new Difference(
                                    host.namespace(),
                                    SECRET,
                                    name,
                                    "",
                                    Difference.NOTHING,
                                    name,
                                    byUs));
            case UserDataSecrets.Seen.Unknown() -> List.of();
        };
    }

    /** Of a machine of others what it requests follows the size that it was given. */
    private GenericKubernetesResource desired(
            Desired.Host host, HostManifests.Features features, GenericKubernetesResource there) {
        var desired = HostManifests.virtualMachine(host, features, names);
        host.build()
                .kept()
                .filter(HostKept::resized)
                .ifPresent(_ -> HostManifests.requestSize(host, desired, there));
        return desired;
    }

    private static Difference of(
            Desired.Host host, String kind, String name, Comparison.Field field, boolean byUs) {
        return new Difference(
                host.namespace(), kind, name, field.pointer(), field.found(), field.wanted(), byUs);
    }

    /**
     * Makes a host where there is none.
     *
     * @throws IllegalArgumentException for one that others had made
     */
    void apply(Desired.Host host) {
        make(host, Map.of());
    }

    /** As {@link #apply}, beside disks that are there: those that are as they should stay so. */
    private void make(Desired.Host host, Map<String, PersistentVolumeClaim> claims) {
        if (host.build().kept().isPresent()) {
            throw new IllegalArgumentException(
                    host.name() + " was made by others, and cannot be made again");
        }
        var made = host.build().made().orElseGet(() -> making(host));
        write(
                host,
                new HostManifests.Features(
                        made.imported(),
                        made.instancetype() && hasInstancetype(host),
                        made.asLeased()),
                Optional.empty(),
                claims);
    }

    /** How a host would be made now. */
    HostMade making(Desired.Host host) {
        return new HostMade(
                host.build().image().isPresent() && kinds.has(HostManifests.DATA_VOLUMES),
                host.build().size().isPresent()
                        && kinds.has(HostManifests.INSTANCETYPES)
                        && processors.areWhole(),
                true);
    }

    /** How one was made of which that is not kept; where there is none, as it would be now. */
    HostMade made(Desired.Host host) {
        return there(host)
                .map(machine -> HostComparison.made(host, machine))
                .orElseGet(() -> making(host));
    }

    /** Writes a host that differs; what others have added to it stays. */
    Remedy remedy(Desired.Host host) {
        var there = there(host);
        if (there.isEmpty()) {
            var missing =
                    new Difference(
                            host.namespace(),
                            MACHINE,
                            host.name(),
                            "",
                            Difference.NOTHING,
                            host.name(),
                            false);
            return new Remedy(
                    List.of(missing),
                    told -> {
                        make(host, claims(host));
                        told.accept(
                                Optional.ofNullable(machine(host).get())
                                        .map(made -> missing.made(made.getMetadata()))
                                        .orElse(missing));
                    });
        }
        var machine = there.get();
        var claims = claims(host);
        var differences = differences(host, machine, claims);
        return new Remedy(differences, told -> mend(host, machine, claims, differences, told));
    }

    private void mend(
            Desired.Host host,
            GenericKubernetesResource machine,
            Map<String, PersistentVolumeClaim> claims,
            List<Difference> differences,
            Consumer<Difference> told) {
        var features = HostComparison.features(host, machine);
        if (features.instancetype() && !hasInstancetype(host)) {
            features = features.plain();
        }
        try {
            if (host.build().kept().isPresent()) {
                keep(host, machine);
            } else {
                write(host, features, Optional.of(machine), claims);
            }
        } catch (RuntimeException e) {
            differences.forEach(told); // What the cluster will not have is told, too.
            throw e;
        }
        differences.forEach(one -> told.accept(one.missing() ? made(host, one) : one));
    }

    private Difference made(Desired.Host host, Difference missing) {
        if (missing.kind().equals(SECRET)) {
            return look(host.namespace().value(), missing.name())
                            instanceof UserDataSecrets.Seen.Found(var secret)
                    ? missing.made(secret.getMetadata())
                    : missing;
        }
        return Optional.ofNullable(
                        client.persistentVolumeClaims()
                                .inNamespace(host.namespace().value())
                                .withName(missing.name())
                                .get())
                .map(claim -> missing.made(claim.getMetadata()))
                .orElse(missing);
    }

    /**
     * Writes of a machine of others what is ours, in the very words that it has; its disks are
     * labelled, so that they go with it one day.
     */
    private void keep(Desired.Host host, GenericKubernetesResource there) {
        var desired = desired(host, HostManifests.Features.NONE, there);
        for (var claim : host.build().kept().orElseThrow().claims()) {
            label(host, claim);
        }
        Applying.apply(
                client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                        .inNamespace(host.namespace().value())
                        .resource(desired));
        HostComparison.withoutFactors(desired, there)
                .ifPresent(patch -> {
                    var _ = machine(host).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
                });
    }

    private void label(Desired.Host host, String name) {
        var claim =
                client.persistentVolumeClaims()
                        .inNamespace(host.namespace().value())
                        .withName(name);
        if (claim.get() != null) {
            var _ =
                    claim.patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            Serialization.asJson(
                                    Map.of(
                                            "metadata",
                                            Map.of("labels", HostManifests.keptDiskLabels(host)))));
        }
    }

    private Map<String, PersistentVolumeClaim> claims(Desired.Host host) {
        var claims = new HashMap<String, PersistentVolumeClaim>();
        for (var name : HostManifests.diskNames(host)) {
            var found =
                    client.persistentVolumeClaims()
                            .inNamespace(host.namespace().value())
                            .withName(name)
                            .get();
            if (found != null) {
                claims.put(name, found);
            }
        }
        return claims;
    }

    private void write(
            Desired.Host host,
            HostManifests.Features features,
            Optional<GenericKubernetesResource> there,
            Map<String, PersistentVolumeClaim> claims) {
        // Whatever cannot be is found before anything is written.
        kinds.require(HostManifests.VIRTUAL_MACHINES);
        var desired = HostManifests.virtualMachine(host, features, names);
        HostManifests.secret(host).ifPresent(new UserDataSecrets(client)::set);
        for (var claim : HostManifests.disks(host, features)) {
            var found = Optional.ofNullable(claims.get(claim.getMetadata().getName()));
            if (found.isEmpty() || !HostComparison.of(claim, found.get()).isEmpty()) {
                var kept = found.map(one -> HostComparison.keeping(claim, one)).orElse(claim);
                Applying.apply(client.resource(kept));
            }
        }
        var machine = there.map(one -> HostComparison.keeping(desired, one)).orElse(desired);
        writeMachine(host, machine);
        if (!features.instancetype()) {
            there.flatMap(one -> HostComparison.withoutFactors(desired, one))
                    .ifPresent(patch -> {
                        // What is not ours no apply takes away.
                        var _ = machine(host).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
                    });
        }
    }

    private void writeMachine(Desired.Host host, GenericKubernetesResource machine) {
        try {
            Applying.apply(
                    client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                            .inNamespace(host.namespace().value())
                            .resource(machine));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                // The kind, or the namespace: looked for anew.
                kinds.forget(HostManifests.VIRTUAL_MACHINES);
                kinds.require(HostManifests.VIRTUAL_MACHINES);
            }
            throw e;
        }
    }

    private Resource<GenericKubernetesResource> machine(Desired.Host host) {
        return client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                .inNamespace(host.namespace().value())
                .withName(host.name());
    }

    /** Where there are none, or we may not make one, the size is written out in the host. */
    private boolean hasInstancetype(Desired.Host host) {
        try {
            Applying.apply(
                    client.genericKubernetesResources(HostManifests.INSTANCETYPES)
                            .resource(HostManifests.instancetype(host, names)));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                kinds.forget(HostManifests.INSTANCETYPES); // Taken away since it was looked for.
                return false;
            }
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }
}
