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
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.system.SystemId;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        this.strays = new StrayQuotas(leases, clock);
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
            namespaces.lookThrough(cluster);
            namespaces.lookAround(cluster);
            found.addAll(unsettled.get());
            return found;
        }
    }

    /** Removes second quotas; returns the systems in whose namespaces they stood. */
    Set<SystemId> withStrays(Cluster cluster) {
        return strays.remove(cluster).stream()
                .flatMap(lease -> leases.owner(lease).stream())
                .collect(Collectors.toSet());
    }

    /** The systems to be looked at; of a cluster that does not answer those that wait for it. */
    public Set<SystemId> unsettled(Cluster cluster) {
        // The database first: what is granted meanwhile is woken by itself.
        var wanted = leases.on(cluster.name().value());
        var byNamespace =
                hosts.on(cluster.name().value()).stream()
                        .collect(Collectors.groupingBy(Host::namespace));
        var ordered = new HashSet<>(deliveries.systems());
        ordered.addAll(adoptions.underWay());
        ordered.addAll(migrations.underWay());
        return switch (cluster.census()) {
            case Reading.Unreachable<Census> _ ->
                    wanted.stream()
                            .map(Lease::system)
                            .filter(ordered::contains)
                            .collect(Collectors.toSet());
            case Reading.Read<Census>(var census) -> {
                machines.keepOnly(cluster.name(), byNamespace.values());
                var unsettled = new HashSet<SystemId>();
                for (var lease : wanted) {
                    var here = byNamespace.getOrDefault(lease.id().namespace(), List.of());
                    if (ordered.contains(lease.system()) || !isQuiet(lease, here, census)) {
                        unsettled.add(lease.system());
                    }
                }
                yield unsettled;
            }
        };
    }

    private boolean isQuiet(Lease lease, List<Host> wanted, Census census) {
        var namespace = new NamespaceName(lease.id().namespace());
        return lease.tenure() == Tenure.HELD
                && keeper.isQuiet(lease, census.lease(namespace))
                && machines.areQuiet(namespace, wanted, census.hosts(namespace));
    }
}
