package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.adoption.Adoptions;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostMigration;
import io.yuntai.onboarding.host.HostMigrations;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Makes the clusters hold what the database says of one system, whatever woke it. It reads
 * everything anew, does what is missing and notes what it sees; doing it twice, or dying half-way,
 * costs only time. It never runs inside a transaction, for it waits for clusters.
 */
@Service
public class SystemReconciler {

    /** Begins the reason of a host that we ourselves failed to work on. */
    static final String FAILED = "ReconcileFailed: ";

    /** Begins the reason of a host for whose namespace or lease its cluster has no room. */
    private static final String NOT_LEASED = "NamespaceRefused: ";

    private static final String UNREACHABLE = "ClusterUnreachable";
    private static final String NOT_CONNECTED = "ClusterNotConnected";
    private static final String OUT_OF_USE = "ClusterOutOfUse";

    private final Leases leases;
    private final Hosts hosts;
    private final Deliveries deliveries;
    private final Clusters clusters;
    private final LeaseKeeper keeper;
    private final NamespaceKeeper namespaces;
    private final HostReconciler machines;
    private final Adoptions adoptions;
    private final AdoptionKeeper takeover;
    private final HostMigrations migrations;
    private final MigrationKeeper mover;
    private final NamespaceCloser closer;

    SystemReconciler(
            Leases leases,
            Hosts hosts,
            Deliveries deliveries,
            Clusters clusters,
            LeaseKeeper keeper,
            NamespaceKeeper namespaces,
            HostReconciler machines,
            Adoptions adoptions,
            AdoptionKeeper takeover,
            HostMigrations migrations,
            MigrationKeeper mover,
            NamespaceCloser closer) {
        this.closer = closer;
        this.migrations = migrations;
        this.mover = mover;
        this.adoptions = adoptions;
        this.takeover = takeover;
        this.keeper = keeper;
        this.namespaces = namespaces;
        this.machines = machines;
        this.leases = leases;
        this.hosts = hosts;
        this.deliveries = deliveries;
        this.clusters = clusters;
    }

    /**
     * Brings one system to its clusters, for whoever does not want to wait for the queue.
     *
     * @return whether its clusters hold what the database says; where not, it is worth coming back
     */
    public boolean reconcile(SystemId system) {
        return reconcile(system, Optional.empty(), Wish.NONE).settled();
    }

    /**
     * Brings one system to its clusters.
     *
     * @param only the cluster that alone is asked; empty: all of them are, one after the other
     * @param wish what whoever woke us hopes for
     */
    Reconciled reconcile(SystemId system, Optional<ClusterName> only, Wish wish) {
        for (var application : deliveries.open(system)) {
            if (isApproved(application)) {
                deliveries.begun(application);
            }
        }
        boolean settled = true;
        var again = Optional.<Instant>empty();
        var press = new ArrayList<LeaseId>();
        var wake = new ArrayList<LeaseId>();
        var all = hosts.of(system);
        var adopting = adoptions.underWay(system);
        var moves =
                migrations.underWay(system).stream()
                        .collect(Collectors.toMap(HostMigration::lease, Function.identity()));
        var why = new HashMap<LeaseId, String>();
        for (var lease : leases.of(system)) {
            if (!isAsked(only, lease.cluster())) {
                continue;
            }
            var cluster = clusters.named(new ClusterName(lease.cluster()));
            var here = all.stream().filter(host -> isOn(host, lease)).toList();
            if (lease.state() != ClusterState.ACTIVE) {
                why.put(lease.id(), OUT_OF_USE);
                machines.tell(here, OUT_OF_USE);
                continue; // nothing to come back for before an operator says so
            }
            if (cluster.isEmpty()) {
                why.put(lease.id(), NOT_CONNECTED);
                machines.tell(here, NOT_CONNECTED);
                settled = false;
                continue;
            }
            boolean isGone = lease.closable() && closer.close(cluster.get(), lease);
            if (isGone || (lease.closable() && lease.tenure() == Tenure.CLOSING)) {
                settled &= isGone;
                continue;
            }
            settled &= lease.tenure() != Tenure.CLOSING;
            var uid = Optional.ofNullable(adopting.get(lease.id()));
            if (uid.isPresent() && !takeover.prepare(cluster.get(), lease, uid.get())) {
                settled = false;
                continue;
            }
            var visit = visit(cluster.get(), lease.id(), wish);
            again = Visit.sooner(again, visit.again());
            press.addAll(visit.press());
            wake.addAll(visit.wake());
            var told = told(visit);
            told.ifPresent(reason -> {
                why.put(lease.id(), reason);
                machines.tell(here, reason);
            });
            if (!visit.refusal().isEmpty()) {
                namespaces.refused(lease.id(), visit.refusal());
            }
            if (visit.enforced()) {
                // What nobody has asked for is not made again when people have deleted it.
                boolean isTended =
                        lease.tenure() == Tenure.FOUND
                                || namespaces.tend(cluster.get(), lease.id());
                settled &= isTended;
                settled &= machines.reconcile(cluster.get(), lease, here);
                var move = moves.get(lease.id());
                if (move != null) {
                    settled = false;
                    mover.step(cluster.get(), visit.lease().orElseThrow(), move, isTended);
                }
                if (uid.isPresent() && isTended && takeover.isWritten(cluster.get(), lease, here)) {
                    adoptions.done(lease.id());
                }
            } else {
                machines.forget(cluster.get(), lease, here);
                if (visit.open().isPresent()) {
                    settled = false;
                } else {
                    namespaces.givenUp(lease.id());
                }
            }
        }
        finish(system, only, why);
        return new Reconciled(settled, all.size(), again, press, wake);
    }

    /** Those of a system's hosts that wait say why: something is wrong with us, not with them. */
    void failed(SystemId system, Optional<ClusterName> only, Throwable thrown) {
        String reason = FAILED + thrown.getClass().getSimpleName();
        machines.tell(
                hosts.of(system).stream().filter(host -> isAsked(only, host.cluster())).toList(),
                reason);
        deliveries.open(system).stream()
                .filter(application -> isToldOf(application, only))
                .forEach(application -> deliveries.stuck(application, reason));
    }

    private static boolean isAsked(Optional<ClusterName> only, String cluster) {
        return only.isEmpty() || only.get().value().equals(cluster);
    }

    /** What keeps an application is known where its lease was just looked at. */
    private boolean isToldOf(Application application, Optional<ClusterName> only) {
        return lease(application).map(lease -> isAsked(only, lease.cluster())).orElse(true);
    }

    /** What keeps a namespace from what it shall hold, if that is a cluster's fault. */
    private static Optional<String> told(Visit visit) {
        if (!visit.refusal().isEmpty()) {
            return Optional.of(NOT_LEASED + visit.refusal());
        }
        return visit.open()
                .flatMap(open ->
                        switch (open) {
                            case UNREACHABLE -> Optional.of(UNREACHABLE);
                            case FENCED -> Optional.of(OUT_OF_USE);
                            // Another of us was faster, or it takes its time.
                            case REFUSED, AWAITS_STATUS, SETTLES, IN_DEBT, NO_BUDGET, LEARNING ->
                                    Optional.empty();
                        });
    }

    private static boolean isOn(Host host, Lease lease) {
        return host.pool().equals(lease.pool()) && host.cluster().equals(lease.cluster());
    }

    private Visit visit(Cluster cluster, LeaseId lease, Wish wish) {
        var demand = wish.demand().getOrDefault(lease, Amounts.NONE);
        return keeper.visit(cluster, lease, demand, wish.pressed().contains(lease));
    }

    private static boolean isApproved(Application application) {
        return application.state() == Workflow.State.APPROVED
                || application.state() == Workflow.State.AUTO_APPROVED;
    }

    /**
     * An application is delivered when its lease is enforced and each of its hosts runs; when that
     * is not so for too long it is stuck, whatever the reason.
     *
     * @param why what is wrong with the namespaces that something is wrong with
     */
    private void finish(SystemId system, Optional<ClusterName> only, Map<LeaseId, String> why) {
        for (var application : deliveries.open(system)) {
            if (isApproved(application)) {
                continue;
            }
            var late = late(application);
            if (late.isEmpty() && isEnforced(application)) {
                deliveries.observed(application);
            } else if (isToldOf(application, only)) {
                deliveries.stuck(application, why(application, late, why));
            }
        }
    }

    private String why(Application application, List<Host> late, Map<LeaseId, String> why) {
        return lease(application)
                .flatMap(lease -> Optional.ofNullable(why.get(lease.id())))
                .or(() -> late.stream().map(Host::reason).filter(one -> !one.isEmpty()).findFirst())
                .orElse("");
    }

    /**
     * Its hosts that do not run yet, those that were not changed yet as it wants them, and those
     * that it gives back and that were not seen to stand still.
     */
    private List<Host> late(Application application) {
        var made = hosts.ofApplication(application.id().value()).stream();
        var changed = application.order().hosts();
        // Most applications are about no host that was there before.
        var present = changed.isEmpty() ? List.<Host>of() : hosts.of(application.order().system());
        return Stream.concat(
                        made.filter(host -> !host.hasCome()),
                        present.stream()
                                .filter(host -> changed.contains(host.id()))
                                .filter(host ->
                                        host.plan().life() == HostLife.State.CHANGING
                                                || host.leaves()))
                .toList();
    }

    private Optional<Lease> lease(Application application) {
        var order = application.order();
        return application
                .cluster()
                .flatMap(cluster -> leases.find(order.system(), order.pool(), cluster.value()));
    }

    /**
     * Whether clusters enforce what it has changed of leases, and have let go of namespaces that it
     * hands back. Terms, and hosts that are given back, change none.
     */
    private boolean isEnforced(Application application) {
        var order = application.order();
        return Stream.concat(application.cluster().stream(), order.handedBack().stream())
                .flatMap(cluster ->
                        leases.find(order.system(), order.pool(), cluster.value()).stream())
                .allMatch(lease -> lease.settled() && lease.tenure() == Tenure.HELD);
    }
}
