package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The ports of a keeper, with a storm around each call: between any two of them others act, or the
 * keeper dies.
 */
final class Interrupted {

    /** What may happen around a call. */
    interface Around {
        /** Before or after it: others act; or the keeper dies, by an exception. */
        void moment();

        /** A write was fenced: was the lease another than the one found? */
        void fenced(LeaseId lease, ObservedLease found);

        /** A database commit: may fail before it has happened, or after. */
        <T> T commit(Supplier<T> transaction);
    }

    private Interrupted() {}

    static Cluster cluster(Cluster cluster, Around around) {
        return new OfCluster(cluster, around);
    }

    static LeaseBook book(LeaseBook book, Around around) {
        return new OfBook(book, around);
    }

    private record OfCluster(Cluster inner, Around around) implements Cluster {

        private <T> T call(Supplier<T> call) {
            around.moment();
            var answer = call.get();
            around.moment();
            return answer;
        }

        @Override
        public ClusterName name() {
            return inner.name();
        }

        @Override
        public boolean simulated() {
            return inner.simulated();
        }

        @Override
        public boolean reachable() {
            return inner.reachable();
        }

        @Override
        public ApplyOutcome apply(Desired object) {
            return call(() -> inner.apply(object));
        }

        @Override
        public LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease found) {
            around.moment();
            var outcome = inner.growOrShrink(lease, found);
            if (outcome instanceof LeaseOutcome.Fenced) {
                around.fenced(new LeaseId(inner.name().value(), lease.namespace().value()), found);
            }
            around.moment();
            return outcome;
        }

        @Override
        public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
            return call(() -> inner.lease(namespace));
        }

        @Override
        public Reading<List<ObservedHost>> hosts(NamespaceName namespace) {
            return call(() -> inner.hosts(namespace));
        }

        @Override
        public Reading<Amounts> measure(NamespaceName namespace) {
            return call(() -> inner.measure(namespace));
        }

        @Override
        public ApplyOutcome deleteNamespace(NamespaceName namespace) {
            return call(() -> inner.deleteNamespace(namespace));
        }

        @Override
        public ApplyOutcome deleteHost(NamespaceName namespace, String name) {
            return call(() -> inner.deleteHost(namespace, name));
        }

        @Override
        public Watching watch(Consumer<Change> changed) {
            return inner.watch(changed);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private record OfBook(LeaseBook inner, Around around) implements LeaseBook {

        @Override
        public Optional<Lease> find(LeaseId id) {
            around.moment();
            return inner.find(id);
        }

        @Override
        public List<LeaseId> ofCluster(String cluster) {
            return inner.ofCluster(cluster);
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            around.moment();
            var outcome = around.commit(() -> inner.change(lease, change, at));
            around.moment();
            return outcome;
        }

        @Override
        public void used(LeaseId id, Amounts used) {
            inner.used(id, used);
        }

        @Override
        public Room room(Lease lease, List<Resource> resources) {
            around.moment();
            return inner.room(lease, resources);
        }

        @Override
        public List<LeaseId> idleBelow(NodeId node, Resource resource, int most) {
            return inner.idleBelow(node, resource, most);
        }

        @Override
        public Optional<Instant> learning() {
            return inner.learning();
        }

        @Override
        public void learn(Instant since) {
            inner.learn(since);
        }

        @Override
        public void learnt() {
            inner.learnt();
        }
    }
}
