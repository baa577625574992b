package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.namespace.Namespaces;
import org.springframework.stereotype.Service;

/**
 * Has clusters let go of namespaces that were handed back, and closes those that are gone. That
 * nothing of one is charged any more says that nothing is in it that quota counts; and as nothing
 * is granted to one that is closing, nothing can have come into it when it is deleted, however
 * late.
 */
@Service
public class NamespaceCloser {

    private final Leases leases;
    private final Namespaces namespaces;

    NamespaceCloser(Leases leases, Namespaces namespaces) {
        this.leases = leases;
        this.namespaces = namespaces;
    }

    /**
     * Takes the next step; whether it is gone. One that nobody has handed back is deleted by people
     * alone.
     */
    boolean close(Cluster cluster, Lease lease) {
        var name = new NamespaceName(lease.namespace());
        if (!(cluster.look(name) instanceof Reading.Read<ObservedNamespace>(var seen))) {
            return false;
        }
        return switch (seen.phase()) {
            case ABSENT -> {
                leases.close(lease);
                yield true;
            }
            case TERMINATING -> false;
            case ACTIVE -> {
                if (lease.tenure() == Tenure.CLOSING
                        && cluster.deleteNamespace(name, () -> leases.mayClose(lease))
                                instanceof ApplyOutcome.Rejected(_, var reason)) {
                    namespaces.refused(lease.id(), reason);
                }
                yield false;
            }
        };
    }
}
