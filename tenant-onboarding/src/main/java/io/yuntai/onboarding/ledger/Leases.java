package io.yuntai.onboarding.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The leases in PostgreSQL. A lease whose epoch is ahead of the one enforced is the request to
 * bring it to its cluster: whoever finds it so may do the work, and doing it twice does no harm.
 */
@Service
@Transactional
public class Leases implements LeaseBook {

    private final LeaseStore store;
    private final LearningStore learning;
    private final ClusterStateStore clusters;
    private final Ledger ledger;
    private final QuotaTree tree;
    private final ApplicationEventPublisher events;

    Leases(
            LeaseStore store,
            LearningStore learning,
            ClusterStateStore clusters,
            Ledger ledger,
            QuotaTree tree,
            ApplicationEventPublisher events) {
        this.tree = tree;
        this.events = events;
        this.clusters = clusters;
        this.store = store;
        this.learning = learning;
        this.ledger = ledger;
    }

    /** Makes a lease of nothing, unless the system has one of that pool on that cluster. */
    void place(LeaseId id, SystemId system, PoolId pool) {
        store.place(id, system, pool);
    }

    /**
     * Grants a lease what an order had locked, in the transaction that posts it: the ledger has it
     * as held already. The first grant on a cluster places the lease there.
     *
     * @param id where it is placed if it is the first on that cluster
     * @param beside the part of it that the pool's infrastructure pays
     * @throws Refused CONFLICT {@code CLUSTER_FENCED} when nothing may be placed there now, {@code
     *     NAMESPACE_CLOSING} while the cluster lets go of a namespace that was handed back
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Lease grant(
            LeaseId id, SystemId system, PoolId pool, LeaseChange.Grant grant, Amounts beside) {
        requireActive(id.cluster());
        store.place(id, system, pool);
        var lease = store.lock(system, pool, id.cluster());
        switch (lease.tenure()) {
            case HELD -> {}
            // Whoever deletes it may have looked already: nothing new may come into it.
            case CLOSING -> throw Refused.conflict("NAMESPACE_CLOSING");
            case CLOSED, FOUND -> {
                store.hold(lease.id(), Tenure.HELD);
                lease = store.lock(lease.id());
            }
        }
        var written = write(lease, lease.account().after(grant));
        store.payBeside(written.id(), beside);
        return written;
    }

    /** As the other, of which the infrastructure pays nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Lease grant(LeaseId id, SystemId system, PoolId pool, LeaseChange.Grant grant) {
        return grant(id, system, pool, grant, Amounts.NONE);
    }

    /**
     * Takes back what was granted for something that is wanted no longer. Whoever pays for it goes
     * on paying until the cluster is known to hold it no more.
     *
     * @param beside the part of it that the pool's infrastructure pays
     * @throws Refused CONFLICT {@code CLUSTER_FENCED} when nothing may be changed there now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Lease release(
            SystemId system,
            PoolId pool,
            String cluster,
            LeaseChange.Release release,
            Amounts beside) {
        requireActive(cluster);
        var lease = store.lock(system, pool, cluster);
        var written = write(lease, lease.account().after(release));
        store.returnBeside(written.id(), beside);
        return written;
    }

    /**
     * Writes an account, and tells when its containers are granted another amount by it, or when it
     * may hold public addresses no more: whoever was let have something because of it is told.
     */
    private Lease write(Lease lease, LeaseAccount account) {
        var written = store.write(lease, account);
        var before = lease.account();
        var beyondHosts = beyondHosts(account);
        if (!beyondHosts.equals(beyondHosts(before))) {
            events.publishEvent(new NamespaceGranted(lease.id(), lease.system(), beyondHosts));
        }
        if (entitledAddresses(before) > 0 && entitledAddresses(account) == 0) {
            events.publishEvent(new AddressesReturned(lease.system(), lease.pool()));
        }
        return written;
    }

    private static long entitledAddresses(LeaseAccount account) {
        return account.entitled().get(Resource.PUBLIC_IPS);
    }

    private static Amounts beyondHosts(LeaseAccount account) {
        return account.entitled().minus(account.floor()).max(Amounts.NONE);
    }

    private void requireActive(String cluster) {
        if (clusters.hold(cluster).filter(state -> state != ClusterState.ACTIVE).isPresent()) {
            throw Refused.conflict("CLUSTER_FENCED");
        }
    }

    /** What of a system's namespaces can be handed back, by pool and cluster. */
    @Transactional(readOnly = true)
    public List<LeaseRoom> rooms(SystemId system) {
        return store.of(system).stream().map(this::room).toList();
    }

    /**
     * What of a namespace can be handed back, which nobody else changes until the caller's
     * transaction ends; empty: there is no such namespace, or it was handed back already.
     *
     * @throws Refused CONFLICT {@code CLUSTER_FENCED} when nothing may be changed there now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<LeaseRoom> holdRoom(SystemId system, PoolId pool, String cluster) {
        return find(system, pool, cluster)
                .map(lease -> {
                    requireActive(cluster);
                    return store.lock(lease.id());
                })
                .filter(lease -> lease.tenure() != Tenure.CLOSING)
                .map(this::room);
    }

    private LeaseRoom room(Lease lease) {
        var account = lease.account();
        return new LeaseRoom(lease, account.entitled(), account.floor(), store.used(lease.id()));
    }

    /**
     * Hands back a part of it, which goes on being charged until the cluster is known to hold it no
     * more.
     *
     * @param room as {@link #holdRoom} has given it
     * @param less at most what is {@linkplain LeaseRoom#free free}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void handBack(LeaseRoom room, Amounts less) {
        var lease = room.lease();
        var _ = write(lease, lease.account().after(new LeaseChange.HandBack(less)));
    }

    /**
     * Hands back the whole namespace: {@link #close} follows when nothing is charged for it.
     *
     * @param room as {@link #holdRoom} has given it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void handBackAll(LeaseRoom room) {
        var lease = room.lease();
        var account = lease.account();
        var all = account.entitled().max(account.granted());
        var _ = write(lease, account.after(new LeaseChange.Release(all, account.floor())));
        store.returnBeside(lease.id(), store.beside(lease.id()));
        store.hold(lease.id(), Tenure.CLOSING);
    }

    /**
     * Whether a namespace that was handed back may be deleted: nothing of it is charged, and its
     * lease is still the one that was read.
     */
    @Transactional(readOnly = true)
    public boolean mayClose(Lease read) {
        return store.find(read.id()).filter(now -> now.equals(read)).isPresent()
                && read.tenure() == Tenure.CLOSING
                && read.closable();
    }

    /**
     * Its cluster has it no more.
     *
     * @param read as it was before that was seen; one that has changed since stays as it is
     */
    public void close(Lease read) {
        if (store.lock(read.id()).equals(read) && read.closable()) {
            store.close(read.id());
        }
    }

    /**
     * Refuses what would be placed on a cluster that takes nothing new, which stays so until the
     * end of the caller's transaction; what is there already may be granted more.
     *
     * @throws Refused CONFLICT {@code CLUSTER_CORDONED}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireOpen(String cluster) {
        if (clusters.hold(cluster).isPresent()
                && clusters.scheduling(cluster).filter(now -> now != Scheduling.OPEN).isPresent()) {
            throw Refused.conflict("CLUSTER_CORDONED");
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Lease> find(LeaseId id) {
        return store.find(id);
    }

    /** Whose lease it is. */
    @Transactional(readOnly = true)
    public Optional<SystemId> owner(LeaseId id) {
        return store.owner(id);
    }

    /**
     * Has whoever else places leases of this system wait for the end of the caller's transaction,
     * so that what is asked about them meanwhile stays true.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void claim(SystemId system) {
        store.claim(system);
    }

    /** What the leases of a pool are charged of one resource, by cluster. */
    @Transactional(readOnly = true)
    public Map<String, Long> charged(PoolId pool, Resource resource) {
        return store.charged(pool, resource);
    }

    /**
     * Has nobody else change a lease until the caller's transaction ends. To be called before the
     * ledger is asked for what the lease shall be granted.
     *
     * @throws Refused CONFLICT {@code CLUSTER_FENCED} when nothing may be changed there now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(LeaseId id) {
        requireActive(id.cluster());
        var _ = store.lock(id);
    }

    /**
     * Has nobody else change several leases until the caller's transaction ends, always taken in
     * the same order: whoever changes more than one calls this before he changes any, and after he
     * has locked the hosts that it is about.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(Collection<LeaseId> ids) {
        store.lock(ids);
    }

    /** The lease of a system's namespace of a pool on a cluster, if it has one there. */
    @Transactional(readOnly = true)
    public Optional<Lease> find(SystemId system, PoolId pool, String cluster) {
        return store.of(system).stream()
                .filter(lease -> lease.pool().equals(pool) && lease.cluster().equals(cluster))
                .findAny();
    }

    /**
     * The namespace that a system has of a pool on a cluster, or had and would be given again: it
     * never has another one there.
     */
    @Transactional(readOnly = true)
    public Optional<LeaseId> placed(SystemId system, PoolId pool, String cluster) {
        return store.placed(system, pool, cluster);
    }

    /** The leases of a system, by pool and cluster. */
    @Transactional(readOnly = true)
    public List<Lease> of(SystemId system) {
        return store.of(system);
    }

    @Override
    @Transactional(readOnly = true)
    public List<LeaseId> ofCluster(String cluster) {
        return store.ofCluster(cluster);
    }

    /** All leases on a cluster, by namespace. */
    @Transactional(readOnly = true)
    public List<Lease> on(String cluster) {
        return store.on(cluster);
    }

    @Override
    public Outcome change(Lease lease, LeaseChange change, Instant at) {
        ledger.holdShape();
        var current = store.lock(lease.id());
        if (current.version() != lease.version() || !current.state().lets(change)) {
            return new Outcome.Outdated();
        }
        var before = current.account();
        var after = before.after(change);
        var cost = after.charged().minus(before.charged());
        if (cost.isZero()) {
            return new Outcome.Changed(write(current, after));
        }
        var leaf = store.leaf(current);
        var beside = besideOf(current, change, cost);
        var legs = legs(current, cost, beside);
        return switch (ledger.carryOut(
                change instanceof LeaseChange.Owe
                        ? new LedgerCommand.Incur(transfer(), legs, at)
                        : new LedgerCommand.Transfer(transfer(), legs, at))) {
            case Decision.Granted _ -> {
                // What the infrastructure pays is never more than the charge: it falls first.
                store.paidBeside(current.id(), beside);
                if (change instanceof LeaseChange.WriteOff) {
                    // Whatever runs there is nobody's use until it is seen again.
                    store.used(current.id(), Amounts.NONE);
                }
                yield new Outcome.Changed(write(current, after));
            }
            case Decision.Denied(var shortfalls) -> {
                change.within(before.charged().plus(Shortfall.within(cost, shortfalls)))
                        .map(before::after)
                        .ifPresent(partly -> {
                            var part = partly.charged().minus(before.charged());
                            if (!part.isZero()) {
                                var _ = ledger.transfer(transfer(), new Leg(leaf, part), at);
                            }
                            var _ = write(current, partly);
                        });
                yield new Outcome.Denied(shortfalls);
            }
        };
    }

    /** What of a cost below zero the infrastructure gets back, for it has paid that. */
    private Amounts besideOf(Lease lease, LeaseChange change, Amounts cost) {
        return switch (change) {
            case LeaseChange.Credit _ -> store.besideDue(lease.id()).min(returned(cost));
            case LeaseChange.WriteOff() -> store.beside(lease.id()).min(returned(cost));
            case LeaseChange.Grant _, LeaseChange.Release _, LeaseChange.HandBack _ -> Amounts.NONE;
            case LeaseChange.Grow _ -> Amounts.NONE;
            case LeaseChange.Shrink _, LeaseChange.Enforce _, LeaseChange.Cover _ -> Amounts.NONE;
            case LeaseChange.Yield _, LeaseChange.Owe _ -> Amounts.NONE;
            case LeaseChange.Adopt _, LeaseChange.Idle _ -> Amounts.NONE;
        };
    }

    private static Amounts returned(Amounts cost) {
        return cost.negated().max(Amounts.NONE);
    }

    private List<Leg> legs(Lease lease, Amounts cost, Amounts beside) {
        var leaf = new Leg(store.leaf(lease), cost.plus(beside));
        return beside.isZero()
                ? List.of(leaf)
                : Stream.of(leaf, new Leg(store.infrastructure(lease), beside.negated()))
                        .filter(leg -> !leg.amounts().isZero())
                        .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Room room(Lease lease, List<Resource> resources) {
        return store.room(store.leaf(lease), resources);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Shortfall> shortfalls(Lease lease, LeaseChange change) {
        var account = lease.account();
        var cost = account.after(change).charged().minus(account.charged());
        return cost.isZero() ? List.of() : ledger.shortfalls(new Leg(store.leaf(lease), cost));
    }

    @Override
    @Transactional(readOnly = true)
    public List<LeaseId> idleBelow(NodeId node, Resource resource, Set<String> silent, int most) {
        return store.idleBelow(node, resource, silent, most);
    }

    @Override
    public Optional<Instant> learning() {
        return learning.since();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isFenced(String cluster) {
        return clusters.since(cluster, ClusterState.FENCED).isPresent();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instant> readmitting(String cluster) {
        return clusters.since(cluster, ClusterState.READMITTING);
    }

    @Override
    public void readmitted(String cluster, Instant at) {
        if (clusters.lock(cluster).filter(s -> s == ClusterState.READMITTING).isPresent()) {
            clusters.move(cluster, ClusterState.ACTIVE, at);
            events.publishEvent(
                    new Audited(
                            at,
                            Optional.empty(),
                            "cluster.readmitted",
                            "cluster/" + cluster,
                            Audited.Outcome.SUCCESS,
                            ""));
        }
    }

    @Override
    public boolean takeIn(LeaseId id, SystemId system, PoolId pool) {
        ledger.holdShape();
        if (store.unit(system).flatMap(unit -> tree.ensureSystem(pool, system, unit)).isEmpty()) {
            return false;
        }
        store.place(id, system, pool);
        return store.find(id).filter(lease -> lease.system().equals(system)).isPresent();
    }

    @Override
    public List<LeaseId> reopen(String cluster, Collection<String> namespaces, Instant at) {
        var reopened = store.reopen(cluster, namespaces);
        reopened.forEach(id ->
                events.publishEvent(
                        new Audited(
                                at,
                                Optional.empty(),
                                "lease.reopened",
                                "lease/" + id,
                                Audited.Outcome.SUCCESS,
                                "")));
        return reopened;
    }

    @Override
    public void unclaimed(String cluster, List<String> namespaces) {
        learning.unclaimed(cluster, namespaces);
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> unclaimed(String cluster) {
        return learning.unclaimed(cluster);
    }

    @Override
    public void learn(Instant since) {
        learning.learn(since);
    }

    @Override
    public void learnt() {
        learning.learnt();
    }

    @Override
    public void used(LeaseId id, Amounts used) {
        store.used(id, used);
    }

    @Override
    public void repairing(LeaseId id, LeaseRepair repair, Instant at) {
        events.publishEvent(new LeaseRepairBegun(id, repair, at));
    }

    @Override
    public void repaired(LeaseId id, LeaseRepair repair, Instant at) {
        events.publishEvent(new LeaseRepaired(id, repair, at));
    }

    private static TransferId transfer() {
        return new TransferId(UuidCreator.getTimeOrderedEpoch());
    }
}
