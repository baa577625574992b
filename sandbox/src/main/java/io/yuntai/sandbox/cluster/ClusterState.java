package io.yuntai.sandbox.cluster;

import io.yuntai.onboarding.kubernetes.Census;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.LeaseOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.ObservedMigration;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.kubernetes.StrayQuota;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a simulated cluster holds and what its controllers have yet to do. Not safe for threads: its
 * cluster lets one in at a time.
 */
final class ClusterState {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private static final Set<String> FOREIGN = Set.of("default", "kube-public", "kube-system");
    private static final Set<String> LEASED =
            Set.of(
                    "cpuMillis",
                    "memoryBytes",
                    "storageBytes",
                    "hosts",
                    "gpus",
                    "publicIps",
                    "pods",
                    "services",
                    "claims");
    private static final Duration LATE = Duration.ofSeconds(20);
    private static final Duration STALLED_PAUSE = Duration.ofSeconds(1);

    /** How often a quota controller counts all of a namespace, whatever it has heard. */
    private static final Duration RECOUNT = Duration.ofMinutes(5);

    private static final Duration LONGEST_LAUNCH_PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Lags lags;
    private long incarnations;
    private long told;
    private boolean stalled;
    private final Agenda agenda = new Agenda();
    private final Map<NamespaceName, SimulatedNamespace> namespaces = new HashMap<>();
    private final Set<String> migrations = new HashSet<>();
    private final Map<NamespaceName, Cluster.Change> changed = new LinkedHashMap<>();

    ClusterState(Clock clock, Lags lags) {
        this.clock = clock;
        this.lags = lags;
    }

    void catchUp() {
        agenda.runUntil(clock.instant());
    }

    void after(Duration lag, Runnable deed) {
        agenda.add(clock.instant().plus(lag), deed);
    }

    Optional<Instant> nextDue() {
        return agenda.next();
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** The namespaces that changed since this was last asked. */
    List<Cluster.Change> takeChanged() {
        var taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    /** Those that hold a lease or a host. */
    List<NamespaceName> occupied() {
        return namespaces.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    Cluster.Mending mend(Desired.Host host, Consumer<List<Difference>> before) {
        var found =
                find(host.namespace())
                        .map(present -> present.differences(host))
                        .orElse(List.<Difference>of());
        tell(before, found);
        return new Cluster.Mending(
                found.isEmpty() && find(host.namespace()).isPresent()
                        ? new ApplyOutcome.Applied()
                        : applyHost(host),
                found);
    }

    void editHost(NamespaceName namespace, String host, int vcpu) {
        find(namespace)
                .ifPresent(present -> {
                    present.editHost(host, vcpu);
                    changed(namespace, Amounts.NONE);
                });
    }

    void deleteClaim(NamespaceName namespace, String claim) {
        find(namespace)
                .ifPresent(present -> {
                    present.deleteClaim(claim);
                    leaseChanged(namespace, lags.release());
                });
    }

    ApplyOutcome apply(Desired object) {
        return switch (object) {
            case Desired.SystemNamespace(var namespace, _, var system, var pool) ->
                    applyNamespace(
                            namespace,
                            present -> {
                                present.close();
                                present.owner(new FoundNamespace.Owner(system, pool));
                            });
            case Desired.EmptyLease(var namespace) -> createLease(namespace);
            case Desired.Host host -> applyHost(host);
        };
    }

    private ApplyOutcome applyNamespace(
            NamespaceName namespace, Consumer<SimulatedNamespace> write) {
        if (FOREIGN.contains(namespace.value())) {
            return notOurs(namespace);
        }
        write.accept(namespaces.computeIfAbsent(namespace, _ -> new SimulatedNamespace(clock)));
        return new ApplyOutcome.Applied();
    }

    List<FoundNamespace> namespaces() {
        var found = new ArrayList<FoundNamespace>();
        FOREIGN.forEach(name ->
                found.add(
                        new FoundNamespace(
                                new NamespaceName(name),
                                "uid-" + name,
                                false,
                                List.of(),
                                List.of())));
        namespaces.forEach((name, present) ->
                found.add(
                        new FoundNamespace(
                                name,
                                "uid-" + name,
                                true,
                                present.owner(),
                                present.foundHosts(),
                                present.foundDisks())));
        return List.copyOf(found);
    }

    ApplyOutcome migrate(NamespaceName namespace, String migration) {
        migrations.add(namespace + "/" + migration);
        return new ApplyOutcome.Applied();
    }

    Optional<ObservedMigration> migration(NamespaceName namespace, String migration) {
        return migrations.contains(namespace + "/" + migration)
                ? Optional.of(
                        new ObservedMigration("uid-" + migration, true, true, "Succeeded", "", ""))
                : Optional.empty();
    }

    ApplyOutcome endMigration(NamespaceName namespace, String migration) {
        migrations.remove(namespace + "/" + migration);
        return new ApplyOutcome.Applied();
    }

    /** Namespaces of others are empty here. */
    Optional<Occupied> occupied(NamespaceName name) {
        boolean isOurs = namespaces.containsKey(name);
        return isOurs || FOREIGN.contains(name.value())
                ? Optional.of(
                        new Occupied(
                                "uid-" + name,
                                isOurs ? Optional.of(Occupied.Holder.MANAGED) : Optional.empty(),
                                false,
                                Amounts.NONE,
                                Amounts.NONE,
                                List.of(),
                                List.of(),
                                List.of()))
                : Optional.empty();
    }

    private static void tell(Consumer<List<Difference>> before, List<Difference> found) {
        if (!found.isEmpty()) {
            before.accept(found);
        }
    }

    Cluster.Mending mend(Desired.Tenancy tenancy, Consumer<List<Difference>> before) {
        var found = differences(List.of(tenancy));
        tell(before, found);
        return new Cluster.Mending(
                applyNamespace(tenancy.namespace(), present -> present.open(tenancy)), found);
    }

    List<Difference> differences(Collection<Desired.Tenancy> wanted) {
        return wanted.stream()
                .flatMap(tenancy ->
                        find(tenancy.namespace())
                                .map(present -> present.differences(tenancy))
                                .orElseGet(() -> List.of(missing(tenancy)))
                                .stream())
                .toList();
    }

    private static Difference missing(Desired.Tenancy tenancy) {
        String name = tenancy.namespace().value();
        return new Difference(
                tenancy.namespace(), "Namespace", name, "", Difference.NOTHING, name, true);
    }

    void deleteNetworkPolicy(NamespaceName namespace) {
        find(namespace).ifPresent(SimulatedNamespace::deleteNetworkPolicy);
    }

    private ApplyOutcome createLease(NamespaceName namespace) {
        return within(
                namespace,
                present -> {
                    if (present.lease().isEmpty()) {
                        present.createLease(new Incarnation("lease-" + ++incarnations));
                        leaseChanged(namespace, lags.status());
                    }
                    return new ApplyOutcome.Applied();
                });
    }

    private ApplyOutcome applyHost(Desired.Host host) {
        return within(
                host.namespace(),
                present -> {
                    boolean ran = present.wantsToRun(host.name());
                    var outcome = present.applyHost(host);
                    boolean runs = present.wantsToRun(host.name());
                    if (runs && !ran) {
                        after(lags.start(), () -> launch(host, present, lags.start()));
                    } else if (ran && !runs) {
                        after(lags.start(), () -> halt(host, present));
                    }
                    changed(host.namespace(), Amounts.NONE);
                    return outcome;
                });
    }

    /** Tries to make the launcher, ever more rarely while the lease has no room for it. */
    private void launch(Desired.Host host, SimulatedNamespace in, Duration pause) {
        if (!in.wantsToRun(host.name())) {
            return;
        }
        if (in.launch(host.name())) {
            after(
                    lags.start(),
                    () -> {
                        in.run(host.name());
                        changed(host.namespace(), Amounts.NONE);
                    });
        } else {
            var doubled = pause.multipliedBy(2).plusMillis(1);
            var next = doubled.compareTo(LONGEST_LAUNCH_PAUSE) > 0 ? LONGEST_LAUNCH_PAUSE : doubled;
            after(next, () -> launch(host, in, next));
        }
    }

    /** The machine ends; what it took is released when the quota controller next comes by. */
    private void halt(Desired.Host host, SimulatedNamespace in) {
        if (in.halt(host.name())) {
            leaseChanged(host.namespace(), lags.release());
        }
        if (in.wantsToRun(host.name())) {
            after(lags.start(), () -> launch(host, in, lags.start()));
        }
    }

    ApplyOutcome restartHost(NamespaceName namespace, String name, String instance) {
        find(namespace)
                .filter(in -> !instance.isEmpty() && in.instance(name).equals(instance))
                .ifPresent(in -> in.desired(name).ifPresent(host -> halt(host, in)));
        return new ApplyOutcome.Applied();
    }

    Optional<String> systemDisk(NamespaceName namespace, String name) {
        return find(namespace).flatMap(in -> in.systemDisk(name));
    }

    ApplyOutcome deleteSystemDisk(NamespaceName namespace, String name, String uid) {
        boolean gone = find(namespace).map(in -> in.deleteSystemDisk(name, uid)).orElse(true);
        if (gone) {
            leaseChanged(namespace, lags.release());
        }
        return gone
                ? new ApplyOutcome.Applied()
                : new ApplyOutcome.Unknown("the disk " + name + " is still in use");
    }

    ApplyOutcome createPod(
            NamespaceName namespace, String name, Amounts requests, Duration arrives) {
        return within(
                namespace,
                present -> {
                    var outcome = present.admitPod(name, requests);
                    boolean admitted = outcome instanceof ApplyOutcome.Applied;
                    changed(namespace, admitted ? Amounts.NONE : requests);
                    if (admitted && arrives.isZero()) {
                        present.arrive(name).ifPresent(pod -> tell(present, pod));
                    } else if (admitted) {
                        after(
                                arrives,
                                () -> present.arrive(name).ifPresent(pod -> tell(present, pod)));
                        // The controller, which hears of no pod that comes, may have counted it
                        // out.
                        after(arrives.plus(RECOUNT), () -> sync(namespace));
                    }
                    return outcome;
                });
    }

    /** A watch tells of it at once or late, of some twice and of some never. */
    private void tell(SimulatedNamespace in, SimulatedNamespace.Pod pod) {
        long number = told++;
        if (number % 11 == 10) {
            return;
        }
        after(number % 7 == 6 ? LATE : Duration.ofSeconds(number % 3), () -> in.tell(pod));
        if (number % 5 == 4) {
            after(LATE, () -> in.tell(pod));
        }
    }

    /** A pod that is admitted and charged, and then comes to nothing. */
    ApplyOutcome failPod(NamespaceName namespace, String name, Amounts requests) {
        return within(
                namespace,
                present -> {
                    var outcome = present.failPod(name, requests);
                    changed(namespace, Amounts.NONE);
                    return outcome;
                });
    }

    /** Whoever watches has missed something. */
    void breakWatch() {
        namespaces.values().forEach(SimulatedNamespace::breakWatch);
    }

    OptionalLong heard(NamespaceName namespace) {
        return find(namespace).map(SimulatedNamespace::heard).orElseGet(OptionalLong::empty);
    }

    Optional<Amounts> underway(NamespaceName namespace, long heard) {
        return find(namespace).flatMap(present -> present.underway(heard));
    }

    void deleteLease(NamespaceName namespace) {
        find(namespace)
                .ifPresent(present -> {
                    present.deleteLease();
                    changed(namespace, Amounts.NONE);
                });
    }

    void editLease(NamespaceName namespace, Amounts hard) {
        find(namespace)
                .ifPresent(present -> {
                    present.editLease(hard);
                    leaseChanged(namespace, lags.status());
                });
    }

    void spoilEpoch(NamespaceName namespace, String epoch) {
        find(namespace)
                .ifPresent(present -> {
                    present.spoilEpoch(epoch);
                    changed(namespace, Amounts.NONE);
                });
    }

    void createStrayQuota(NamespaceName namespace, String quota, Amounts hard) {
        find(namespace)
                .ifPresent(present -> {
                    present.strays()
                            .put(
                                    quota,
                                    new SimulatedNamespace.Stray(
                                            new Incarnation("stray-" + ++incarnations), hard));
                    changed(new Cluster.Change(namespace, Amounts.NONE, true));
                });
    }

    List<StrayQuota> strayQuotas() {
        var strays = new ArrayList<StrayQuota>();
        namespaces.forEach((namespace, present) ->
                present.strays()
                        .forEach((name, stray) ->
                                strays.add(
                                        new StrayQuota(
                                                namespace,
                                                name,
                                                stray.incarnation(),
                                                stray.hard().toString()))));
        strays.sort(
                Comparator.comparing((StrayQuota stray) -> stray.namespace().value())
                        .thenComparing(StrayQuota::name));
        return List.copyOf(strays);
    }

    ApplyOutcome deleteStrayQuota(StrayQuota stray) {
        if (FOREIGN.contains(stray.namespace().value())) {
            return notOurs(stray.namespace());
        }
        find(stray.namespace())
                .ifPresent(present -> {
                    var _ =
                            present.strays()
                                    .values()
                                    .removeIf(found ->
                                            found.incarnation().equals(stray.incarnation()));
                });
        return new ApplyOutcome.Applied();
    }

    Amounts taken(NamespaceName namespace) {
        return find(namespace).map(SimulatedNamespace::taken).orElse(Amounts.NONE);
    }

    /** Changes of one namespace are told once, with the most that was refused. */
    private void changed(NamespaceName namespace, Amounts demand) {
        changed(new Cluster.Change(namespace, demand));
    }

    private void changed(Cluster.Change change) {
        var _ =
                changed.merge(
                        change.namespace(),
                        change,
                        (one, other) ->
                                new Cluster.Change(
                                        one.namespace(),
                                        one.demand().max(other.demand()),
                                        one.stray() || other.stray()));
    }

    ApplyOutcome deletePod(NamespaceName namespace, String name) {
        return remove(namespace, present -> present.deletePod(name));
    }

    ApplyOutcome deleteHost(NamespaceName namespace, String name) {
        return remove(namespace, present -> present.deleteHost(name));
    }

    ObservedNamespace look(NamespaceName namespace) {
        var present = namespaces.get(namespace);
        return present == null
                ? ObservedNamespace.ABSENT
                : new ObservedNamespace(
                        present.terminating()
                                ? ObservedNamespace.Phase.TERMINATING
                                : ObservedNamespace.Phase.ACTIVE,
                        List.of(),
                        List.of());
    }

    ApplyOutcome deleteNamespace(NamespaceName namespace, BooleanSupplier still) {
        if (FOREIGN.contains(namespace.value())) {
            return notOurs(namespace);
        }
        var present = namespaces.get(namespace);
        if (present != null && !present.terminating() && still.getAsBoolean()) {
            present.terminate();
            after(
                    lags.release(),
                    () -> {
                        namespaces.remove(namespace);
                        changed(namespace, Amounts.NONE);
                    });
        }
        return new ApplyOutcome.Applied();
    }

    LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease expected, Fence fence) {
        if (unusable(lease).orElse(null) instanceof ApplyOutcome.Rejected(var status, var reason)) {
            return new LeaseOutcome.Rejected(status, reason);
        }
        var present = namespaces.get(lease.namespace());
        var found = present == null ? null : present.lease().orElse(null);
        if (present == null || found == null) {
            return new LeaseOutcome.Missing();
        }
        if (found.epoch().equals(lease.epoch()) && found.specHard().equals(lease.hard())) {
            return new LeaseOutcome.Written();
        }
        if (!fence.lets(found, expected)) {
            return new LeaseOutcome.Fenced(found.epoch());
        }
        present.writeLease(lease);
        leaseChanged(lease.namespace(), lags.status());
        return new LeaseOutcome.Written();
    }

    Optional<ObservedLease> lease(NamespaceName namespace) {
        return find(namespace).flatMap(SimulatedNamespace::lease);
    }

    Optional<ObservedLease> staleLease(NamespaceName namespace) {
        return find(namespace).flatMap(SimulatedNamespace::staleLease);
    }

    Census census() {
        var leases = new HashMap<NamespaceName, ObservedLease>();
        var hosts = new HashMap<NamespaceName, List<ObservedHost>>();
        namespaces.forEach((name, namespace) -> {
            namespace.lease().ifPresent(lease -> leases.put(name, lease));
            hosts.put(name, namespace.hosts(List.of()));
        });
        return new Census(leases, hosts);
    }

    List<ObservedHost> hosts(NamespaceName namespace, Collection<Desired.Host> wanted) {
        return find(namespace).map(present -> present.hosts(wanted)).orElse(List.of());
    }

    Amounts measure(NamespaceName namespace) {
        return find(namespace).map(SimulatedNamespace::measure).orElse(Amounts.NONE);
    }

    private Optional<SimulatedNamespace> find(NamespaceName namespace) {
        return Optional.ofNullable(namespaces.get(namespace));
    }

    private ApplyOutcome within(
            NamespaceName namespace, Function<SimulatedNamespace, ApplyOutcome> deed) {
        var present = namespaces.get(namespace);
        if (present == null) {
            return new ApplyOutcome.Rejected(
                    NOT_FOUND, "namespaces \"" + namespace + "\" not found");
        }
        if (present.terminating()) {
            return new ApplyOutcome.Unknown(
                    "forbidden: namespace " + namespace + " is being terminated");
        }
        return deed.apply(present);
    }

    /** Deletes at once; what it took is released when the quota controller next comes by. */
    private ApplyOutcome remove(NamespaceName namespace, Consumer<SimulatedNamespace> deed) {
        find(namespace)
                .ifPresent(present -> {
                    deed.accept(present);
                    leaseChanged(namespace, lags.release());
                });
        return new ApplyOutcome.Applied();
    }

    /** While the controllers stand still, what is due for them waits. */
    void stall(boolean stalls) {
        stalled = stalls;
    }

    private void leaseChanged(NamespaceName namespace, Duration lag) {
        changed(namespace, Amounts.NONE);
        after(lag, () -> sync(namespace));
    }

    private void sync(NamespaceName namespace) {
        if (stalled) {
            after(STALLED_PAUSE, () -> sync(namespace));
        } else if (find(namespace).map(SimulatedNamespace::sync).orElse(false)) {
            changed(namespace, Amounts.NONE);
        }
    }

    private static Optional<ApplyOutcome> unusable(Desired.Lease lease) {
        for (var resource : lease.hard().resources()) {
            if (!LEASED.contains(resource.base())) {
                return Optional.of(
                        new ApplyOutcome.Rejected(
                                BAD_REQUEST, "a ResourceQuota has no name for " + resource));
            }
            if (lease.hard().get(resource) < 0) {
                return Optional.of(
                        new ApplyOutcome.Rejected(
                                UNPROCESSABLE,
                                "spec.hard: Invalid value: must be greater than or equal to 0"));
            }
        }
        return Optional.empty();
    }

    private static ApplyOutcome notOurs(NamespaceName namespace) {
        return new ApplyOutcome.Rejected(CONFLICT, "the namespace " + namespace + " is not ours");
    }
}
