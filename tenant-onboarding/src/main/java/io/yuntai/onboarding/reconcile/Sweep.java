package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.adoption.Adoptions;
import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostMigrations;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Beside;
import io.yuntai.onboarding.kubernetes.Census;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.Evacuation;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseRepairBegun;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftBegun;
import io.yuntai.onboarding.namespace.DriftPart;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.system.SystemId;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds the systems of a cluster for which there is something to do, by comparing all of the
 * cluster with all of the database: what costs some pages of a list where nothing is the matter.
 * Whatever is found is looked at again, one system at a time, by whoever does it.
 */
@Component
public class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Leases leases;
    private final Hosts hosts;
    private final Deliveries deliveries;
    private final Adoptions adoptions;
    private final HostMigrations migrations;
    private final LeaseKeeper keeper;
    private final HostReconciler machines;
    private final NamespaceKeeper namespaces;
    private final Drifts drifts;
    private final StrayQuotas strays;
    private final Clock clock;

    Sweep(
            Leases leases,
            Hosts hosts,
            Deliveries deliveries,
            Adoptions adoptions,
            HostMigrations migrations,
            LeaseKeeper keeper,
            HostReconciler machines,
            NamespaceKeeper namespaces,
            Drifts drifts,
            Clock clock) {
        this.drifts = drifts;
        this.namespaces = namespaces;
        this.strays =
                new StrayQuotas(
                        leases,
                        cluster ->
                                ofQuotas(drifts.begun(cluster))
                                        .map(one ->
                                                new LeaseRepairBegun(
                                                        one.where(), Drifts.repair(one), one.at()))
                                        .toList(),
                        clock);
        this.clock = clock;
        this.leases = leases;
        this.hosts = hosts;
        this.deliveries = deliveries;
        this.adoptions = adoptions;
        this.migrations = migrations;
        this.keeper = keeper;
        this.machines = machines;
    }

    /**
     * Puts right what belongs to no system alone: guards, second quotas, namespaces.
     *
     * @return the systems that are to be looked at besides
     */
    public Set<SystemId> lookThrough(Cluster cluster) {
        try (var beside = new Beside()) {
            var unsettled = beside.begin(() -> unsettled(cluster));
            if (cluster.guard(found -> drifts.guards(cluster.name().value(), found))
                    instanceof ApplyOutcome.Rejected(_, var reason)) {
                LOG.warn("{} has no guards: {}", cluster.name(), reason);
            }
            var found = new HashSet<>(withStrays(cluster));
            takeIn(cluster);
            namespaces.lookThrough(cluster);
            namespaces.lookAround(cluster);
            found.addAll(unsettled.get());
            return found;
        }
    }

    /** What the cluster moves by itself to empty a node is paid for as what we order. */
    private void takeIn(Cluster cluster) {
        if (cluster.evacuations() instanceof Reading.Read<List<Evacuation>>(var begun)
                && !begun.isEmpty()) {
            var there = hosts.on(cluster.name().value());
            for (var one : begun) {
                there.stream()
                        .filter(host ->
                                host.namespace().equals(one.namespace().value())
                                        && host.name().equals(one.host()))
                        .forEach(host -> migrations.evacuate(host.id(), one.name()));
            }
        }
    }

    /** Removes second quotas; returns the systems in whose namespaces they stood. */
    Set<SystemId> withStrays(Cluster cluster) {
        return strays.remove(cluster).stream()
                .flatMap(lease -> leases.owner(lease).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Of hosts that are destroyed, and namespaces that are closed, nobody will come to record it.
     */
    private List<DriftBegun> withoutLeft(
            List<DriftBegun> begun, List<Lease> leased, List<Host> there) {
        var parts = there.stream().map(HostDrifts::part).collect(Collectors.toSet());
        var namespaces = leased.stream().map(Lease::id).collect(Collectors.toSet());
        var left =
                begun.stream()
                        .map(DriftBegun::part)
                        .filter(part ->
                                !namespaces.contains(part.where())
                                        || (part.isHost() && !parts.contains(part)))
                        .collect(Collectors.toSet());
        left.forEach(drifts::leave);
        return begun.stream().filter(one -> !left.contains(one.part())).toList();
    }

    private static Stream<Drift> ofQuotas(List<DriftBegun> begun) {
        return begun.stream().filter(one -> one.part().isQuota()).map(DriftBegun::drift);
    }

    /** Whoever has done it has died before he could say so, or is about to. */
    private void repaired(Drift begun) {
        leases.repaired(begun.where(), Drifts.repair(begun), begun.at());
    }

    /** Whether a cluster has a lease as it was last granted. */
    private static boolean isWritten(Lease lease, Census census) {
        return census.lease(new NamespaceName(lease.id().namespace()))
                .filter(seen -> seen.epoch().equals(lease.epoch()))
                .filter(seen -> seen.specHard().equals(lease.granted()))
                .isPresent();
    }

    /** The systems to be looked at; of a cluster that does not answer those that wait for it. */
    public Set<SystemId> unsettled(Cluster cluster) {
        // The database first: what is granted meanwhile is woken by itself, and what the cluster
        // shows as it should be of which a repair was begun before, is done.
        var noted = drifts.begun(cluster.name().value());
        var wanted = leases.on(cluster.name().value());
        var there = hosts.on(cluster.name().value());
        var byNamespace = there.stream().collect(Collectors.groupingBy(Host::namespace));
        var begun = withoutLeft(noted, wanted, there);
        var ordered = new HashSet<>(deliveries.systems());
        ordered.addAll(adoptions.underWay());
        ordered.addAll(migrations.underWay());
        var ofHosts =
                begun.stream()
                        .map(DriftBegun::part)
                        .filter(DriftPart::isHost)
                        .collect(Collectors.toSet());
        machines.begun(ofHosts);
        var toRecord = ofHosts.stream().map(DriftPart::where).collect(Collectors.toSet());
        return switch (cluster.census()) {
            case Reading.Unreachable<Census> _ ->
                    wanted.stream()
                            .map(Lease::system)
                            .filter(ordered::contains)
                            .collect(Collectors.toSet());
            case Reading.Read<Census>(var census) -> {
                var unsettled = reopened(cluster, wanted, census);
                machines.keepOnly(cluster.name(), byNamespace.values());
                var written =
                        wanted.stream()
                                .filter(lease -> isWritten(lease, census))
                                .map(Lease::id)
                                .collect(Collectors.toSet());
                ofQuotas(begun)
                        .filter(one -> one.action() != Drift.Action.REMOVED)
                        .filter(one -> written.contains(one.where()))
                        .forEach(this::repaired);
                for (var lease : wanted) {
                    var here = byNamespace.getOrDefault(lease.id().namespace(), List.of());
                    if (ordered.contains(lease.system())
                            || toRecord.contains(lease.id())
                            || !isQuiet(lease, here, census)) {
                        unsettled.add(lease.system());
                    }
                }
                yield unsettled;
            }
        };
    }

    /**
     * The systems whose namespaces were closed and have a lease there: their cluster was restored
     * from before that. Whoever looks at them charges what it holds.
     *
     * @param living as read before the cluster was, so that none is new
     */
    private Set<SystemId> reopened(Cluster cluster, List<Lease> living, Census census) {
        var others = new HashSet<String>();
        census.leases().keySet().forEach(namespace -> others.add(namespace.value()));
        living.forEach(lease -> others.remove(lease.namespace()));
        var found = new HashSet<SystemId>();
        for (var id : leases.reopen(cluster.name().value(), others, clock.instant())) {
            LOG.warn("{} was closed, and is there", id);
            leases.owner(id).ifPresent(found::add);
        }
        return found;
    }

    private boolean isQuiet(Lease lease, List<Host> wanted, Census census) {
        var namespace = new NamespaceName(lease.id().namespace());
        boolean stays =
                switch (lease.tenure()) {
                    case HELD -> true;
                    case CLOSING, CLOSED -> false;
                    // Once it is gone again somebody has to say so.
                    case FOUND -> census.lease(namespace).isPresent();
                };
        return stays
                && keeper.isQuiet(lease, census.lease(namespace))
                && machines.areQuiet(namespace, wanted, census.hosts(namespace));
    }
}
