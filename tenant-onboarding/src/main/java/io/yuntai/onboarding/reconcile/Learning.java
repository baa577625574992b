package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeasePolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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

    /**
     * When each lease was read first since the ledger began to learn. Whoever dies forgets it, and
     * his successor learns for a settle time longer.
     */
    private final Map<LeaseId, Instant> readAt = new ConcurrentHashMap<>();

    private Optional<Instant> learningSince = Optional.empty();

    public Learning(LeaseBook book, LeaseKeeper keeper, Clock clock) {
        this.book = book;
        this.clock = clock;
        this.keeper = keeper;
        this.intake = new LeaseIntake(book, clock);
    }

    /**
     * Reads every lease of every cluster once, and charges what is there; what there is no room for
     * is owed. A namespace that the ledger takes for closed is as it was before; one that it does
     * not know, for it was made after the backup, is the system's that its labels name; of one that
     * is nobody's people have to say what it is, and until then the ledger learns. Only then it is
     * known whether what the ledger remembers, and no cluster holds, still has room. What was
     * admitted just before a lease is read may not be listed yet, and whoever has lowered the lease
     * by hand meanwhile hides it: each is read again after the settle time, and the most that was
     * seen stays charged.
     *
     * @param clusters those that are to be read, be they fenced
     * @return whether all were read and all that they can take is charged; a cluster that gives no
     *     answer keeps the ledger learning until it does, is fenced, or is no longer connected
     */
    public boolean pass(Collection<? extends Cluster> clusters) {
        var learning = book.learning();
        if (learning.isEmpty()) {
            return false;
        }
        var since = learning.get();
        if (!learning.equals(learningSince)) {
            readAt.clear();
            learningSince = learning;
        }
        boolean complete = true;
        for (var cluster : clusters) {
            complete &= takeIn(cluster);
            for (var lease : book.ofCluster(cluster.name().value())) {
                complete &= learn(cluster, lease, since);
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

    private boolean learn(Cluster cluster, LeaseId lease, Instant since) {
        var began = clock.instant();
        if (!intake.learn(cluster, lease, since)) {
            return false;
        }
        var first = readAt.computeIfAbsent(lease, _ -> clock.instant());
        return !began.isBefore(first.plus(LeasePolicy.DEFAULT.settle()));
    }

    /**
     * Whether every namespace of ours is somebody's; of a cluster that is silent the leases tell.
     */
    private boolean takeIn(Cluster cluster) {
        var ours = intake.reopen(cluster);
        if (ours.isEmpty()) {
            return book.isFenced(cluster.name().value());
        }
        var unclaimed = new ArrayList<String>();
        for (var found : ours.get()) {
            var id = new LeaseId(cluster.name().value(), found.name().value());
            if (book.find(id).isEmpty()
                    && !found.owner().map(owner -> takeIn(id, owner)).orElse(false)) {
                unclaimed.add(id.namespace());
            }
        }
        book.unclaimed(cluster.name().value(), unclaimed);
        return unclaimed.isEmpty();
    }

    private boolean takeIn(LeaseId id, FoundNamespace.Owner owner) {
        return book.takeIn(id, owner.system(), owner.pool());
    }

    private boolean isActive(LeaseId lease) {
        return book.find(lease).filter(it -> it.state() == ClusterState.ACTIVE).isPresent();
    }
}
