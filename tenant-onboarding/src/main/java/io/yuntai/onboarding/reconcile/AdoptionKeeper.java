package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.adoption.Adoptions;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.Occupied;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.quota.Epoch;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Takes over the namespaces that adoptions name, before their leases are looked after: what has
 * come to run since is charged, and an open lease stands there for the first write to close. Each
 * step is taken on what was just read, and whoever dies after one of them has it taken again.
 */
@Component
class AdoptionKeeper {

    private final Adoptions adoptions;
    private final Namespaces namespaces;
    private final DesiredHosts desired;

    AdoptionKeeper(Adoptions adoptions, Namespaces namespaces, DesiredHosts desired) {
        this.desired = desired;
        this.adoptions = adoptions;
        this.namespaces = namespaces;
    }

    /**
     * Has the namespace of a lease ready to be closed.
     *
     * @param uid as it was found when it was adopted
     * @return whether it is
     */
    boolean prepare(Cluster cluster, Lease lease, String uid) {
        if (!lease.observed().equals(Epoch.ZERO)) {
            return true; // closed already
        }
        var namespace = new NamespaceName(lease.namespace());
        return switch (cluster.occupied(namespace)) {
            case Reading.Unreachable<Optional<Occupied>> _ -> false;
            // Deleted since: it is made as any other.
            case Reading.Read<Optional<Occupied>>(var found) when found.isEmpty() -> true;
            case Reading.Read<Optional<Occupied>>(var found) -> {
                if (found.get().uid().equals(uid)) {
                    adoptions.grown(lease.id(), found.get());
                }
                yield isTaken(
                        lease,
                        cluster.takeOver(
                                new Desired.SystemNamespace(
                                        namespace, lease.unit(), lease.system(), lease.pool()),
                                uid));
            }
        };
    }

    /**
     * Whether the machines of a namespace are written as ours: whatever they are at, and those that
     * are gone by now are nobody's.
     */
    boolean isWritten(Cluster cluster, Lease lease, List<Host> hosts) {
        if (hosts.isEmpty()) {
            return true; // There need be no machines to ask for.
        }
        var namespace = new NamespaceName(lease.namespace());
        return cluster.hosts(namespace) instanceof Reading.Read<List<ObservedHost>>(var found)
                && hosts.stream()
                        .allMatch(host ->
                                found.stream()
                                        .filter(seen -> seen.name().equals(host.name()))
                                        .allMatch(seen ->
                                                seen.view()
                                                        .digest()
                                                        .equals(
                                                                desired.of(namespace, host)
                                                                        .digest())));
    }

    private boolean isTaken(Lease lease, ApplyOutcome outcome) {
        return switch (outcome) {
            case ApplyOutcome.Applied() -> true;
            case ApplyOutcome.Rejected(_, var reason) -> {
                namespaces.refused(lease.id(), reason);
                yield false;
            }
            case ApplyOutcome.Unknown _ -> false;
        };
    }
}
