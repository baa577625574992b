package io.yuntai.sandbox.cluster;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.yuntai.onboarding.host.HostMade;
import io.yuntai.onboarding.kubernetes.Census;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterCheck;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.ClusterUid;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.Evacuation;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.GuardDifference;
import io.yuntai.onboarding.kubernetes.Inspection;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.NodeCapacity;
import io.yuntai.onboarding.kubernetes.ObservedMigration;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.kubernetes.StrayQuota;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.ObservedLease;
import io.yuntai.sandbox.cluster.FaultPlan.Call;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster in memory, with the lags, the admission and the refusals that {@code ClusterContract}
 * demands, and the faults of a plan. It forgets everything when the process ends; the reconciler's
 * sweep makes it anew.
 *
 * <p>Time is the clock's alone: whatever is due happens before the next call is answered, or at
 * {@link #tick}. So on a clock that is moved by hand, the same calls in the same order have the
 * same outcomes.
 */
public final class SimulatedCluster implements Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedCluster.class);
    private static final Duration IDLE_PAUSE = Duration.ofSeconds(1);
    private static final String NO_ANSWER = "timeout: no answer from the simulated cluster";
    private static final String STRANGER = "another cluster answers at this address";
    private static final String BURST =
            "Operation cannot be fulfilled on resourcequotas \"yuntai\": the object has been"
                    + " modified; please apply your changes to the latest version and try again";

    private final ClusterName name;
    private final Clock clock;
    private final FaultPlan faults;
    private final Fence fence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ClusterState state;
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private boolean tellsByItself;
    private boolean stopped;
    private boolean closed;
    private volatile boolean mistaken;
    private volatile boolean reachable;

    /** A cluster in which time passes only at calls and ticks. */
    public SimulatedCluster(ClusterName name, Clock clock, Lags lags, FaultPlan faults) {
        this(name, clock, lags, faults, Fence.OURS);
    }

    /** One whose leases are written behind another fence than ours. */
    public SimulatedCluster(
            ClusterName name, Clock clock, Lags lags, FaultPlan faults, Fence fence) {
        this.fence = fence;
        this.name = name;
        this.clock = clock;
        this.faults = faults;
        this.state = new ClusterState(clock, lags);
    }

    /** A cluster in which time passes by itself, in a thread that ends with {@link #close}. */
    public static SimulatedCluster running(
            ClusterName name, Clock clock, Lags lags, FaultPlan faults) {
        var cluster = new SimulatedCluster(name, clock, lags, faults);
        cluster.tellsByItself = true;
        var _ = Thread.ofPlatform().daemon().name("cluster-" + name).start(cluster::keepTicking);
        return cluster;
    }

    /** From now on nobody gets an answer, though what runs in it goes on running. */
    public void stop() {
        locked(() -> stopped = true);
    }

    /** Answers again. */
    public void resume() {
        locked(() -> stopped = false);
    }

    /**
     * Its controllers stand still, or go on: no status follows, while admission works as before.
     */
    public void stallControllers(boolean stalls) {
        locked(() -> {
            state.stall(stalls);
            return true;
        });
    }

    /** Lets everything happen that is due by now. */
    public void tick() {
        locked(() -> true);
    }

    @Override
    public ClusterName name() {
        return name;
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public boolean reachable() {
        return reachable;
    }

    /** It is silent or it is well. */
    @Override
    public List<Symptom> symptoms(Clock at) {
        return locked(() -> {
            if (stopped) {
                return List.of(new Symptom(Symptom.Kind.UNREACHABLE, at.instant(), NO_ANSWER));
            }
            return mistaken
                    ? List.of(
                            new Symptom(
                                    Symptom.Kind.IDENTITY_CHANGED, at.instant(), self().value()))
                    : List.of();
        });
    }

    private ClusterUid self() {
        return new ClusterUid("simulated-" + name);
    }

    @Override
    public void expect(Optional<ClusterUid> uid) {
        mistaken = uid.filter(other -> !other.equals(self())).isPresent();
    }

    @Override
    public Reading<ClusterUid> uid() {
        return answer(
                Call.READ, _ -> new Reading.Read<>(self()), Reading.Unreachable<ClusterUid>::new);
    }

    /** It has no nodes, and refuses no pod for want of one: a figure for pages to show. */
    @Override
    public Reading<NodeCapacity> capacity() {
        return read(SimulatedNodes::capacity, SimulatedNodes::capacity);
    }

    @Override
    public Inspection inspect(Clock at) {
        return new Inspection(
                Stream.of(ClusterCheck.Subject.values())
                        .map(subject ->
                                new ClusterCheck(
                                        subject,
                                        ClusterCheck.Outcome.PASSED,
                                        "SIMULATED",
                                        List.of()))
                        .toList(),
                Optional.of(self()),
                Optional.empty());
    }

    @Override
    public ApplyOutcome apply(Desired object) {
        return call(Call.APPLY, () -> state.apply(object), ApplyOutcome.Unknown::new);
    }

    @Override
    public Reading<List<Difference>> differences(Collection<Desired.Tenancy> wanted) {
        return read(() -> state.differences(wanted), () -> state.differences(wanted));
    }

    @Override
    public Reading<List<FoundNamespace>> namespaces() {
        return read(state::namespaces, state::namespaces);
    }

    @Override
    public Reading<Optional<Occupied>> occupied(NamespaceName namespace) {
        return read(() -> state.occupied(namespace), () -> state.occupied(namespace));
    }

    /** What others have made is not played: there is nothing to take over. */
    @Override
    public ApplyOutcome takeOver(Desired.SystemNamespace namespace, String uid) {
        return call(
                Call.APPLY,
                () -> new ApplyOutcome.Rejected(409, namespace.namespace() + " is not played"),
                ApplyOutcome.Unknown::new);
    }

    /** Hosts of a played cluster are on no node: one is moved as soon as it is ordered. */
    @Override
    public ApplyOutcome migrate(NamespaceName namespace, String host, String migration) {
        return call(
                Call.APPLY, () -> state.migrate(namespace, migration), ApplyOutcome.Unknown::new);
    }

    @Override
    public Reading<Optional<ObservedMigration>> migration(
            NamespaceName namespace, String migration) {
        return read(
                () -> state.migration(namespace, migration),
                () -> state.migration(namespace, migration));
    }

    /** Nobody empties its nodes. */
    @Override
    public Reading<List<Evacuation>> evacuations() {
        return new Reading.Read<>(List.of());
    }

    @Override
    public ApplyOutcome endMigration(NamespaceName namespace, String migration) {
        return call(
                Call.APPLY,
                () -> state.endMigration(namespace, migration),
                ApplyOutcome.Unknown::new);
    }

    @Override
    public Mending mend(Desired.Tenancy tenancy, Consumer<List<Difference>> before) {
        return call(
                Call.APPLY,
                () -> state.mend(tenancy, before),
                reason -> new Mending(new ApplyOutcome.Unknown(reason), List.of()));
    }

    /** Without CDI and instancetypes. */
    @Override
    public Reading<HostMade> making(Desired.Host host) {
        return new Reading.Read<>(new HostMade(false, false, true));
    }

    @Override
    public Reading<HostMade> made(Desired.Host host) {
        return making(host);
    }

    @Override
    public Mending mend(Desired.Host host, Consumer<List<Difference>> before) {
        return call(
                Call.APPLY,
                () -> state.mend(host, before),
                reason -> new Mending(new ApplyOutcome.Unknown(reason), List.of()));
    }

    @Override
    public LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease expected) {
        return call(
                Call.WRITE_LEASE,
                () -> state.growOrShrink(lease, expected, fence),
                LeaseOutcome.Unknown::new);
    }

    @Override
    public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
        return read(() -> state.lease(namespace), () -> state.staleLease(namespace));
    }

    /** There is nobody in it whom it would have to be guarded from, but those who play hands. */
    @Override
    public ApplyOutcome guard(Consumer<List<GuardDifference>> before) {
        return call(Call.APPLY, ApplyOutcome.Applied::new, ApplyOutcome.Unknown::new);
    }

    @Override
    public Reading<List<StrayQuota>> strayQuotas() {
        return read(state::strayQuotas, state::strayQuotas);
    }

    @Override
    public ApplyOutcome deleteStrayQuota(StrayQuota stray) {
        return call(Call.DELETE, () -> state.deleteStrayQuota(stray), ApplyOutcome.Unknown::new);
    }

    @Override
    public Reading<Census> census() {
        return read(state::census, state::census);
    }

    @Override
    public Reading<List<ObservedHost>> hosts(
            NamespaceName namespace, Collection<Desired.Host> wanted) {
        return read(() -> state.hosts(namespace, wanted), () -> state.hosts(namespace, wanted));
    }

    @Override
    public Reading<Amounts> measure(NamespaceName namespace) {
        return read(() -> state.measure(namespace), () -> state.measure(namespace));
    }

    @Override
    public OptionalLong heard(NamespaceName namespace) {
        return locked(() -> state.heard(namespace));
    }

    /** The watch of leases has come as far as the lease that was read, or nothing is known. */
    @Override
    public Optional<Amounts> underway(NamespaceName namespace, long heard, Clock at) {
        return call(
                Call.READ,
                fault ->
                        fault instanceof Fault.StaleRead
                                ? Optional.empty()
                                : state.underway(namespace, heard),
                _ -> Optional.empty());
    }

    @Override
    public ApplyOutcome deleteNamespace(NamespaceName namespace, BooleanSupplier still) {
        return call(
                Call.DELETE,
                () -> state.deleteNamespace(namespace, still),
                ApplyOutcome.Unknown::new);
    }

    @Override
    public ApplyOutcome deleteHost(NamespaceName namespace, String host) {
        return call(
                Call.DELETE, () -> state.deleteHost(namespace, host), ApplyOutcome.Unknown::new);
    }

    @Override
    public ApplyOutcome restartHost(NamespaceName namespace, String host, String instance) {
        return call(
                Call.DELETE,
                () -> state.restartHost(namespace, host, instance),
                ApplyOutcome.Unknown::new);
    }

    /** Disks go with their host, at once. */
    @Override
    public Reading<List<String>> remains(Desired.Host host) {
        return read(List::of, List::of);
    }

    @Override
    public Reading<Optional<String>> systemDisk(NamespaceName namespace, String host) {
        return read(
                () -> state.systemDisk(namespace, host), () -> state.systemDisk(namespace, host));
    }

    @Override
    public ApplyOutcome deleteSystemDisk(NamespaceName namespace, String host, String uid) {
        return call(
                Call.DELETE,
                () -> state.deleteSystemDisk(namespace, host, uid),
                ApplyOutcome.Unknown::new);
    }

    @Override
    public ApplyOutcome deleteDataDisk(NamespaceName namespace, String host, int position) {
        return call(
                Call.DELETE,
                () -> {
                    state.deleteClaim(namespace, SimulatedNamespace.dataDisk(host, position));
                    return new ApplyOutcome.Applied();
                },
                ApplyOutcome.Unknown::new);
    }

    /** A pod as a tenant makes it, past admission; never a fault. */
    public ApplyOutcome createPod(NamespaceName namespace, String pod, Amounts requests) {
        return createPod(namespace, pod, requests, Duration.ZERO);
    }

    /**
     * A pod that is admitted now, and seen by whoever lists only after a while: what a request that
     * is slow between its admission and its end looks like.
     */
    public ApplyOutcome createPod(
            NamespaceName namespace, String pod, Amounts requests, Duration arrives) {
        return locked(() -> state.createPod(namespace, pod, requests, arrives));
    }

    /**
     * A pod that is admitted and charged and never made, as one whose name is taken by then; what
     * it was charged is released when the quota controller next comes by.
     */
    public ApplyOutcome failPod(NamespaceName namespace, String pod, Amounts requests) {
        return locked(() -> state.failPod(namespace, pod, requests));
    }

    /** Whoever watches what is admitted has missed something, and begins anew. */
    public void breakWatch() {
        locked(() -> {
            state.breakWatch();
            return true;
        });
    }

    /** Somebody deletes what closes a namespace by hand. */
    public void deleteNetworkPolicy(NamespaceName namespace) {
        locked(() -> {
            state.deleteNetworkPolicy(namespace);
            return true;
        });
    }

    /** Somebody changes a host's processors by hand. */
    public void editHost(NamespaceName namespace, String host, int vcpu) {
        locked(() -> {
            state.editHost(namespace, host, vcpu);
            return true;
        });
    }

    /** Somebody deletes a disk by hand. */
    public void deleteClaim(NamespaceName namespace, String claim) {
        locked(() -> {
            state.deleteClaim(namespace, claim);
            return true;
        });
    }

    /** Somebody deletes a lease by hand. */
    public void deleteLease(NamespaceName namespace) {
        locked(() -> {
            state.deleteLease(namespace);
            return true;
        });
    }

    /** Somebody changes what a lease asks for by hand. */
    public void editLease(NamespaceName namespace, Amounts hard) {
        locked(() -> {
            state.editLease(namespace, hard);
            return true;
        });
    }

    /** Somebody spoils the epoch of a lease by hand; nothing: he takes it away. */
    public void spoilEpoch(NamespaceName namespace, String epoch) {
        locked(() -> {
            state.spoilEpoch(namespace, epoch);
            return true;
        });
    }

    /** Somebody puts a second quota beside a lease. */
    public void createStrayQuota(NamespaceName namespace, String quota, Amounts hard) {
        locked(() -> {
            state.createStrayQuota(namespace, quota, hard);
            return true;
        });
    }

    /** What the namespace really takes, also of what no list shows yet. For judges, not players. */
    public Amounts taken(NamespaceName namespace) {
        return locked(() -> state.taken(namespace));
    }

    /** Whether a quota stands beside any lease. For judges, not players. */
    public boolean hasStrayQuota() {
        return locked(() -> !state.strayQuotas().isEmpty());
    }

    /** The lease as it really stands. For judges, not players. */
    public Optional<ObservedLease> truth(NamespaceName namespace) {
        return locked(() -> state.lease(namespace));
    }

    /** A tenant's pod ends; deleting what is not there succeeds. */
    public ApplyOutcome deletePod(NamespaceName namespace, String pod) {
        return locked(() -> state.deletePod(namespace, pod));
    }

    /** Tells of everything there is first, as a real watch without a version does. */
    @Override
    public Watching watch(Consumer<Change> changed) {
        var present = locked(state::occupied);
        watchers.add(changed);
        present.forEach(namespace -> tell(changed, new Change(namespace, Amounts.NONE)));
        return () -> watchers.remove(changed);
    }

    @Override
    public Reading<ObservedNamespace> look(NamespaceName namespace) {
        return read(() -> state.look(namespace), () -> state.look(namespace));
    }

    /** Nobody in it warns of anything, and whoever looks now and then sees the rest. */
    @Override
    public Watching watchNamespaces(Consumer<NamespaceName> changed) {
        return () -> {};
    }

    @Override
    public void close() {
        locked(() -> closed = true);
        watchers.clear();
    }

    private <T> Reading<T> read(Supplier<T> fresh, Supplier<T> stale) {
        return call(
                Call.READ,
                fault ->
                        new Reading.Read<>(
                                fault instanceof Fault.StaleRead ? stale.get() : fresh.get()),
                Reading.Unreachable<T>::new);
    }

    private <O> O call(Call kind, Supplier<O> deed, Function<String, O> unanswered) {
        return call(kind, _ -> deed.get(), unanswered);
    }

    /** But of one that is not the cluster that it should be nothing is asked. */
    private <O> O call(Call kind, Function<Fault, O> deed, Function<String, O> unanswered) {
        return mistaken ? unanswered.apply(STRANGER) : answer(kind, deed, unanswered);
    }

    /** Does one call with the fault that the plan has for it. */
    private <O> O answer(Call kind, Function<Fault, O> deed, Function<String, O> unanswered) {
        return locked(() -> {
            var fault = stopped ? new Fault.LostRequest() : faults.next(kind);
            reachable = !isSilent(fault);
            return switch (fault) {
                case Fault.None() -> deed.apply(fault);
                case Fault.StaleRead() -> deed.apply(fault);
                case Fault.Conflict() -> unanswered.apply(BURST);
                case Fault.LostRequest() -> unanswered.apply(NO_ANSWER);
                case Fault.LostAnswer() -> {
                    var _ = deed.apply(fault);
                    yield unanswered.apply(NO_ANSWER);
                }
                case Fault.Late(var by) -> {
                    state.after(
                            by,
                            () -> {
                                var _ = deed.apply(fault);
                            });
                    yield unanswered.apply(NO_ANSWER);
                }
            };
        });
    }

    private static boolean isSilent(Fault fault) {
        return switch (fault) {
            case Fault.None(), Fault.StaleRead(), Fault.Conflict() -> false;
            case Fault.LostRequest(), Fault.LostAnswer() -> true;
            case Fault.Late(_) -> true;
        };
    }

    /** One at a time, after all that is due. */
    @CanIgnoreReturnValue
    private <O> O locked(Supplier<O> deed) {
        O outcome;
        boolean tellNow;
        lock.lock();
        try {
            state.catchUp();
            outcome = deed.get();
            tellNow = !tellsByItself;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        if (tellNow) {
            tellChanges();
        }
        return outcome;
    }

    /** Outside the lock: whoever listens may call back. */
    private void tellChanges() {
        List<Change> changed;
        lock.lock();
        try {
            changed = state.takeChanged();
        } finally {
            lock.unlock();
        }
        for (var watcher : watchers) {
            changed.forEach(change -> tell(watcher, change));
        }
    }

    private void tell(Consumer<Change> watcher, Change changed) {
        try {
            watcher.accept(changed);
        } catch (RuntimeException e) {
            LOG.warn("A change in {} of {} was not taken", changed.namespace(), name, e);
        }
    }

    private void keepTicking() {
        while (awaitDue()) {
            tick();
            tellChanges();
        }
    }

    /** Whether there is a reason to go on. */
    private boolean awaitDue() {
        lock.lock();
        try {
            while (!closed) {
                var now = clock.instant();
                var due = state.nextDue().orElse(now.plus(IDLE_PAUSE));
                if (state.hasChanged() || !due.isAfter(now)) {
                    return true;
                }
                var _ = work.awaitNanos(Duration.between(now, due).toNanos());
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
