package io.yuntai.sandbox.cluster;

import io.yuntai.onboarding.host.LauncherOverhead;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.HostBuild;
import io.yuntai.quota.Admissions;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace's objects and its quota admission, as Kubernetes does it: against {@code
 * status.hard}, charging {@code status.used} at once and releasing it only when the controller
 * looks again.
 */
final class SimulatedNamespace {

    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    /**
     * @param desired what it is, whoever has made it so
     * @param digest of what it was last made of by us
     */
    private record Machine(Desired.Host desired, String digest, boolean running) {
        Machine runs(boolean now) {
            return new Machine(desired, digest, now);
        }
    }

    /**
     * @param uid its own for all time
     * @param created as it says itself: before it was charged
     */
    record Pod(String uid, Amounts requests, Instant created) {}

    /** So long after it was charged a pod is there, or never will be. */
    static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final Duration SKEW = Duration.ofSeconds(5);

    private final Clock clock;
    private long uids;
    private Optional<FoundNamespace.Owner> owner = Optional.empty();
    private Admissions admissions;

    SimulatedNamespace(Clock clock) {
        this.clock = clock;
        this.admissions = unknown();
    }

    /** Whose it is, as its labels say. */
    Optional<FoundNamespace.Owner> owner() {
        return owner;
    }

    void owner(FoundNamespace.Owner now) {
        owner = Optional.of(now);
    }

    private Admissions unknown() {
        return new Admissions(LIFETIME, SKEW, Duration.ZERO, now());
    }

    private long now() {
        var since = Duration.between(Instant.EPOCH, clock.instant());
        return since.toNanos();
    }

    /** Whoever watches has to begin anew, with all that is there. */
    void breakWatch() {
        admissions = unknown();
        pods.values().forEach(this::tell);
    }

    /** Whoever watches hears that it is there. */
    void tell(Pod pod) {
        admissions.stored(pod.uid(), pod.requests(), pod.created(), now());
    }

    OptionalLong heard() {
        return admissions.heard(now());
    }

    Optional<Amounts> underway(long heard) {
        return admissions.underway(heard, now(), clock.instant());
    }

    private record Claim(String uid, Amounts size) {}

    /** A quota that somebody has put beside the lease. */
    record Stray(Incarnation incarnation, Amounts hard) {}

    private final Map<String, Machine> machines = new TreeMap<>();
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<String, Pod> arriving = new HashMap<>();
    private final Map<String, Stray> strays = new TreeMap<>();
    private long version;
    private boolean epochIsSpoilt;
    private @Nullable ObservedLease lease;
    private @Nullable ObservedLease leaseBefore;
    private boolean leaseHasStatus;
    private boolean terminating;
    private boolean closed;
    private Desired.@Nullable Tenancy content;

    boolean terminating() {
        return terminating;
    }

    /** As for nobody yet. */
    void close() {
        closed = true;
        content = null;
    }

    /** For those who work in it. */
    void open(Desired.Tenancy tenancy) {
        closed = true;
        content = tenancy;
    }

    void deleteNetworkPolicy() {
        closed = false;
    }

    /** All that it holds is told by one text; only what closes it can be deleted apart. */
    List<Difference> differences(Desired.Tenancy wanted) {
        var differences = new ArrayList<Difference>();
        String name = wanted.namespace().value();
        boolean byUs = !wanted.equals(content);
        if (byUs) {
            differences.add(
                    new Difference(
                            wanted.namespace(),
                            "Namespace",
                            name,
                            "/metadata/annotations",
                            content == null ? Difference.NOTHING : content.toString(),
                            wanted.toString(),
                            true));
        }
        if (!closed) {
            differences.add(
                    new Difference(
                            wanted.namespace(),
                            "NetworkPolicy",
                            "yuntai",
                            "",
                            Difference.NOTHING,
                            "yuntai",
                            byUs));
        }
        return List.copyOf(differences);
    }

    void terminate() {
        terminating = true;
    }

    Optional<ObservedLease> lease() {
        return Optional.ofNullable(lease).map(this::fencedByItsVersion);
    }

    /** A spoilt epoch fences nothing: whoever puts it right writes this one state of the lease. */
    private ObservedLease fencedByItsVersion(ObservedLease found) {
        return epochIsSpoilt
                ? new ObservedLease(
                        new Incarnation(found.incarnation().uid() + "@" + version),
                        found.epoch(),
                        found.specHard(),
                        found.statusHard(),
                        found.statusUsed())
                : found;
    }

    /** The lease as it was before its last change. */
    Optional<ObservedLease> staleLease() {
        return Optional.ofNullable(leaseBefore);
    }

    Map<String, Stray> strays() {
        return strays;
    }

    /** Only a number is an epoch. */
    void spoilEpoch(String text) {
        var old = lease;
        if (old != null) {
            boolean isNumber = text.matches("[0-9]{1,18}");
            replaceLease(
                    new ObservedLease(
                            old.incarnation(),
                            isNumber ? new Epoch(Long.parseLong(text)) : Epoch.ZERO,
                            old.specHard(),
                            old.statusHard(),
                            old.statusUsed()));
            epochIsSpoilt = !isNumber;
        }
    }

    boolean isEmpty() {
        return lease == null && machines.isEmpty();
    }

    /** Of nothing, at epoch zero. */
    void createLease(Incarnation incarnation) {
        admissions = unknown();
        replaceLease(
                new ObservedLease(
                        incarnation, Epoch.ZERO, Amounts.NONE, Amounts.NONE, Amounts.NONE));
    }

    /** Writes {@code spec} and annotation; the status stays as it is until {@link #sync}. */
    void writeLease(Desired.Lease desired) {
        var old = lease;
        if (old != null) {
            replaceLease(
                    new ObservedLease(
                            old.incarnation(),
                            desired.epoch(),
                            desired.hard(),
                            old.statusHard(),
                            old.statusUsed()));
            epochIsSpoilt = false;
        }
    }

    /** What the quota controller does when it comes by; whether that changed anything. */
    boolean sync() {
        var old = lease;
        if (old == null) {
            return false;
        }
        var synced =
                new ObservedLease(
                        old.incarnation(), old.epoch(), old.specHard(), old.specHard(), measure());
        boolean changed = !leaseHasStatus || !synced.equals(old);
        leaseHasStatus = true;
        if (changed) {
            replaceLease(synced);
        }
        return changed;
    }

    /** The claims first and then the machine, each past admission, as the real writer does. */
    ApplyOutcome applyHost(Desired.Host host) {
        var present = machines.get(host.name());
        if (present != null && !isSameDisk(present.desired(), host)) {
            return new ApplyOutcome.Rejected(
                    UNPROCESSABLE, "spec: Forbidden: the claim " + host.name() + " is immutable");
        }
        var refusal = claim(host.name(), host.storageClass(), host.diskBytes());
        for (var disk : host.build().dataDisks()) {
            if (refusal.isEmpty()) {
                refusal = claim(dataDisk(host.name(), disk), disk.storageClass(), disk.bytes());
            }
        }
        if (refusal.isEmpty() && present == null) {
            refusal =
                    admit(
                            "virtualmachines.kubevirt.io",
                            host.name(),
                            Amounts.of(Resource.HOSTS, 1));
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        machines.put(
                host.name(),
                new Machine(host, host.digest(), present != null && present.running()));
        return new ApplyOutcome.Applied();
    }

    private static boolean isSameDisk(Desired.Host one, Desired.Host other) {
        return one.diskBytes() == other.diskBytes()
                && one.storageClass().equals(other.storageClass());
    }

    private Optional<ApplyOutcome> claim(String name, String storageClass, long bytes) {
        if (claims.containsKey(name)) {
            return Optional.empty();
        }
        var disk = Amounts.of(Resource.storage(storageClass), bytes);
        var refusal = admit("persistentvolumeclaims", name, disk);
        if (refusal.isEmpty()) {
            claims.put(name, new Claim("claim-" + ++uids, disk));
        }
        return refusal;
    }

    private static String dataDisk(String host, HostBuild.Disk disk) {
        return dataDisk(host, disk.position());
    }

    static String dataDisk(String host, int position) {
        return host + "-data" + position;
    }

    /** A host that is there. */
    Optional<Desired.Host> desired(String name) {
        return Optional.ofNullable(machines.get(name)).map(Machine::desired);
    }

    /** Whether a host that is there shall run. */
    boolean wantsToRun(String name) {
        var machine = machines.get(name);
        return machine != null && machine.desired().build().running();
    }

    /** The launcher ends; whether there was one. */
    boolean halt(String name) {
        machines.computeIfPresent(name, (_, machine) -> machine.runs(false));
        return pods.remove(launcher(name)) != null;
    }

    Optional<String> systemDisk(String name) {
        return Optional.ofNullable(claims.get(name)).map(Claim::uid);
    }

    /** Of a host that does not run; whether it is gone. */
    boolean deleteSystemDisk(String name, String uid) {
        if (systemDisk(name).filter(uid::equals).isEmpty()) {
            return true;
        }
        if (pods.containsKey(launcher(name))) {
            return false;
        }
        claims.remove(name);
        return true;
    }

    boolean hasHost(String name) {
        return machines.containsKey(name);
    }

    /** Makes the host's launcher, which requests what a lease has for it. */
    boolean launch(String name) {
        var machine = machines.get(name);
        if (machine == null) {
            return false;
        }
        int vcpu = machine.desired().vcpu();
        long memory = machine.desired().memoryBytes();
        var requests =
                Amounts.of(Map.of(Resource.CPU, vcpu * 1000L, Resource.MEMORY, memory))
                        .plus(LauncherOverhead.KUBEVIRT.of(vcpu, memory));
        return createPod(launcher(name), requests) instanceof ApplyOutcome.Applied;
    }

    void run(String name) {
        machines.computeIfPresent(
                name, (_, machine) -> machine.runs(pods.containsKey(launcher(name))));
    }

    void deleteHost(String name) {
        var machine = machines.remove(name);
        if (machine != null) {
            machine.desired()
                    .build()
                    .dataDisks()
                    .forEach(disk -> claims.remove(dataDisk(name, disk)));
        }
        claims.remove(name);
        pods.remove(launcher(name));
    }

    ApplyOutcome createPod(String name, Amounts requests) {
        var outcome = admitPod(name, requests);
        if (outcome instanceof ApplyOutcome.Applied) {
            var _ = arrive(name);
        }
        return outcome;
    }

    /** Past admission and charged, and then it comes to nothing. */
    ApplyOutcome failPod(String name, Amounts requests) {
        return admit("pods", name, requests).orElseGet(ApplyOutcome.Applied::new);
    }

    /** Past admission and charged, but nobody who lists sees it yet. */
    ApplyOutcome admitPod(String name, Amounts requests) {
        if (pods.containsKey(name) || arriving.containsKey(name)) {
            return new ApplyOutcome.Applied();
        }
        var refusal = admit("pods", name, requests);
        if (refusal.isEmpty()) {
            arriving.put(name, new Pod("pod-" + ++uids, requests, clock.instant()));
        }
        return refusal.orElseGet(ApplyOutcome.Applied::new);
    }

    Optional<Pod> arrive(String name) {
        var pod = Optional.ofNullable(arriving.remove(name));
        pod.ifPresent(arrived -> pods.put(name, arrived));
        return pod;
    }

    void deletePod(String name) {
        pods.remove(name);
    }

    /** What is there and what is on its way, whoever can see it. */
    Amounts taken() {
        return arriving.values().stream().map(Pod::requests).reduce(measure(), Amounts::plus);
    }

    void deleteLease() {
        lease = null;
        leaseHasStatus = false;
        epochIsSpoilt = false;
    }

    /** The limits change, but neither the epoch nor what admission enforces yet. */
    void editLease(Amounts hard) {
        var old = lease;
        if (old != null) {
            replaceLease(
                    new ObservedLease(
                            old.incarnation(),
                            old.epoch(),
                            hard,
                            old.statusHard(),
                            old.statusUsed()));
        }
    }

    List<ObservedHost> hosts(Collection<Desired.Host> wanted) {
        Map<String, Desired.Host> byName = new HashMap<>();
        wanted.forEach(host -> byName.put(host.name(), host));
        return machines.entrySet().stream()
                .map(entry ->
                        observed(entry.getKey(), entry.getValue())
                                .compared(
                                        content(entry.getValue()),
                                        Optional.ofNullable(byName.get(entry.getKey()))
                                                .map(host -> differences(host).isEmpty())
                                                .orElse(true)))
                .toList();
    }

    private ObservedHost observed(String name, Machine machine) {
        boolean wanted = machine.desired().build().running();
        boolean stopped = !wanted && !pods.containsKey(launcher(name));
        String reason = machine.running() ? "Running" : wanted ? "Starting" : "Stopping";
        return new ObservedHost(
                name,
                machine.running(),
                stopped ? "Stopped" : reason,
                new ObservedHost.View(
                        wanted, stopped, machine.digest(), instance(name), List.of(), List.of()));
    }

    /** What runs of a host; empty: nothing. */
    String instance(String name) {
        var launcher = pods.get(launcher(name));
        return launcher == null ? "" : launcher.uid();
    }

    private String content(Machine machine) {
        var disks =
                disks(machine.desired()).stream()
                        .map(claims::get)
                        .map(claim -> claim == null ? "-" : claim.size().toString())
                        .toList();
        return machine.desired() + " " + machine.digest() + " " + disks;
    }

    private static List<String> disks(Desired.Host host) {
        return Stream.concat(
                        Stream.of(host.name()),
                        host.build().dataDisks().stream().map(disk -> dataDisk(host.name(), disk)))
                .toList();
    }

    /** Of a machine only its processors can be changed, and its disks be deleted. */
    List<Difference> differences(Desired.Host wanted) {
        var machine = machines.get(wanted.name());
        if (machine == null) {
            return List.of(missing(wanted, "VirtualMachine", wanted.name(), false));
        }
        boolean byUs = !machine.digest().equals(wanted.digest());
        var differences = new ArrayList<Difference>();
        if (!machine.desired().equals(wanted)) {
            differences.add(
                    new Difference(
                            wanted.namespace(),
                            "VirtualMachine",
                            wanted.name(),
                            "/spec/template/spec/domain/cpu/cores",
                            Integer.toString(machine.desired().vcpu()),
                            Integer.toString(wanted.vcpu()),
                            byUs));
        }
        disks(wanted).stream()
                .filter(disk -> !claims.containsKey(disk))
                .forEach(disk ->
                        differences.add(missing(wanted, "PersistentVolumeClaim", disk, byUs)));
        return List.copyOf(differences);
    }

    private static Difference missing(Desired.Host host, String kind, String name, boolean byUs) {
        return new Difference(host.namespace(), kind, name, "", Difference.NOTHING, name, byUs);
    }

    void editHost(String name, int vcpu) {
        machines.computeIfPresent(
                name,
                (_, machine) ->
                        new Machine(
                                withProcessors(machine.desired(), vcpu),
                                machine.digest(),
                                machine.running()));
    }

    private static Desired.Host withProcessors(Desired.Host host, int vcpu) {
        return new Desired.Host(
                host.namespace(),
                host.name(),
                host.id(),
                vcpu,
                host.memoryBytes(),
                host.diskBytes(),
                host.storageClass(),
                host.pool(),
                host.build());
    }

    void deleteClaim(String name) {
        claims.remove(name);
    }

    List<FoundNamespace.FoundHost> foundHosts() {
        return machines.values().stream()
                .map(Machine::desired)
                .map(host ->
                        new FoundNamespace.FoundHost(
                                host.name(),
                                "uid-" + host.id(),
                                host.id().toString(),
                                host.vcpu(),
                                host.memoryBytes()))
                .toList();
    }

    List<FoundNamespace.FoundDisk> foundDisks() {
        var found = new ArrayList<FoundNamespace.FoundDisk>();
        machines.values().stream()
                .map(Machine::desired)
                .forEach(host ->
                        disks(host).stream()
                                .filter(claims::containsKey)
                                .forEach(disk ->
                                        found.add(
                                                new FoundNamespace.FoundDisk(
                                                        disk,
                                                        "uid-" + host.id() + "-" + disk,
                                                        host.id().toString()))));
        return found;
    }

    Amounts measure() {
        var sum = Amounts.of(Resource.HOSTS, machines.size());
        for (var pod : pods.values()) {
            sum = sum.plus(pod.requests());
        }
        for (var claim : claims.values()) {
            sum = sum.plus(claim.size());
        }
        return sum;
    }

    private Optional<ApplyOutcome> admit(String kind, String name, Amounts asked) {
        var enforced = lease;
        if (enforced == null || !leaseHasStatus) {
            return Optional.of(
                    new ApplyOutcome.Rejected(
                            FORBIDDEN,
                            "%s \"%s\" is forbidden: no lease is enforced here"
                                    .formatted(kind, name)));
        }
        // Of what is on its way the controller may know nothing, while admission has charged it.
        var used = enforced.statusUsed().max(taken()).plus(asked);
        for (var resource : asked.resources()) {
            if (used.get(resource) > enforced.statusHard().get(resource)) {
                return Optional.of(
                        new ApplyOutcome.Rejected(
                                FORBIDDEN,
                                "%s \"%s\" is forbidden: exceeded quota: yuntai, requested: %s, used: %s, limited: %s"
                                        .formatted(
                                                kind,
                                                name,
                                                asked,
                                                enforced.statusUsed(),
                                                enforced.statusHard())));
            }
            for (var stray : strays.entrySet()) {
                var hard = stray.getValue().hard();
                if (hard.resources().contains(resource)
                        && used.get(resource) > hard.get(resource)) {
                    return Optional.of(
                            new ApplyOutcome.Rejected(
                                    FORBIDDEN,
                                    "%s \"%s\" is forbidden: exceeded quota: %s"
                                            .formatted(kind, name, stray.getKey())));
                }
            }
        }
        version++;
        admissions.charged(used.minus(enforced.statusUsed()), Optional.of(clock.instant()), now());
        lease =
                new ObservedLease(
                        enforced.incarnation(),
                        enforced.epoch(),
                        enforced.specHard(),
                        enforced.statusHard(),
                        used);
        return Optional.empty();
    }

    private void replaceLease(ObservedLease changed) {
        leaseBefore = lease().orElse(null);
        lease = changed;
        version++;
    }

    private static String launcher(String host) {
        return "virt-launcher-" + host;
    }
}
