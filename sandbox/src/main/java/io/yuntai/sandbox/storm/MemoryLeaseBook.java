package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.ledger.LeaseRepairBegun;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.LeaseChange;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Room;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger's side of leases in memory, held to the contract of the one in PostgreSQL. What an
 * account becomes and whether it fits are the production code's decisions; only the storage
 * differs.
 */
public final class MemoryLeaseBook implements LeaseBook {

    private record Pending(LeaseId lease, Amounts amounts, Amounts forGood) {}

    private final MemoryTree tree;
    private final Map<LeaseId, Lease> leases = new LinkedHashMap<>();
    private final Map<LeaseId, Tenure> tenures = new HashMap<>();
    private final Map<LeaseId, Lease> known = new LinkedHashMap<>();
    private final Map<LeaseId, NodeId> leaves = new HashMap<>();
    private final Map<String, List<String>> unclaimed = new HashMap<>();
    private final Map<LeaseId, Amounts> used = new HashMap<>();
    private final Map<TransferId, Pending> pending = new LinkedHashMap<>();
    private final Map<TransferId, Boolean> answers = new HashMap<>();
    private final Map<String, ClusterState> states = new HashMap<>();
    private final Map<String, Instant> stateSince = new HashMap<>();
    private final List<LeaseRepairBegun> begun = new ArrayList<>();
    private Optional<Instant> learning = Optional.empty();

    public MemoryLeaseBook(MemoryTree tree) {
        this.tree = tree;
    }

    /** Makes a lease of nothing, which a leaf of the tree pays for. */
    public void place(LeaseId id, NodeId leaf, SystemId system, UnitId unit, PoolId pool) {
        register(id, leaf, system, unit, pool);
        place(id);
    }

    /** Registers a system: where its namespace will be, and which leaf of the tree pays for it. */
    void register(LeaseId id, NodeId leaf, SystemId system, UnitId unit, PoolId pool) {
        known.put(
                id, new Lease(id, system, unit, pool, LeaseAccount.EMPTY, 1, ClusterState.ACTIVE));
        leaves.put(id, leaf);
    }

    private void place(LeaseId id) {
        leases.computeIfAbsent(id, _ -> Optional.ofNullable(known.get(id)).orElseThrow());
    }

    @Override
    public boolean takeIn(LeaseId id, SystemId system, PoolId pool) {
        var lease = known.get(id);
        if (lease == null || !lease.system().equals(system) || !lease.pool().equals(pool)) {
            return false;
        }
        place(id);
        return find(id).isPresent();
    }

    @Override
    public List<LeaseId> reopen(String cluster, Collection<String> namespaces, Instant at) {
        var closed =
                namespaces.stream()
                        .map(namespace -> new LeaseId(cluster, namespace))
                        .filter(id -> tenure(id) == Tenure.CLOSED)
                        .toList();
        closed.forEach(id -> hold(id, Tenure.FOUND));
        return closed;
    }

    private Tenure tenure(LeaseId id) {
        return tenures.getOrDefault(id, Tenure.HELD);
    }

    private void hold(LeaseId id, Tenure tenure) {
        tenures.put(id, tenure);
        var lease = row(id);
        var _ = write(lease, lease.account());
    }

    /** Hands back the whole namespace: {@link #close} follows when nothing is charged for it. */
    void handBackAll(Lease read) {
        var account = read.account();
        var all = account.entitled().max(account.granted());
        if (row(read.id()).version() == read.version() && read.tenure() != Tenure.CLOSING) {
            var _ = write(read, account.after(new LeaseChange.Release(all, account.floor())));
            hold(read.id(), Tenure.CLOSING);
        }
    }

    /** Its cluster has it no more; one that has changed since it was read stays as it is. */
    void close(Lease read) {
        if (row(read.id()).version() == read.version() && read.closable()) {
            var account = read.account();
            var anew =
                    new LeaseAccount(
                            account.floor(),
                            account.entitled(),
                            account.granted(),
                            account.charged(),
                            account.epoch(),
                            Epoch.ZERO,
                            Optional.empty(),
                            account.idleSince());
            tenures.put(read.id(), Tenure.CLOSED);
            var _ = write(read, anew);
        }
    }

    @Override
    public void unclaimed(String cluster, List<String> namespaces) {
        unclaimed.put(cluster, List.copyOf(namespaces));
    }

    @Override
    public List<String> unclaimed(String cluster) {
        return unclaimed.getOrDefault(cluster, List.of());
    }

    @Override
    public boolean isFenced(String cluster) {
        return state(cluster) == ClusterState.FENCED;
    }

    /**
     * Locks an order's amounts; the same id gives the first answer again.
     *
     * @param forGood the part of them that will never be returned by itself
     */
    public boolean reserve(TransferId id, LeaseId lease, Amounts amounts, Amounts forGood) {
        var before = answers.get(id);
        if (before != null) {
            return before;
        }
        boolean granted = tree.transfer(new Leg(leaf(lease), amounts)) instanceof Decision.Granted;
        answers.put(id, granted);
        if (granted) {
            pending.put(id, new Pending(lease, amounts, forGood));
        }
        return granted;
    }

    /** Grants what an order has locked; false: it has ended already, or its cluster is fenced. */
    public boolean post(TransferId id) {
        var order = pending.get(id);
        if (order == null || !takesOrders(order.lease())) {
            return false;
        }
        pending.remove(id);
        place(order.lease());
        tenures.put(order.lease(), Tenure.HELD);
        var lease = row(order.lease());
        var _ = write(lease, lease.account().after(grant(order)));
        return true;
    }

    /** Whether anything may be placed where a lease is. */
    boolean takesOrders(LeaseId lease) {
        return state(lease.cluster()) == ClusterState.ACTIVE && tenure(lease) != Tenure.CLOSING;
    }

    private static LeaseChange.Grant grant(Pending order) {
        return new LeaseChange.Grant(order.amounts(), order.forGood());
    }

    /** Gives back what an order has locked; false: it has ended already. */
    public boolean voidPending(TransferId id) {
        var order = pending.remove(id);
        if (order == null) {
            return false;
        }
        var back = new Leg(leaf(order.lease()), order.amounts().negated());
        if (!(tree.transfer(back) instanceof Decision.Granted)) {
            throw new IllegalStateException("giving back cannot be denied: " + order);
        }
        return true;
    }

    @Override
    public Optional<Lease> find(LeaseId id) {
        return Optional.ofNullable(leases.get(id)).filter(this::isLiving).map(this::withState);
    }

    private boolean isLiving(Lease lease) {
        return tenure(lease.id()) != Tenure.CLOSED;
    }

    /** Also of a namespace that was closed. */
    private Lease row(LeaseId id) {
        return withState(Optional.ofNullable(leases.get(id)).orElseThrow());
    }

    private Lease withState(Lease lease) {
        return new Lease(
                lease.id(),
                lease.system(),
                lease.unit(),
                lease.pool(),
                lease.account(),
                lease.version(),
                state(lease.cluster()),
                tenure(lease.id()));
    }

    /** What was last said of a cluster. */
    ClusterState state(String cluster) {
        return states.getOrDefault(cluster, ClusterState.ACTIVE);
    }

    /** Somebody says so of a cluster. */
    void state(String cluster, ClusterState state, Instant at) {
        states.put(cluster, state);
        stateSince.put(cluster, at);
    }

    @Override
    public Optional<Instant> readmitting(String cluster) {
        return state(cluster) == ClusterState.READMITTING
                ? Optional.ofNullable(stateSince.get(cluster))
                : Optional.empty();
    }

    @Override
    public void readmitted(String cluster, Instant at) {
        if (state(cluster) == ClusterState.READMITTING) {
            state(cluster, ClusterState.ACTIVE, at);
        }
    }

    @Override
    public List<LeaseId> ofCluster(String cluster) {
        return all().stream().map(Lease::id).filter(id -> id.cluster().equals(cluster)).toList();
    }

    @Override
    public Outcome change(Lease lease, LeaseChange change, Instant at) {
        var current = row(lease.id());
        if (current.version() != lease.version() || !current.state().lets(change)) {
            return new Outcome.Outdated();
        }
        return write(current, change);
    }

    /** Writes a lease as it was read, changed, whatever has become of it since. */
    Outcome write(Lease read, LeaseChange change) {
        var before = read.account();
        var after = before.after(change);
        var cost = after.charged().minus(before.charged());
        var leg = new Leg(leaf(read.id()), cost);
        if (change instanceof LeaseChange.Owe && !cost.isZero()) {
            tree.incur(leg);
            return new Outcome.Changed(write(read, after));
        }
        if (cost.isZero() || tree.transfer(leg) instanceof Decision.Granted) {
            return new Outcome.Changed(write(read, after));
        }
        if (!(tree.transfer(leg) instanceof Decision.Denied(var shortfalls))) {
            throw new IllegalStateException("denied, and then not: " + cost);
        }
        var partly = change.within(before.charged().plus(Shortfall.within(cost, shortfalls)));
        if (partly.isPresent()) {
            var account = before.after(partly.get());
            var part = account.charged().minus(before.charged());
            if (!part.isZero()
                    && tree.transfer(new Leg(leaf(read.id()), part)) instanceof Decision.Denied) {
                throw new IllegalStateException("denied what fits: " + part);
            }
            var _ = write(read, account);
        }
        return new Outcome.Denied(shortfalls);
    }

    private Lease write(Lease lease, LeaseAccount account) {
        var changed =
                new Lease(
                        lease.id(),
                        lease.system(),
                        lease.unit(),
                        lease.pool(),
                        account,
                        lease.version() + 1,
                        ClusterState.ACTIVE);
        leases.put(lease.id(), changed);
        return changed;
    }

    @Override
    public void used(LeaseId id, Amounts seen) {
        used.put(id, seen);
    }

    @Override
    public void repairing(LeaseId id, LeaseRepair repair, Instant at) {
        // Of anything else whoever dies leaves nothing behind that somebody would miss.
        if (repair.kind() == LeaseRepair.Kind.SECOND_QUOTA
                && begun.stream().noneMatch(one -> isOf(id, repair, one))) {
            begun.add(new LeaseRepairBegun(id, repair, at));
        }
    }

    @Override
    public void repaired(LeaseId id, LeaseRepair repair, Instant at) {
        begun.removeIf(one -> isOf(id, repair, one));
    }

    private static boolean isOf(LeaseId id, LeaseRepair repair, LeaseRepairBegun begun) {
        return begun.lease().equals(id) && begun.repair().equals(repair);
    }

    /** The second quotas that somebody has begun to remove from a cluster, and not recorded yet. */
    List<LeaseRepairBegun> begun(String cluster) {
        return begun.stream().filter(one -> one.lease().cluster().equals(cluster)).toList();
    }

    @Override
    public Room room(Lease lease, List<Resource> resources) {
        return room(lease.id(), resources);
    }

    /** Also of one that is not placed yet. */
    Room room(LeaseId lease, List<Resource> resources) {
        var levels = new HashMap<Resource, Room.Level>();
        for (var resource : resources) {
            tree.path(leaf(lease)).stream()
                    .map(node -> tree.account(node, resource))
                    .filter(account -> account.ceiling().isPresent())
                    .map(account ->
                            new Room.Level(
                                    account.ceiling().orElseThrow() - account.held(),
                                    account.ceiling().orElseThrow()))
                    .min(Comparator.comparingLong(Room.Level::free))
                    .ifPresent(tightest -> levels.put(resource, tightest));
        }
        return new Room(levels);
    }

    @Override
    public List<Shortfall> shortfalls(Lease lease, LeaseChange change) {
        var account = lease.account();
        var cost = account.after(change).charged().minus(account.charged());
        return !cost.isZero()
                        && tree.decide(new Leg(leaf(lease.id()), cost))
                                instanceof Decision.Denied(var shortfalls)
                ? shortfalls
                : List.of();
    }

    @Override
    public List<LeaseId> idleBelow(NodeId node, Resource resource, Set<String> silent, int most) {
        return leases.values().stream()
                .filter(lease -> !silent.contains(lease.cluster()))
                .filter(lease -> state(lease.cluster()) == ClusterState.ACTIVE)
                .filter(lease -> lease.account().settled())
                .filter(lease -> tree.path(leaf(lease.id())).contains(node))
                .filter(lease -> idle(lease, resource) > 0)
                .sorted(Comparator.comparingLong((Lease lease) -> -idle(lease, resource)))
                .limit(most)
                .map(Lease::id)
                .toList();
    }

    private long idle(Lease lease, Resource resource) {
        long inUse = used.getOrDefault(lease.id(), Amounts.NONE).get(resource);
        return lease.granted().get(resource)
                - Math.max(inUse, lease.account().floor().get(resource));
    }

    @Override
    public Optional<Instant> learning() {
        return learning;
    }

    @Override
    public void learn(Instant since) {
        learning = learning.or(() -> Optional.of(since));
    }

    @Override
    public void learnt() {
        learning = Optional.empty();
        unclaimed.clear();
    }

    /** A copy of all of it, as a backup of a database is. */
    public Runnable backup() {
        var leasesThen = new LinkedHashMap<>(leases);
        var tenuresThen = new HashMap<>(tenures);
        var pendingThen = new LinkedHashMap<>(pending);
        var answersThen = new HashMap<>(answers);
        var treeThen = tree.backup();
        return () -> {
            restore(leases, leasesThen);
            restore(tenures, tenuresThen);
            restore(pending, pendingThen);
            restore(answers, answersThen);
            treeThen.run();
        };
    }

    static <K, V> void restore(Map<K, V> now, Map<K, V> then) {
        now.clear();
        now.putAll(then);
    }

    /** Every lease whose namespace was not closed. */
    public List<Lease> all() {
        return leases.values().stream().filter(this::isLiving).map(this::withState).toList();
    }

    /** The node that pays for a lease. */
    public NodeId leaf(LeaseId lease) {
        return Optional.ofNullable(leaves.get(lease)).orElseThrow();
    }

    /** The orders that are locked and not ended. */
    public List<TransferId> locked() {
        return List.copyOf(pending.keySet());
    }

    /** What orders have locked on one lease. */
    Amounts lockedOn(LeaseId lease) {
        return pending.values().stream()
                .filter(order -> order.lease().equals(lease))
                .map(Pending::amounts)
                .reduce(Amounts.NONE, Amounts::plus);
    }
}
