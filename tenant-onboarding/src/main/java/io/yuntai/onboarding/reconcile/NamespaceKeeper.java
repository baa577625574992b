package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftBegun;
import io.yuntai.onboarding.namespace.DriftPart;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.onboarding.namespace.Namespaces;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Looks after what namespaces hold beside leases and hosts: labels, defaults, network policy and
 * who may enter. A namespace is compared when it is new to this process or should be another than
 * it was; all of a cluster at each sweep. Whoever dies half-way has applied a part, and whoever
 * comes next finds the rest.
 */
@Service
public class NamespaceKeeper {

    private final Namespaces namespaces;
    private final Drifts drifts;
    private final Findings findings;
    private final Clock clock;
    private final Map<ClusterName, Instant> looked = new ConcurrentHashMap<>();
    private final Map<LeaseId, Desired.Tenancy> seen = new ConcurrentHashMap<>();
    private final Map<LeaseId, ReentrantLock> mending = new ConcurrentHashMap<>();

    NamespaceKeeper(Namespaces namespaces, Drifts drifts, Findings findings, Clock clock) {
        this.findings = findings;
        this.namespaces = namespaces;
        this.drifts = drifts;
        this.clock = clock;
    }

    /**
     * Has a namespace hold what it should; to be called once its lease is enforced, for only then
     * may people enter.
     *
     * @return whether it does
     */
    boolean tend(Cluster cluster, LeaseId id) {
        var tenancy = namespaces.tenancy(id);
        if (tenancy.isEmpty() || tenancy.get().equals(seen.get(id))) {
            return true;
        }
        return mend(cluster, id, tenancy.get());
    }

    /** A cluster would not have it, or not its lease. */
    void refused(LeaseId id, String reason) {
        // Compared once its lease is enforced: then what was said here is over.
        seen.remove(id);
        namespaces.refused(id, reason);
    }

    /** There need not be such a namespace any more. */
    void givenUp(LeaseId id) {
        seen.remove(id);
        namespaces.accepted(id);
    }

    /** Compares every namespace of a cluster, and puts right what is not as it should be. */
    void lookThrough(Cluster cluster) {
        var wanted = namespaces.tenancies(cluster.name().value());
        // Before the cluster is read: what it shows as it should be then is done.
        var begun =
                drifts.begun(cluster.name().value()).stream()
                        .map(DriftBegun::part)
                        .filter(DriftPart::isContent)
                        .collect(Collectors.toSet());
        if (wanted.isEmpty()
                || !(cluster.differences(wanted)
                        instanceof Reading.Read<List<Difference>>(var all))) {
            return;
        }
        var byNamespace = all.stream().collect(Collectors.groupingBy(Difference::namespace));
        for (var tenancy : wanted) {
            var id = new LeaseId(cluster.name().value(), tenancy.namespace().value());
            var found = byNamespace.getOrDefault(tenancy.namespace(), List.of());
            if (isGone(found)) {
                // Made again together with its lease, which is what its loss is charged by.
                seen.remove(id);
            } else if (found.isEmpty()) {
                right(id, tenancy);
                if (begun.contains(DriftPart.content(id))) {
                    drifts.settle(DriftPart.content(id));
                }
            } else {
                var _ = mend(cluster, id, tenancy);
            }
        }
    }

    /** Takes note of what is on a cluster and not in the register, now and then. */
    void lookAround(Cluster cluster) {
        var now = clock.instant();
        var last = looked.get(cluster.name());
        if ((last == null || !now.isBefore(findings.next(last)))
                && cluster.namespaces() instanceof Reading.Read<List<FoundNamespace>>(var all)) {
            findings.found(cluster.name().value(), all);
            looked.put(cluster.name(), now);
        }
    }

    private static boolean isGone(List<Difference> found) {
        return found.stream().anyMatch(one -> one.kind().equals("Namespace") && one.missing());
    }

    /** By one at a time: what two put right at once would stand there twice. */
    private boolean mend(Cluster cluster, LeaseId id, Desired.Tenancy tenancy) {
        var alone = mending.computeIfAbsent(id, _ -> new ReentrantLock());
        alone.lock();
        try {
            return mendAlone(cluster, id, tenancy);
        } finally {
            alone.unlock();
        }
    }

    private boolean mendAlone(Cluster cluster, LeaseId id, Desired.Tenancy tenancy) {
        seen.remove(id);
        var part = DriftPart.content(id);
        var mended = cluster.mend(tenancy, found -> drifts.begin(part, byHand(id, found)));
        // Also what was put right before something else was refused.
        drifts.complete(part, byHand(id, mended.found()));
        return switch (mended.outcome()) {
            case ApplyOutcome.Applied() -> {
                right(id, tenancy);
                yield true;
            }
            case ApplyOutcome.Rejected(_, var reason) -> {
                namespaces.refused(id, reason);
                yield false;
            }
            case ApplyOutcome.Unknown(var reason) -> {
                namespaces.refused(id, reason);
                yield false;
            }
        };
    }

    private List<Drift> byHand(LeaseId id, List<Difference> found) {
        return found.stream()
                .filter(one -> !one.byUs())
                .map(one -> Drift.mended(clock.instant(), id, one))
                .toList();
    }

    private void right(LeaseId id, Desired.Tenancy tenancy) {
        if (!tenancy.equals(seen.put(id, tenancy))) {
            namespaces.accepted(id);
        }
    }
}
