package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseBook.Outcome;
import io.yuntai.quota.LeaseChange;
import java.time.Clock;

/**
 * Does what an operator has said of a lost cluster: credits what its leases were charged, one
 * transaction each, or takes them in again. Whoever dies half-way leaves the rest to the next.
 */
public final class LostClusters {

    private final LeaseBook book;
    private final LeaseIntake intake;
    private final Clock clock;

    public LostClusters(LeaseBook book, Clock clock) {
        this.book = book;
        this.intake = new LeaseIntake(book, clock);
        this.clock = clock;
    }

    /**
     * Credits the leases of a cluster that was written off; the cluster itself is not asked.
     *
     * @return whether none of them is charged any more
     */
    public boolean credit(String cluster) {
        boolean done = true;
        for (var id : book.ofCluster(cluster)) {
            var lease = book.find(id).orElseThrow();
            if (lease.state() == ClusterState.WRITTEN_OFF && !lease.account().charged().isZero()) {
                done &=
                        book.change(lease, new LeaseChange.WriteOff(), clock.instant())
                                instanceof Outcome.Changed;
            }
        }
        return done;
    }

    /**
     * Takes the leases of a cluster that is back in again, and lets them be as any others once all
     * of them are. None is trusted before: nothing of it grows, and nothing is placed there.
     *
     * @return whether all were read and taken in
     */
    public boolean readmit(Cluster cluster) {
        String name = cluster.name().value();
        var since = book.readmitting(name);
        if (since.isEmpty() || intake.reopen(cluster).isEmpty()) {
            return false;
        }
        boolean complete = true;
        for (var id : book.ofCluster(name)) {
            complete &= intake.adopt(cluster, id, since.get());
        }
        if (complete) {
            book.readmitted(name, clock.instant());
        }
        return complete;
    }
}
