package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.MEMORY;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.sandbox.cluster.FaultPlan;
import io.yuntai.sandbox.cluster.Fence;
import io.yuntai.sandbox.cluster.Lags;
import io.yuntai.sandbox.cluster.SimulatedCluster;
import io.yuntai.sandbox.storm.Breach.Rule;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A pool of {@value #CAPACITY} in each of two resources, a region without a ceiling, three units of
 * which two have one and two are promised something, six systems, each with a namespace on one of
 * two clusters; and what must hold of them at all times.
 */
final class World {

    static final long CAPACITY = 100;

    /** Of {@link Parts#OURS}. */
    private static final long LEAST_RESERVE = 3;

    static final List<Resource> RESOURCES = List.of(CPU, MEMORY);
    private static final List<Limit> UNITS =
            List.of(
                    new Limit(20, OptionalLong.empty()),
                    new Limit(15, OptionalLong.of(60)),
                    new Limit(0, OptionalLong.of(60)));
    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final Lags LAGS =
            new Lags(Duration.ofSeconds(2), Duration.ofSeconds(40), Duration.ofSeconds(5));

    private final MemoryTree tree;
    private final MemoryLeaseBook book;
    private final Map<String, SimulatedCluster> clusters = new HashMap<>();
    private final List<LeaseId> leases = new ArrayList<>();

    /**
     * Those of clusters of which somebody has said that they are dead, until all is charged again.
     */
    private final Set<LeaseId> believedDead = new HashSet<>();

    /**
     * @param newcomers whether every second system has no namespace before its first order
     */
    World(Clock clock, FaultPlan faults, MemoryTree.Judge judge, Fence fence, boolean newcomers) {
        tree = new MemoryTree(judge);
        book = new MemoryLeaseBook(tree);
        for (var name : List.of("east", "west")) {
            clusters.put(
                    name, new SimulatedCluster(new ClusterName(name), clock, LAGS, faults, fence));
        }
        var pool = node(1);
        var region = node(2);
        for (var resource : RESOURCES) {
            tree.add(pool, Optional.empty(), resource, OptionalLong.of(CAPACITY));
            tree.add(region, Optional.of(pool), resource, OptionalLong.empty());
        }
        for (int number = 0; number < UNITS.size(); number++) {
            unit(number, region, newcomers);
        }
    }

    private void unit(int number, NodeId region, boolean newcomers) {
        var unit = node(10 + number);
        for (var resource : RESOURCES) {
            tree.add(unit, Optional.of(region), resource, UNITS.get(number));
        }
        for (int system = 0; system < 2; system++) {
            int code = 100 + number * 10 + system;
            tree.add(node(code), Optional.of(unit), CPU, OptionalLong.empty());
            var lease = new LeaseId(system == 0 ? "east" : "west", "s" + code);
            var of = new SystemId(new UUID(2, code));
            book.register(lease, node(code), of, new UnitId(new UUID(3, number)), POOL);
            leases.add(lease);
            if (system == 0 || !newcomers) {
                var _ = book.takeIn(lease, of, POOL);
            }
        }
    }

    /** Gives a unit that has a ceiling another one; what became of it, for people. */
    String limit(RandomGenerator random) {
        int number = 1 + random.nextInt(UNITS.size() - 1);
        var resource = RESOURCES.get(random.nextInt(RESOURCES.size()));
        long ceiling = random.nextLong(40, 81);
        return "unit %d, %s to %d: %s"
                .formatted(
                        number,
                        resource,
                        ceiling,
                        tree.limit(node(10 + number), resource, ceiling)
                                .getClass()
                                .getSimpleName());
    }

    MemoryLeaseBook book() {
        return book;
    }

    List<LeaseId> leases() {
        return List.copyOf(leases);
    }

    List<SimulatedCluster> clusters() {
        return List.copyOf(clusters.values());
    }

    SimulatedCluster cluster(LeaseId lease) {
        return Optional.ofNullable(clusters.get(lease.cluster())).orElseThrow();
    }

    /**
     * Somebody says that a cluster is dead. If he errs, what it runs is charged to nobody: that is
     * his statement, and no fault of the ledger.
     */
    void believeDead(String cluster) {
        leases.stream().filter(id -> id.cluster().equals(cluster)).forEach(believedDead::add);
    }

    /** Whether it is back, covered and fenced off from writes of before: all holds of it again. */
    private static boolean isBack(Lease lease, Optional<ObservedLease> truth, Amounts exposure) {
        return lease.state() == ClusterState.ACTIVE
                && exposure.fitsWithin(lease.account().charged())
                && truth.map(seen -> seen.epoch().equals(lease.epoch())).orElse(true);
    }

    /** A rule that does not hold, and how. */
    record Broken(Rule rule, String what) {}

    private static Optional<Broken> broken(Rule rule, String what) {
        return Optional.of(new Broken(rule, what));
    }

    /** What must never be; empty while all holds. */
    Optional<Broken> broken() {
        var covers = new HashMap<NodeId, Amounts>();
        var enforced = Amounts.NONE;
        var exposures = Amounts.NONE;
        for (var id : leases) {
            var namespace = new NamespaceName(id.namespace());
            var cluster = cluster(id);
            var truth = cluster.truth(namespace);
            var exposure = cluster.taken(namespace).max(admits(truth));
            var lease = book.find(id);
            var charged = lease.map(it -> it.account().charged()).orElse(Amounts.NONE);
            if (lease.filter(it -> isBack(it, truth, exposure)).isPresent()) {
                believedDead.remove(id);
            }
            if (!believedDead.contains(id)) {
                exposures = exposures.plus(exposure);
                enforced = enforced.plus(truth.map(ObservedLease::statusHard).orElse(Amounts.NONE));
                if (!exposure.fitsWithin(charged) && book.learning().isEmpty()) {
                    return broken(
                            Rule.COVER,
                            "%s can take %s and is charged %s".formatted(id, exposure, charged));
                }
            }
            var cover = charged.plus(book.lockedOn(id));
            var leaf = book.leaf(id);
            for (var resource : RESOURCES) {
                long held = tree.account(leaf, resource).held();
                if (held != cover.get(resource)) {
                    return broken(
                            Rule.LEAF,
                            "%s is charged and has locked %s, and the tree holds %d of %s"
                                    .formatted(id, cover, held, resource));
                }
            }
            covers.put(leaf, cover);
        }
        for (var resource : RESOURCES) {
            if (enforced.get(resource) > CAPACITY) {
                return broken(
                        Rule.POOL, "limits of %s in a pool of %d".formatted(enforced, CAPACITY));
            }
            // What nobody has charged yet, after a restore, is still within the pool.
            if (exposures.get(resource) > CAPACITY) {
                return broken(
                        Rule.POOL,
                        "leases that can take %s of a pool of %d".formatted(exposures, CAPACITY));
            }
            var over = overCeiling(covers, resource);
            if (over.isPresent()) {
                return over;
            }
        }
        return Optional.empty();
    }

    /** What each node costs adds up to no more than its parent may have, promises included. */
    private Optional<Broken> overCeiling(Map<NodeId, Amounts> covers, Resource resource) {
        var below = new HashMap<NodeId, Long>();
        covers.forEach((leaf, cover) -> below.put(leaf, cover.get(resource)));
        // Each node was added after its parent.
        for (var node : tree.nodes().reversed()) {
            long sum = below.getOrDefault(node, 0L);
            var ceiling = tree.ceiling(node, resource);
            long owed = tree.account(node, resource).debt();
            if (ceiling.isPresent() && sum > ceiling.getAsLong() + owed) {
                return broken(
                        Rule.CEILING,
                        "covers and promises of %d %s under a ceiling of %d"
                                .formatted(sum, resource, ceiling.getAsLong()));
            }
            var path = tree.path(node);
            if (path.size() > 1) {
                below.merge(
                        path.get(1),
                        Math.max(sum, tree.account(node, resource).guaranteed()),
                        Long::sum);
            }
        }
        return tree.balances(resource)
                ? Optional.empty()
                : broken(
                        Rule.BALANCE,
                        "debits and credits differ, or the balances from their entries");
    }

    /** What is not as it should be once everything is quiet; empty when all is. */
    Optional<String> unsettled() {
        for (var lease : book.all()) {
            var account = lease.account();
            var namespace = new NamespaceName(lease.namespace());
            var truth = cluster(lease.id()).truth(namespace);
            if (account.epoch().value() == 0) {
                continue;
            }
            var taken = cluster(lease.id()).taken(namespace);
            if (lease.spare() && truth.isEmpty() && account.charged().fitsWithin(taken)) {
                continue;
            }
            if (!account.settled()
                    || truth.isEmpty()
                    || !truth.get().statusHard().equals(account.granted())) {
                return Optional.of(lease + " is not enforced: " + truth);
            }
            if (!account.charged().fitsWithin(account.granted().max(taken))) {
                return Optional.of(lease + " strands quota; it takes " + taken);
            }
            // What was charged and never made may count as used for ever.
            if (holdsIdle(account, taken.max(truth.get().statusUsed()))) {
                return Optional.of(lease + " never gives back what lies idle; it takes " + taken);
            }
        }
        for (var cluster : clusters.values()) {
            if (cluster.hasStrayQuota()) {
                return Optional.of("a second quota is left on " + cluster.name());
            }
        }
        return book.locked().isEmpty()
                ? Optional.empty()
                : Optional.of("locked by nobody: " + book.locked());
    }

    /**
     * What is let in, now or once it is enforced. What only counts as used, for its pod was deleted
     * or never made, takes nothing and lets nothing in.
     */
    private static Amounts admits(Optional<ObservedLease> truth) {
        return truth.map(seen -> seen.specHard().max(seen.statusHard())).orElse(Amounts.NONE);
    }

    /** More than two reserves, beyond what was granted for good. */
    private static boolean holdsIdle(LeaseAccount account, Amounts taken) {
        for (var resource : RESOURCES) {
            long least = resource.equals(CPU) ? LEAST_RESERVE : 1;
            long used = taken.get(resource);
            long enough = used + 2 * Math.max(least, used / 10);
            if (account.granted().get(resource) > Math.max(account.floor().get(resource), enough)) {
                return true;
            }
        }
        return false;
    }

    /** How much an order for a lease finds at this moment, in each resource. */
    Amounts room(LeaseId lease) {
        var room = book.room(lease, RESOURCES);
        var free = Amounts.NONE;
        for (var resource : RESOURCES) {
            // Every level up to the pool is asked, and the pool has a ceiling.
            var tightest = Objects.requireNonNull(room.levels().get(resource));
            free = free.with(resource, Math.max(0, tightest.free()));
        }
        return free;
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }
}
