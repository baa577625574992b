package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.StrayQuota;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import java.time.Clock;
import java.util.List;

/**
 * Removes quotas that somebody has put beside a lease: with two in a namespace admission has been
 * seen to let through more than either of them allows. What was admitted meanwhile is added up and
 * charged.
 */
public final class StrayQuotas {

    private final LeaseBook book;
    private final LeaseIntake intake;
    private final Clock clock;

    public StrayQuotas(LeaseBook book, Clock clock) {
        this.book = book;
        this.intake = new LeaseIntake(book, clock);
        this.clock = clock;
    }

    /**
     * Looks through one cluster; quotas of namespaces that have no lease are nobody's business.
     *
     * @return the leases beside which there was one
     */
    public List<LeaseId> remove(Cluster cluster) {
        return switch (cluster.strayQuotas()) {
            case Reading.Unreachable<List<StrayQuota>> _ -> List.of();
            case Reading.Read<List<StrayQuota>>(var strays) ->
                    strays.stream()
                            .filter(stray -> book.find(lease(cluster, stray)).isPresent())
                            .filter(stray -> remove(cluster, stray))
                            .map(stray -> lease(cluster, stray))
                            .distinct()
                            .toList();
        };
    }

    private boolean remove(Cluster cluster, StrayQuota stray) {
        var lease = lease(cluster, stray);
        var repair =
                new LeaseRepair(
                        LeaseRepair.Kind.SECOND_QUOTA,
                        stray.name() + " " + stray.hard(),
                        "-",
                        stray.incarnation().uid());
        book.repairing(lease, repair, clock.instant());
        if (!(cluster.deleteStrayQuota(stray) instanceof ApplyOutcome.Applied)) {
            return false;
        }
        book.repaired(lease, repair, clock.instant());
        var _ = intake.coverAll(cluster, lease);
        return true;
    }

    private static LeaseId lease(Cluster cluster, StrayQuota stray) {
        return new LeaseId(cluster.name().value(), stray.namespace().value());
    }
}
