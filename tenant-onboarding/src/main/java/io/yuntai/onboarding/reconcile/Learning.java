package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeasePolicy;
import java.time.Clock;
import java.util.Collection;

/**
 * Puts the ledger together again after it was restored from an earlier time. What was granted since
 * then stands on the clusters and nowhere else: until all of it is charged again, nothing grows and
 * no order is taken.
 */
public final class Learning {

    private final LeaseBook book;
    private final LeaseKeeper keeper;
    private final LeaseIntake intake;
    private final Clock clock;

    public Learning(LeaseBook book, LeaseKeeper keeper, Clock clock) {
        this.book = book;
        this.clock = clock;
        this.keeper = keeper;
        this.intake = new LeaseIntake(book, clock);
    }

    /**
     * Reads every lease of every cluster once, and charges what is there; what there is no room for
     * is owed. Only then it is known whether what the ledger remembers, and no cluster holds, still
     * has room. What was admitted just before the restore may not be listed yet, so the settle time
     * must have passed too.
     *
     * @return whether all were read and all that they can take is charged; a cluster that gives no
     *     answer keeps the ledger learning until it does, is fenced, or is no longer connected
     */
    public boolean pass(Collection<? extends Cluster> clusters) {
        var learning = book.learning();
        if (learning.isEmpty()) {
            return false;
        }
        var since = learning.get();
        boolean complete = !clock.instant().isBefore(since.plus(LeasePolicy.DEFAULT.settle()));
        for (var cluster : clusters) {
            for (var lease : book.ofCluster(cluster.name().value())) {
                complete &= intake.learn(cluster, lease, since);
            }
        }
        for (var cluster : clusters) {
            for (var lease : book.ofCluster(cluster.name().value())) {
                if (isActive(lease)) {
                    complete &= keeper.visit(cluster, lease, Amounts.NONE, false).covered();
                }
            }
        }
        if (complete) {
            book.learnt();
        }
        return complete;
    }

    private boolean isActive(LeaseId lease) {
        return book.find(lease).filter(it -> it.state() == ClusterState.ACTIVE).isPresent();
    }
}
