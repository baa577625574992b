package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.LeaseOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedLease;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import java.util.Optional;

/**
 * Brings a lease to its namespace. The order matters: a namespace without an enforced quota limits
 * nothing, so nothing else is put there before {@code status.hard} follows.
 */
final class LeaseWriter {

    /**
     * Whether the cluster enforces the lease as it stands; where not, what could be done was done.
     */
    boolean write(Cluster cluster, Lease lease) {
        var namespace = new NamespaceName(lease.namespace());
        var desired = new Desired.Lease(namespace, lease.granted(), lease.epoch());
        return switch (cluster.lease(namespace)) {
            case Reading.Unreachable<Optional<ObservedLease>> _ -> false;
            case Reading.Read<Optional<ObservedLease>>(var found) ->
                    found.map(observed -> follow(cluster, desired, observed))
                            .orElseGet(() -> create(cluster, lease, desired));
        };
    }

    private static boolean follow(Cluster cluster, Desired.Lease desired, ObservedLease observed) {
        if (observed.epoch().compareTo(desired.epoch()) > 0) {
            // The cluster knows a later grant than the database we read: another of us is ahead.
            return false;
        }
        boolean asked =
                observed.epoch().equals(desired.epoch())
                        && observed.specHard().equals(desired.hard());
        if (asked) {
            return observed.statusHard().equals(desired.hard());
        }
        return switch (cluster.growOrShrink(desired, observed.epoch())) {
            // Written, but not yet enforced: the change of the status wakes us again.
            case LeaseOutcome.Written() -> false;
            case LeaseOutcome.Fenced _ -> false;
            case LeaseOutcome.Missing() -> false;
            case LeaseOutcome.Rejected _ -> false;
            case LeaseOutcome.Unknown _ -> false;
        };
    }

    private static boolean create(Cluster cluster, Lease lease, Desired.Lease desired) {
        var namespace =
                new Desired.SystemNamespace(
                        desired.namespace(), lease.unit(), lease.system(), lease.pool());
        if (cluster.apply(namespace) instanceof ApplyOutcome.Applied) {
            var _ = cluster.apply(desired);
        }
        return false;
    }
}
