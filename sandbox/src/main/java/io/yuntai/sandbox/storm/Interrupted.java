package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.Difference;
import io.yuntai.onboarding.kubernetes.FoundNamespace;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
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

    private static final class OfCluster extends ThroughCluster {
        private final Around around;

        OfCluster(Cluster inner, Around around) {
            super(inner);
            this.around = around;
        }

        private <T> T call(Supplier<T> call) {
            around.moment();
            var answer = call.get();
            around.moment();
            return answer;
        }

        @Override
        public ApplyOutcome apply(Desired object) {
            return call(() -> super.apply(object));
        }

        @Override
        public Mending mend(Desired.Host host, Consumer<List<Difference>> before) {
            return call(() -> super.mend(host, before));
        }

        @Override
        public LeaseOutcome growOrShrink(Desired.Lease lease, ObservedLease found) {
            around.moment();
            var outcome = super.growOrShrink(lease, found);
            if (outcome instanceof LeaseOutcome.Fenced) {
                around.fenced(new LeaseId(name().value(), lease.namespace().value()), found);
            }
            around.moment();
            return outcome;
        }

        @Override
        public Reading<Optional<ObservedLease>> lease(NamespaceName namespace) {
            return call(() -> super.lease(namespace));
        }

        @Override
        public Reading<List<ObservedHost>> hosts(
                NamespaceName namespace, Collection<Desired.Host> wanted) {
            return call(() -> super.hosts(namespace, wanted));
        }

        @Override
        public Reading<List<FoundNamespace>> namespaces() {
            return call(super::namespaces);
        }

        @Override
        public Reading<Amounts> measure(NamespaceName namespace) {
            return call(() -> super.measure(namespace));
        }

        @Override
        public OptionalLong heard(NamespaceName namespace) {
            return call(() -> super.heard(namespace));
        }

        @Override
        public Optional<Amounts> underway(NamespaceName namespace, long heard, Clock clock) {
            return call(() -> super.underway(namespace, heard, clock));
        }

        @Override
        public ApplyOutcome deleteNamespace(NamespaceName namespace, BooleanSupplier still) {
            return call(() -> super.deleteNamespace(namespace, still));
        }

        @Override
        public ApplyOutcome deleteHost(NamespaceName namespace, String name) {
            return call(() -> super.deleteHost(namespace, name));
        }

        @Override
        public ApplyOutcome restartHost(NamespaceName namespace, String name, String instance) {
            return call(() -> super.restartHost(namespace, name, instance));
        }

        @Override
        public Reading<List<String>> remains(Desired.Host host) {
            return call(() -> super.remains(host));
        }

        @Override
        public Reading<Optional<String>> systemDisk(NamespaceName namespace, String name) {
            return call(() -> super.systemDisk(namespace, name));
        }

        @Override
        public ApplyOutcome deleteSystemDisk(NamespaceName namespace, String name, String uid) {
            return call(() -> super.deleteSystemDisk(namespace, name, uid));
        }

        @Override
        public ApplyOutcome deleteDataDisk(NamespaceName namespace, String name, int position) {
            return call(() -> super.deleteDataDisk(namespace, name, position));
        }
    }

    private static final class OfBook extends ThroughBook {
        private final Around around;

        OfBook(LeaseBook inner, Around around) {
            super(inner);
            this.around = around;
        }

        @Override
        public Optional<Lease> find(LeaseId id) {
            around.moment();
            return super.find(id);
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            around.moment();
            var outcome = around.commit(() -> super.change(lease, change, at));
            around.moment();
            return outcome;
        }

        @Override
        public boolean takeIn(LeaseId id, SystemId system, PoolId pool) {
            around.moment();
            return around.commit(() -> super.takeIn(id, system, pool));
        }

        @Override
        public List<Shortfall> shortfalls(Lease lease, LeaseChange change) {
            around.moment();
            return super.shortfalls(lease, change);
        }

        @Override
        public Room room(Lease lease, List<Resource> resources) {
            around.moment();
            return super.room(lease, resources);
        }
    }
}
