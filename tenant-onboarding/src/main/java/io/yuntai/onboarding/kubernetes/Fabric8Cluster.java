package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.Watchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.ObservedLease;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A real cluster, through Fabric8. A request is given up after 10 s and tried three times in all;
 * lists are read in pages of 500, so that no answer is without bounds.
 */
public final class Fabric8Cluster implements Cluster {

    private static final Duration PODS_UNUSED = Duration.ofMinutes(10);

    /**
     * So many hosts of a namespace are made at the same time: what its quota is asked for meanwhile
     * the API server counts and writes down together.
     */
    private static final int HOSTS_AT_ONCE = 4;

    private final ClusterName name;
    private final KubernetesClient client;
    private final ResourceNames names;
    private final NamespacePolicy policy;
    private final KnownKinds kinds;
    private final WholeProcessors processors;
    private final Kubeconfig kubeconfig;
    private final Pulse pulse = new Pulse();
    private final AdmissionLog admissions;
    private final HostMemory hostMemory = new HostMemory();
    private final NamespaceMemory namespaceMemory = new NamespaceMemory();
    private @Nullable Watching pods;
    private long podsWanted;
    private volatile Optional<ClusterUid> expected = Optional.empty();

    private Fabric8Cluster(
            ClusterName name,
            Kubeconfig kubeconfig,
            ResourceNames names,
            NamespacePolicy policy,
            List<Interceptor> interceptors) {
        this.names = names;
        this.admissions = new AdmissionLog(names);
        this.policy = policy;
        this.name = name;
        this.kubeconfig = kubeconfig;
        this.client =
                new KubernetesClientBuilder()
                        .withConfig(kubeconfig.config())
                        .withHttpClientBuilderConsumer(http -> {
                            http.addOrReplaceInterceptor(Pulse.class.getName(), pulse);
                            interceptors.forEach(one ->
                                    http.addOrReplaceInterceptor(one.getClass().getName(), one));
                        })
                        .build();
        this.kinds = new KnownKinds(client);
        this.processors = new WholeProcessors(client, kinds);
    }

    /**
     * A connection to the cluster of a kubeconfig; nothing is sent yet.
     *
     * @param kubeconfig its text; a user in it has a token or a certificate
     * @throws IllegalArgumentException when it is no kubeconfig, or one that runs a program
     */
    public static Fabric8Cluster connect(ClusterName name, String kubeconfig) {
        return connect(name, kubeconfig, ResourceNames.DEFAULT, NamespacePolicy.DEFAULT);
    }

    /** With another table of resources, or other namespaces, than those of the program. */
    static Fabric8Cluster connect(
            ClusterName name, String kubeconfig, ResourceNames names, NamespacePolicy policy) {
        return connect(name, kubeconfig, names, policy, List.of());
    }

    /** Whose requests others hear of, and may prevent. */
    static Fabric8Cluster connect(
            ClusterName name,
            String kubeconfig,
            ResourceNames names,
            NamespacePolicy policy,
            List<Interceptor> interceptors) {
        return new Fabric8Cluster(name, Kubeconfig.read(kubeconfig), names, policy, interceptors);
    }

    @Override
    public ClusterName name() {
        return name;
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public boolean reachable() {
        return pulse.reachable();
    }

    @Override
    public List<Symptom> symptoms(Clock clock) {
        var symptoms = new ArrayList<>(pulse.symptoms(clock));
        kubeconfig
                .certificateEnds()
                .filter(end -> end.isBefore(clock.instant().plus(Kubeconfig.RENEW_WITHIN)))
                .map(end ->
                        new Symptom(
                                Symptom.Kind.CERTIFICATE_ENDS,
                                end.minus(Kubeconfig.RENEW_WITHIN),
                                end.toString()))
                .ifPresent(symptoms::add);
        return List.copyOf(symptoms);
    }

    @Override
    public Reading<ClusterUid> uid() {
        var uid = read(pulse.enterToIdentify(), () -> ClusterInspector.uid(client));
        if (uid instanceof Reading.Read<ClusterUid>(var found)) {
            var _ = isExpected(found);
        }
        return uid;
    }

    @Override
    public void expect(Optional<ClusterUid> uid) {
        expected = uid;
    }

    private boolean isExpected(ClusterUid found) {
        boolean isIt = expected.isEmpty() || expected.get().equals(found);
        pulse.identified(isIt ? Optional.empty() : Optional.of(found.value()));
        return isIt;
    }

    @Override
    public Reading<NodeCapacity> capacity() {
        return read(() -> ClusterInspector.nodes(client, names));
    }

    @Override
    public Inspection inspect(Clock clock) {
        return ClusterInspector.inspect(kubeconfig, names, policy, clock);
    }

    @Override
    public ApplyOutcome apply(Desired object) {
        return switch (object) {
            case Desired.SystemNamespace namespace ->
                    write(() -> inOurs(namespace, () -> content().apply(namespace)));
            case Desired.EmptyLease lease -> write(() -> createLease(lease));
            case Desired.Host host ->
                    write(() -> {
                        hostContent().apply(host);
                        return new ApplyOutcome.Applied();
                    });
        };
    }

    @Override
    public List<ApplyOutcome> applyAll(List<Desired.Host> hosts) {
        var leave = pulse.enter();
        if (leave.isEmpty()) {
            ApplyOutcome notNow = new ApplyOutcome.Unknown(pulse.reason());
            return hosts.stream().map(_ -> notNow).toList();
        }
        var content = hostContent();
        var attempts = new Attempts(hosts.size());
        try (var beside = new Beside()) {
            var others =
                    IntStream.range(1, Math.min(HOSTS_AT_ONCE, hosts.size()))
                            .mapToObj(_ -> beside.begin(() -> attempts.make(hosts, content::apply)))
                            .toList();
            var _ = attempts.make(hosts, content::apply);
            others.forEach(other -> {
                var _ = other.get();
            });
        } catch (Error e) {
            pulse.unasked(leave.get());
            throw e;
        }
        // Each of those that waited for their turn took a part of it.
        int turns = Math.ceilDiv(hosts.size(), HOSTS_AT_ONCE);
        attempts.worst()
                .ifPresentOrElse(
                        thrown -> tell(leave.get().shared(turns), thrown),
                        () -> pulse.answered(leave.get().shared(turns)));
        return attempts.outcomes(this::outcome);
    }

    private ApplyOutcome inOurs(Desired.SystemNamespace desired, Runnable deed) {
        var present = client.namespaces().withName(desired.namespace().value()).get();
        if (present != null && !isOurs(present) && !isOf(desired.system(), present)) {
            return notOurs(desired.namespace());
        }
        // What is missing may be so because this is another cluster.
        if (present == null && expected.isPresent() && !isExpected(ClusterInspector.uid(client))) {
            return new ApplyOutcome.Unknown(pulse.reason());
        }
        deed.run();
        return new ApplyOutcome.Applied();
    }

    private NamespaceContent content() {
        return new NamespaceContent(client, new NamespaceManifests(policy), namespaceMemory);
    }

    private HostContent hostContent() {
        return new HostContent(client, names, kinds, processors, hostMemory);
    }

    @Override
    public Reading<HostMade> making(Desired.Host host) {
        return read(() -> hostContent().making(host));
    }

    @Override
    public Reading<HostMade> made(Desired.Host host) {
        return read(() -> hostContent().made(host));
    }

    @Override
    public Mending mend(Desired.Host host, Consumer<List<Difference>> before) {
        return mend(
                found -> {
                    found.add(hostContent().remedy(host));
                    return new ApplyOutcome.Applied();
                },
                before);
    }

    @Override
    public Mending mend(Desired.Tenancy tenancy, Consumer<List<Difference>> before) {
        return mend(
                found -> inOurs(tenancy.of(), () -> found.add(content().remedy(tenancy))), before);
    }

    /** Looks and writes are apart: whoever is told in between need not hurry. */
    private Mending mend(
            Function<List<Remedy>, ApplyOutcome> look, Consumer<List<Difference>> before) {
        var remedies = new ArrayList<Remedy>();
        var looked = write(() -> look.apply(remedies));
        var found = remedies.stream().flatMap(one -> one.found().stream()).toList();
        if (found.isEmpty()) {
            return new Mending(looked, List.of());
        }
        before.accept(found);
        var told = new ArrayList<Difference>();
        var outcome =
                write(() -> {
                    remedies.forEach(one -> one.work().run(told::add));
                    return new ApplyOutcome.Applied();
                });
        return new Mending(outcome, told);
    }

    @Override
    public Reading<List<FoundNamespace>> namespaces() {
        return read(() -> {
            var hosts = new HashMap<String, List<FoundNamespace.FoundHost>>();
            var _ =
                    Lists.eachServed(
                            machines().inAnyNamespace(),
                            machine ->
                                    hosts.computeIfAbsent(
                                                    machine.getMetadata().getNamespace(),
                                                    _ -> new ArrayList<>())
                                            .add(Observed.foundHost(machine)));
            var disks = new HashMap<String, List<FoundNamespace.FoundDisk>>();
            Lists.eachOf(
                    client.persistentVolumeClaims()
                            .inAnyNamespace()
                            .withLabel(Labels.MANAGED, "true"),
                    claim ->
                            disks.computeIfAbsent(
                                            claim.getMetadata().getNamespace(),
                                            _ -> new ArrayList<>())
                                    .add(Observed.foundDisk(claim)));
            var found = new ArrayList<FoundNamespace>();
            Lists.eachOf(
                    client.namespaces(),
                    namespace -> {
                        var meta = namespace.getMetadata();
                        found.add(
                                new FoundNamespace(
                                        new NamespaceName(meta.getName()),
                                        meta.getUid(),
                                        isOurs(namespace),
                                        NamespaceManifests.owner(namespace),
                                        hosts.getOrDefault(meta.getName(), List.of()),
                                        disks.getOrDefault(meta.getName(), List.of())));
                    });
            return List.copyOf(found);
        });
    }

    @Override
    public Reading<Optional<Occupied>> occupied(NamespaceName namespace) {
        return read(() -> new OccupiedContent(client, names, policy).read(namespace));
    }

    @Override
    public ApplyOutcome takeOver(Desired.SystemNamespace namespace, String uid) {
        return write(() -> new OccupiedContent(client, names, policy).take(namespace, uid));
    }

    @Override
    public Reading<List<Difference>> differences(Collection<Desired.Tenancy> wanted) {
        return read(() -> content().differences(wanted));
    }

    /** Created and never applied: an apply would undo what a fenced write did. */
    private ApplyOutcome createLease(Desired.EmptyLease desired) {
        try {
            var _ = client.resource(LeaseManifests.emptyLease(desired.namespace(), names)).create();
        } catch (KubernetesClientException e) {
            if (!Answers.alreadyExists(e)) {
                throw e;
            }
        }
        return new ApplyOutcome.Applied();
    }

    @Override
    public LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease found) {
        var leave = pulse.enter();
        if (leave.isEmpty()) {
            return new LeaseOutcome.Unknown(pulse.reason());
        }
        try {
            patchLease(lease, found);
            pulse.answered(leave.get());
            return new LeaseOutcome.Written();
        } catch (IllegalArgumentException e) {
            pulse.unasked(leave.get());
            return new LeaseOutcome.Rejected(HttpURLConnection.HTTP_BAD_REQUEST, e.toString());
        } catch (KubernetesClientException e) {
            pulse.failed(leave.get(), e);
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> new LeaseOutcome.Missing();
                case Answers.UNPROCESSABLE -> whyRefused(lease, found, e);
                default ->
                        Answers.later(e)
                                ? new LeaseOutcome.Unknown(Answers.reason(e))
                                : new LeaseOutcome.Rejected(e.getCode(), Answers.reason(e));
            };
        } catch (RuntimeException e) {
            pulse.nonsense(leave.get(), e);
            return new LeaseOutcome.Unknown(pulse.reason());
        }
    }

    /** One request: the patch of a named resource would read it first. */
    private void patchLease(Desired.Lease lease, ObservedLease found) {
        var context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(Labels.FIELD_MANAGER);
        var _ =
                client.resource(LeaseManifests.leaseSkeleton(lease.namespace()))
                        .patch(context, LeaseManifests.leasePatch(lease, found, names));
    }

    /**
     * A failed {@code test} is 422 without a word of why, like any other fault of a patch: only
     * reading back tells. What is found written already is ours, from an attempt whose answer was
     * lost.
     */
    private LeaseOutcome whyRefused(
            Desired.Lease lease, ObservedLease expected, KubernetesClientException refusal) {
        return switch (lease(lease.namespace())) {
            case Reading.Unreachable<Optional<ObservedLease>>(var reason) ->
                    new LeaseOutcome.Unknown(reason);
            case Reading.Read<Optional<ObservedLease>>(var found) -> {
                if (found.isEmpty()) {
                    yield new LeaseOutcome.Missing();
                }
                var observed = found.get();
                if (observed.epoch().equals(lease.epoch())
                        && observed.specHard().equals(lease.hard())) {
                    yield new LeaseOutcome.Written();
                }
                yield observed.epoch().equals(expected.epoch())
                                && observed.incarnation().equals(expected.incarnation())
                        ? new LeaseOutcome.Rejected(refusal.getCode(), Answers.reason(refusal))
                        : new LeaseOutcome.Fenced(observed.epoch());
            }
        };
    }

    @Override
    public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
        return read(() ->
                Optional.ofNullable(quota(namespace)).map(quota -> Observed.lease(names, quota)));
    }

    private @Nullable ResourceQuota quota(NamespaceName namespace) {
        return client.resourceQuotas()
                .inNamespace(namespace.value())
                .withName(Labels.LEASE_NAME)
                .get();
    }

    @Override
    public ApplyOutcome guard(Consumer<List<GuardDifference>> before) {
        var repairs = new ArrayList<GuardInstaller.Repair>();
        var outcome =
                write(() -> {
                    repairs.addAll(GuardInstaller.repairs(client, policy));
                    return new ApplyOutcome.Applied();
                });
        if (!repairs.isEmpty()) {
            before.accept(repairs.stream().flatMap(one -> one.differences().stream()).toList());
            outcome =
                    write(() -> {
                        repairs.forEach(repair -> repair.work().run());
                        return new ApplyOutcome.Applied();
                    });
        }
        switch (outcome) {
            case ApplyOutcome.Applied _ -> pulse.guarded(Optional.empty());
            case ApplyOutcome.Rejected(_, var reason) -> pulse.guarded(Optional.of(reason));
            case ApplyOutcome.Unknown _ -> {} // They stand as they stood.
        }
        return outcome;
    }

    @Override
    public Reading<List<StrayQuota>> strayQuotas() {
        return read(() -> {
            var strays = new ArrayList<StrayQuota>();
            Lists.eachOf(notLeases(), quota -> strays.add(Observed.stray(quota)));
            return List.copyOf(strays);
        });
    }

    private FilterWatchListDeletable<ResourceQuota, ResourceQuotaList, Resource<ResourceQuota>>
            notLeases() {
        return client.resourceQuotas()
                .inAnyNamespace()
                .withoutField("metadata.name", Labels.LEASE_NAME);
    }

    @Override
    public ApplyOutcome deleteStrayQuota(StrayQuota stray) {
        return write(() -> {
            String in = stray.namespace().value();
            var namespace = client.namespaces().withName(in).get();
            if (namespace != null && !isOurs(namespace)) {
                return notOurs(stray.namespace());
            }
            var quota = client.resourceQuotas().inNamespace(in).withName(stray.name());
            var present = quota.get();
            if (present != null
                    && present.getMetadata().getUid().equals(stray.incarnation().uid())) {
                var _ = quota.delete();
            }
            return new ApplyOutcome.Applied();
        });
    }

    @Override
    public Reading<Census> census() {
        return read(() -> {
            try (var lists = new Beside()) {
                var leases = lists.begin(this::leases);
                return new Census(leases.get(), hostContent().everywhere());
            }
        });
    }

    private Map<NamespaceName, ObservedLease> leases() {
        var leases = new HashMap<NamespaceName, ObservedLease>();
        Lists.eachOf(
                client.resourceQuotas()
                        .inAnyNamespace()
                        .withField("metadata.name", Labels.LEASE_NAME),
                quota ->
                        leases.put(
                                new NamespaceName(quota.getMetadata().getNamespace()),
                                Observed.lease(names, quota)));
        return leases;
    }

    @Override
    public Reading<List<ObservedHost>> hosts(
            NamespaceName namespace, Collection<Desired.Host> wanted) {
        return read(() -> hostContent().hosts(namespace, wanted));
    }

    @Override
    public Reading<Amounts> measure(NamespaceName namespace) {
        return read(() -> {
            String in = namespace.value();
            var lease = client.resourceQuotas().inNamespace(in).withName(Labels.LEASE_NAME).get();
            var sum =
                    new Measured(
                            names,
                            lease == null || lease.getSpec() == null
                                    ? Set.of()
                                    : lease.getSpec().getHard().keySet());
            Lists.eachOf(client.pods().inNamespace(in), sum::add);
            Lists.eachOf(client.persistentVolumeClaims().inNamespace(in), sum::add);
            Lists.eachOf(client.services().inNamespace(in), sum::add);
            if (!Lists.eachServed(machines().inNamespace(in), _ -> sum.addHost())
                    && lease != null) {
                sum.addHostsOf(Observed.lease(names, lease).statusUsed());
            }
            return sum.total();
        });
    }

    @Override
    public ApplyOutcome deleteNamespace(NamespaceName namespace, BooleanSupplier still) {
        return write(() -> {
            var present = client.namespaces().withName(namespace.value()).get();
            if (present != null && !isOurs(present)) {
                return notOurs(namespace);
            }
            if (present != null && still.getAsBoolean()) {
                String read = present.getMetadata().getResourceVersion();
                var _ = client.resource(present).lockResourceVersion(read).delete();
            }
            return new ApplyOutcome.Applied();
        });
    }

    @Override
    public ApplyOutcome deleteHost(NamespaceName namespace, String host) {
        return write(() -> {
            String in = namespace.value();
            // Nobody can say of a kind that is not served that there is none of it.
            kinds.forget(HostManifests.VIRTUAL_MACHINES);
            kinds.require(HostManifests.VIRTUAL_MACHINES);
            var _ = machines().inNamespace(in).withName(host).delete();
            disks().deleteAll(namespace, host);
            return new ApplyOutcome.Applied();
        });
    }

    @Override
    public ApplyOutcome restartHost(NamespaceName namespace, String host, String instance) {
        return write(() -> {
            new HostRestart(client, namespace, host).end(instance);
            return new ApplyOutcome.Applied();
        });
    }

    @Override
    public ApplyOutcome migrate(NamespaceName namespace, String host, String migration) {
        return write(() -> {
            try {
                var _ =
                        migrations(namespace)
                                .resource(HostManifests.migration(namespace, host, migration))
                                .create();
            } catch (KubernetesClientException e) {
                if (!Answers.alreadyExists(e)) {
                    throw e;
                }
            }
            return new ApplyOutcome.Applied();
        });
    }

    @Override
    public Reading<Optional<ObservedMigration>> migration(
            NamespaceName namespace, String migration) {
        return read(() -> {
            // Listed: whoever asks for one cannot tell it from its kind.
            var there = new ArrayList<ObservedMigration>();
            if (!Lists.eachServed(
                    migrations(namespace).withField("metadata.name", migration),
                    one -> there.add(Observed.migration(one)))) {
                throw kinds.notServed(HostManifests.MIGRATIONS);
            }
            return there.stream().findFirst();
        });
    }

    @Override
    public Reading<List<Evacuation>> evacuations() {
        return read(() -> new Evacuations(client).underWay());
    }

    @Override
    public ApplyOutcome endMigration(NamespaceName namespace, String migration) {
        return write(() -> {
            var _ = migrations(namespace).withName(migration).delete();
            return new ApplyOutcome.Applied();
        });
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            migrations(NamespaceName namespace) {
        return client.genericKubernetesResources(HostManifests.MIGRATIONS)
                .inNamespace(namespace.value());
    }

    @Override
    public Reading<List<String>> remains(Desired.Host host) {
        return read(() -> disks().remains(host));
    }

    @Override
    public Reading<Optional<String>> systemDisk(NamespaceName namespace, String host) {
        return read(() -> disks().system(namespace, host));
    }

    @Override
    public ApplyOutcome deleteSystemDisk(NamespaceName namespace, String host, String uid) {
        return write(() ->
                disks().deleteSystem(namespace, host, uid)
                        ? new ApplyOutcome.Applied()
                        : new ApplyOutcome.Unknown("the disk " + host + " is still in use"));
    }

    private HostDisks disks() {
        return new HostDisks(client, kinds);
    }

    @Override
    public ApplyOutcome deleteDataDisk(NamespaceName namespace, String host, int position) {
        return write(() -> deleteClaim(namespace.value(), HostManifests.dataDisk(host, position)));
    }

    private ApplyOutcome deleteClaim(String namespace, String name) {
        var claim = client.persistentVolumeClaims().inNamespace(namespace).withName(name);
        var _ = claim.delete();
        // One that is still in use goes when its user has.
        return claim.get() == null
                ? new ApplyOutcome.Applied()
                : new ApplyOutcome.Unknown("the disk " + name + " is still in use");
    }

    @Override
    public Watching watch(Consumer<Change> changed) {
        var watches =
                List.of(
                        watch(
                                "leases",
                                client.resourceQuotas()
                                        .inAnyNamespace()
                                        .withLabel(Labels.MANAGED, "true"),
                                _ -> Amounts.NONE,
                                change -> {
                                    leavePods(false);
                                    changed.accept(change);
                                },
                                admissions.ofLeases(),
                                Optional.empty()),
                        watch(
                                "quotas",
                                notLeases(),
                                _ -> Amounts.NONE,
                                stray ->
                                        changed.accept(
                                                new Change(stray.namespace(), Amounts.NONE, true))),
                        watch(
                                "hosts",
                                machines().inAnyNamespace().withLabel(Labels.MANAGED, "true"),
                                _ -> Amounts.NONE,
                                changed),
                        // Addresses come and go there, and the machine itself does not change.
                        watch(
                                "instances",
                                client.genericKubernetesResources(HostManifests.INSTANCES)
                                        .inAnyNamespace()
                                        .withLabel(Labels.MANAGED, "true"),
                                _ -> Amounts.NONE,
                                changed),
                        watch(
                                "refusals",
                                client.v1()
                                        .events()
                                        .inAnyNamespace()
                                        .withField("reason", Refusal.REASON),
                                event -> Refusal.demand(names, event),
                                changed));
        return () -> {
            watches.forEach(Watching::close);
            leavePods(true);
        };
    }

    @Override
    public OptionalLong heard(NamespaceName namespace) {
        followPods();
        return admissions.heard(namespace);
    }

    @Override
    public Optional<Amounts> underway(NamespaceName namespace, long heard, Clock clock) {
        return read(() -> Optional.ofNullable(quota(namespace)))
                        instanceof Reading.Read<Optional<ResourceQuota>>(var quota)
                ? quota.flatMap(read -> admissions.underway(read, heard, clock))
                : Optional.empty();
    }

    /**
     * New pods are watched only while somebody has use for it, for it costs something with each of
     * them. From a while ago on, so that those are seen that were charged before.
     */
    private synchronized void followPods() {
        podsWanted = System.nanoTime();
        if (pods == null) {
            pods =
                    watch(
                            "pods",
                            client.pods().inAnyNamespace().withField("status.phase", "Pending"),
                            _ -> Amounts.NONE,
                            _ -> {},
                            admissions.ofPods(),
                            admissions.longAgo());
        }
    }

    private synchronized void leavePods(boolean atOnce) {
        boolean unused = System.nanoTime() - podsWanted > PODS_UNUSED.toNanos();
        if (pods != null && (atOnce || unused)) {
            pods.close();
            pods = null;
            // What is watched no more is not amiss.
            pulse.watched("pods", Optional.empty());
        }
    }

    @Override
    public Reading<ObservedNamespace> look(NamespaceName namespace) {
        return read(() -> NamespaceLook.at(client, namespace));
    }

    @Override
    public Watching watchNamespaces(Consumer<NamespaceName> changed) {
        Consumer<Change> named = change -> changed.accept(change.namespace());
        var watches =
                List.of(
                        watch(
                                "namespaces",
                                client.namespaces().withLabel(Labels.MANAGED, "true"),
                                _ -> Amounts.NONE,
                                named),
                        watch(
                                "warnings",
                                client.v1()
                                        .events()
                                        .inAnyNamespace()
                                        .withField("type", NamespaceLook.WARNING),
                                _ -> Amounts.NONE,
                                named));
        return () -> watches.forEach(Watching::close);
    }

    private <T extends HasMetadata> Watching watch(
            String what,
            Watchable<T> watched,
            Function<T, Amounts> demand,
            Consumer<Change> changed) {
        return watch(what, watched, demand, changed, ChangeWatch.Ear.deaf(), Optional.empty());
    }

    private <T extends HasMetadata> Watching watch(
            String what,
            Watchable<T> watched,
            Function<T, Amounts> demand,
            Consumer<Change> changed,
            ChangeWatch.Ear<T> ear,
            Optional<String> from) {
        return ChangeWatch.start(
                name, watched, demand, changed, whyNot -> pulse.watched(what, whyNot), ear, from);
    }

    @Override
    public void close() {
        client.close();
    }

    private MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            machines() {
        return client.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES);
    }

    private static boolean isOurs(Namespace namespace) {
        return "true".equals(namespace.getMetadata().getLabels().get(Labels.MANAGED));
    }

    /** Also when somebody has taken off the label by which it is governed. */
    private static boolean isOf(SystemId system, Namespace namespace) {
        return system.toString().equals(namespace.getMetadata().getLabels().get(Labels.SYSTEM));
    }

    private static ApplyOutcome notOurs(NamespaceName namespace) {
        return new ApplyOutcome.Rejected(
                HttpURLConnection.HTTP_CONFLICT, "the namespace " + namespace + " is not ours");
    }

    private ApplyOutcome write(Supplier<ApplyOutcome> request) {
        var leave = pulse.enter();
        if (leave.isEmpty()) {
            return new ApplyOutcome.Unknown(pulse.reason());
        }
        try {
            var outcome = request.get();
            pulse.answered(leave.get());
            return outcome;
        } catch (RuntimeException e) {
            tell(leave.get(), e);
            return outcome(e);
        } catch (Error e) {
            // A place that is not given back would be missing for good.
            pulse.unasked(leave.get());
            throw e;
        }
    }

    private void tell(Pulse.Leave leave, RuntimeException thrown) {
        switch (thrown) {
            case KnownKinds.NotServed _ -> pulse.answered(leave);
            case IllegalArgumentException _ -> pulse.unasked(leave);
            case KubernetesClientException e -> pulse.failed(leave, e);
            default -> pulse.nonsense(leave, thrown);
        }
    }

    private ApplyOutcome outcome(RuntimeException thrown) {
        return switch (thrown) {
            case KnownKinds.NotServed e -> new ApplyOutcome.Unknown(e.kind());
            case IllegalArgumentException e ->
                    new ApplyOutcome.Rejected(HttpURLConnection.HTTP_BAD_REQUEST, e.toString());
            case KubernetesClientException e -> Answers.ofWrite(e);
            default -> new ApplyOutcome.Unknown(pulse.reason());
        };
    }

    private <T> Reading<T> read(Supplier<T> request) {
        return read(pulse.enter(), request);
    }

    private <T> Reading<T> read(Optional<Pulse.Leave> leave, Supplier<T> request) {
        if (leave.isEmpty()) {
            return new Reading.Unreachable<>(pulse.reason());
        }
        try {
            var value = request.get();
            pulse.answered(leave.get());
            return new Reading.Read<>(value);
        } catch (KnownKinds.NotServed e) {
            pulse.answered(leave.get());
            return new Reading.Unreachable<>(e.kind());
        } catch (KubernetesClientException e) {
            pulse.failed(leave.get(), e);
            return new Reading.Unreachable<>(Answers.reason(e));
        } catch (RuntimeException e) {
            // Whatever an answer holds that no Kubernetes would say: it is the cluster's fault.
            pulse.nonsense(leave.get(), e);
            return new Reading.Unreachable<>(pulse.reason());
        } catch (Error e) {
            pulse.unasked(leave.get());
            throw e;
        }
    }
}
