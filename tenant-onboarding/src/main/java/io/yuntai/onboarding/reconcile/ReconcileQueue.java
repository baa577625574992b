package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.onboarding.application.Granted;
import io.yuntai.onboarding.host.HostWanted;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterJoined;
import io.yuntai.onboarding.kubernetes.ClusterLeft;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.RoomRefused;
import io.yuntai.onboarding.ledger.Scheduling;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Wakes the reconciler: after a grant, when a watch tells of a change, after a while where
 * something was left to do, and by the sweep for whatever was lost on the way. What a system has on
 * one cluster is looked after in that cluster's {@link Lane}, and waits for no other cluster.
 */
@Service
public class ReconcileQueue implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileQueue.class);

    private final SystemReconciler reconciler;
    private final Leases leases;
    private final Deliveries deliveries;
    private final Clusters clusters;
    private final Clock clock;
    private final LeaseKeeper keeper;
    private final Learning learning;
    private final Sweep sweep;
    private final LostClusters lost;
    private final AtomicBoolean learnsNow = new AtomicBoolean();
    private final Set<ClusterName> lookedThrough = ConcurrentHashMap.newKeySet();
    private final Map<ClusterName, BooleanSupplier> askedAgain = new ConcurrentHashMap<>();

    /** By cluster; the empty one is of systems that have nothing on any. */
    private final Map<Optional<ClusterName>, Lane> lanes = new ConcurrentHashMap<>();

    private final Map<LeaseId, SystemId> owners = new ConcurrentHashMap<>();
    private final ClusterWatches watches;
    private volatile ScheduledExecutorService timer = timer();
    private volatile boolean running;

    ReconcileQueue(
            @Lazy SystemReconciler reconciler,
            Leases leases,
            Deliveries deliveries,
            Clusters clusters,
            LeaseKeeper keeper,
            @Lazy Sweep sweep,
            Clock clock) {
        this.sweep = sweep;
        this.keeper = keeper;
        this.learning = new Learning(leases, keeper, clock);
        this.lost = new LostClusters(leases, clock);
        this.clock = clock;
        this.reconciler = reconciler;
        this.leases = leases;
        this.deliveries = deliveries;
        this.clusters = clusters;
        this.watches = new ClusterWatches(clusters, this::watch);
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("reconcile-timer").factory());
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void granted(Granted event) {
        wakeAfterCommit(event.system());
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void wanted(HostWanted event) {
        wakeAfterCommit(event.system());
    }

    /** Not by the thread that has committed: where the system is has to be read. */
    private void wakeAfterCommit(SystemId system) {
        if (running) {
            var _ =
                    Thread.ofVirtual()
                            .name("wake-" + system)
                            .start(() -> {
                                try {
                                    wake(system);
                                } catch (RuntimeException e) {
                                    LOG.warn("system {} waits for the next sweep", system, e);
                                }
                            });
        }
    }

    /**
     * Whoever has room to spare gives it back, and what was asked for fits when it is tried again.
     */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void refused(RoomRefused event) {
        if (running) {
            var _ = Thread.ofVirtual().name("room-refused").start(() -> ask(event.shortfalls()));
        }
    }

    private void ask(List<Shortfall> shortfalls) {
        try {
            keeper.toPress(shortfalls).forEach(this::press);
        } catch (RuntimeException e) {
            LOG.warn("nobody was asked for idle room; whoever was refused may try again", e);
        }
    }

    /** Has the system looked at soon, on each cluster that it is on; not inside a transaction. */
    public void wake(SystemId system) {
        if (running) {
            var there =
                    leases.of(system).stream()
                            .map(lease -> Optional.of(new ClusterName(lease.cluster())))
                            .collect(Collectors.toSet());
            (there.isEmpty() ? Set.of(Optional.<ClusterName>empty()) : there)
                    .forEach(cluster -> wake(cluster, system, Wish.NONE));
        }
    }

    private void wake(LeaseId lease, Wish wish) {
        var cluster = Optional.of(new ClusterName(lease.cluster()));
        owner(lease).ifPresent(system -> wake(cluster, system, wish));
    }

    private void wake(Optional<ClusterName> cluster, SystemId system, Wish wish) {
        if (running) {
            lane(cluster).wake(system, wish);
        }
    }

    /** A cluster tells of a change. */
    private void changed(ClusterName cluster, SystemId system, Wish wish) {
        var there = Optional.of(cluster);
        if (!wish.equals(Wish.NONE)) {
            wake(there, system, wish);
        } else if (running) {
            lane(there).look(system);
        }
    }

    private Lane lane(Optional<ClusterName> cluster) {
        return lanes.computeIfAbsent(
                cluster,
                _ ->
                        new Lane(
                                "reconcile" + cluster.map(name -> "-" + name).orElse(""),
                                new Errands(cluster)));
    }

    /** Asked with each change: it stays the same for as long as there is the lease. */
    private Optional<SystemId> owner(LeaseId lease) {
        var known = Optional.ofNullable(owners.get(lease));
        if (known.isPresent()) {
            return known;
        }
        var owner = leases.owner(lease);
        owner.ifPresent(system -> owners.put(lease, system));
        return owner;
    }

    /** Looks through every cluster, for what every lost wake-up has left. */
    public void sweep() {
        if (leases.learning().isPresent()) {
            learn();
        }
        clusters.connected(ClusterState.ACTIVE).forEach(cluster -> lookThrough(cluster, true));
        // Also of clusters that nobody looks through: that a delivery is stuck is to be said.
        deliveries.late().forEach(this::wake);
        lookAfterLost();
        drain();
    }

    /** Has what lies idle on clusters that are to be emptied given back. */
    public void drain() {
        clusters.scheduled(Scheduling.DRAINING)
                .forEach(name -> leases.ofCluster(name.value()).forEach(this::press));
    }

    /** Does what operators have said of lost clusters, in a thread that nobody waits for. */
    public void lookAfterLost() {
        clusters.in(ClusterState.WRITTEN_OFF)
                .forEach(name -> once(name, () -> lost.credit(name.value())));
        clusters.connected(ClusterState.READMITTING)
                .forEach(cluster -> once(cluster.name(), () -> lost.readmit(cluster)));
    }

    /**
     * Removes second quotas from a cluster, or looks through all of it. One look at a cluster at a
     * time, and none that anybody waits for.
     */
    private void lookThrough(Cluster cluster, boolean all) {
        once(
                cluster.name(),
                () -> {
                    var found = all ? sweep.lookThrough(cluster) : sweep.withStrays(cluster);
                    found.forEach(system -> wake(Optional.of(cluster.name()), system, Wish.NONE));
                    return found.isEmpty();
                });
    }

    private void once(ClusterName cluster, BooleanSupplier work) {
        if (!lookedThrough.add(cluster)) {
            // Whoever asks meanwhile may know of something that was already passed by.
            askedAgain.put(cluster, work);
            return;
        }
        var _ =
                Thread.ofVirtual()
                        .name("cluster-" + cluster)
                        .start(() -> {
                            try {
                                LOG.debug("{} is in order: {}", cluster, work.getAsBoolean());
                            } catch (RuntimeException | Error e) {
                                LOG.warn("{} could not be looked through", cluster, e);
                            } finally {
                                lookedThrough.remove(cluster);
                                Optional.ofNullable(askedAgain.remove(cluster))
                                        .filter(_ -> running)
                                        .ifPresent(again -> once(cluster, again));
                            }
                        });
    }

    /** What was written off is not asked, and what is back is asked by itself. */
    private List<Cluster> read() {
        return Stream.of(ClusterState.ACTIVE, ClusterState.FENCED)
                .flatMap(state -> clusters.connected(state).stream())
                .toList();
    }

    /** One pass at a time, and none that anybody waits for. */
    private void learn() {
        if (learnsNow.compareAndSet(false, true)) {
            var _ =
                    Thread.ofVirtual()
                            .name("learning")
                            .start(() -> {
                                try {
                                    boolean done = learning.pass(read());
                                    LOG.info("the ledger has read the clusters: done {}", done);
                                } catch (RuntimeException | Error e) {
                                    LOG.warn("the clusters could not all be read", e);
                                } finally {
                                    learnsNow.set(false);
                                }
                            });
        }
    }

    /** How many systems are waiting or being worked on. */
    public int backlog() {
        return lanes.values().stream().mapToInt(Lane::backlog).sum();
    }

    /** What is done of systems on one cluster. */
    private final class Errands implements Lane.Work {
        private final Optional<ClusterName> cluster;

        Errands(Optional<ClusterName> cluster) {
            this.cluster = cluster;
        }

        @Override
        public Lane.Look attempt(SystemId system, Wish wish) {
            var done = reconciler.reconcile(system, cluster, wish);
            done.press().forEach(ReconcileQueue.this::press);
            done.wake().forEach(lease -> wake(lease, Wish.NONE));
            if (done.settled()) {
                done.again()
                        .ifPresent(at ->
                                later(
                                        () -> wake(cluster, system, Wish.NONE),
                                        Duration.between(clock.instant(), at)));
            }
            return new Lane.Look(done.settled(), done.hosts());
        }

        @Override
        public void failed(SystemId system, Throwable why) {
            reconciler.failed(system, cluster, why);
        }

        @Override
        public void later(Runnable what, Duration pause) {
            ReconcileQueue.this.later(what, pause);
        }
    }

    private void press(LeaseId lease) {
        wake(lease, Wish.press(lease));
    }

    private void later(Runnable what, Duration pause) {
        if (!running) {
            return;
        }
        Runnable ifStillRunning =
                () -> {
                    if (running) {
                        what.run();
                    }
                };
        try {
            var _ =
                    timer.schedule(
                            ifStillRunning, Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stoppedMeanwhile) {
            LOG.debug("what was put off is done after the next start");
        }
    }

    /** Also after {@link #stop}: whatever was missed meanwhile, the sweep finds. */
    @Override
    public void start() {
        if (timer.isShutdown()) {
            timer = timer();
        }
        running = true;
        watches.renew();
        sweep();
    }

    @Override
    public void stop() {
        running = false;
        watches.close();
        timer.shutdownNow();
    }

    /** A cluster has joined: it is watched, guarded, and given what waits for it. */
    @EventListener
    void joined(ClusterJoined event) {
        if (running) {
            LOG.info("cluster {} has joined", event.cluster());
            watches.renew();
            sweep();
        }
    }

    /** A cluster has left: nobody watches it any more. */
    @EventListener
    void left(ClusterLeft event) {
        if (running) {
            LOG.info("cluster {} has left", event.cluster());
            watches.renew();
        }
    }

    private Cluster.Watching watch(Cluster cluster) {
        return cluster.watch(change -> {
            var lease = new LeaseId(cluster.name().value(), change.namespace().value());
            var owner = owner(lease);
            owner.ifPresent(
                    system -> changed(cluster.name(), system, Wish.demand(lease, change.demand())));
            if (change.stray()
                    && owner.isPresent()
                    && clusters.connected(ClusterState.ACTIVE).contains(cluster)) {
                lookThrough(cluster, false);
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
