package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A book that hands every call on; what is done otherwise is said where it is extended. */
public class ThroughBook implements LeaseBook {
    protected final LeaseBook inner;

    protected ThroughBook(LeaseBook inner) {
        this.inner = inner;
    }

    @Override
    public Optional<Lease> find(LeaseId id) {
        return inner.find(id);
    }

    @Override
    public List<LeaseId> ofCluster(String cluster) {
        return inner.ofCluster(cluster);
    }

    @Override
    public Outcome change(Lease lease, LeaseChange change, Instant at) {
        return inner.change(lease, change, at);
    }

    @Override
    public void used(LeaseId id, Amounts used) {
        inner.used(id, used);
    }

    @Override
    public void repairing(LeaseId id, LeaseRepair repair, Instant at) {
        inner.repairing(id, repair, at);
    }

    @Override
    public void repaired(LeaseId id, LeaseRepair repair, Instant at) {
        inner.repaired(id, repair, at);
    }

    @Override
    public Room room(Lease lease, List<Resource> resources) {
        return inner.room(lease, resources);
    }

    @Override
    public List<Shortfall> shortfalls(Lease lease, LeaseChange change) {
        return inner.shortfalls(lease, change);
    }

    @Override
    public List<LeaseId> idleBelow(NodeId node, Resource resource, Set<String> silent, int most) {
        return inner.idleBelow(node, resource, silent, most);
    }

    @Override
    public Optional<Instant> learning() {
        return inner.learning();
    }

    @Override
    public boolean isFenced(String cluster) {
        return inner.isFenced(cluster);
    }

    @Override
    public boolean takeIn(LeaseId id, SystemId system, PoolId pool) {
        return inner.takeIn(id, system, pool);
    }

    @Override
    public List<LeaseId> reopen(String cluster, Collection<String> namespaces, Instant at) {
        return inner.reopen(cluster, namespaces, at);
    }

    @Override
    public void unclaimed(String cluster, List<String> namespaces) {
        inner.unclaimed(cluster, namespaces);
    }

    @Override
    public List<String> unclaimed(String cluster) {
        return inner.unclaimed(cluster);
    }

    @Override
    public Optional<Instant> readmitting(String cluster) {
        return inner.readmitting(cluster);
    }

    @Override
    public void readmitted(String cluster, Instant at) {
        inner.readmitted(cluster, at);
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
