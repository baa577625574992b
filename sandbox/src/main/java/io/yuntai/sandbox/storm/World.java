package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.ObservedLease;
import io.yuntai.sandbox.cluster.FaultPlan;
import io.yuntai.sandbox.cluster.Fence;
import io.yuntai.sandbox.cluster.Lags;
import io.yuntai.sandbox.cluster.SimulatedCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * A pool of {@value #CAPACITY}, a region without a ceiling, three units of which two have one, six
 * systems, each with a namespace on one of two clusters; and what must hold of them at all times.
 */
final class World {

    static final long CAPACITY = 100;
    private static final long UNIT_CEILING = 60;
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

    World(Clock clock, FaultPlan faults, MemoryTree.Judge judge, Fence fence) {
        tree = new MemoryTree(judge);
        book = new MemoryLeaseBook(tree);
        for (var name : List.of("east", "west")) {
            clusters.put(
                    name, new SimulatedCluster(new ClusterName(name), clock, LAGS, faults, fence));
        }
        var pool = node(1);
        var region = node(2);
        tree.add(pool, Optional.empty(), CPU, OptionalLong.of(CAPACITY));
        tree.add(region, Optional.of(pool), CPU, OptionalLong.empty());
        for (int number = 0; number < 3; number++) {
            unit(number, region);
        }
    }

    private void unit(int number, NodeId region) {
        var unit = node(10 + number);
        var bounded = number == 0 ? OptionalLong.empty() : OptionalLong.of(UNIT_CEILING);
        tree.add(unit, Optional.of(region), CPU, bounded);
        for (int system = 0; system < 2; system++) {
            int code = 100 + number * 10 + system;
            tree.add(node(code), Optional.of(unit), CPU, OptionalLong.empty());
            var lease = new LeaseId(system == 0 ? "east" : "west", "s" + code);
            book.place(
                    lease,
                    node(code),
                    new SystemId(new UUID(2, code)),
                    new UnitId(new UUID(3, number)),
                    POOL);
            leases.add(lease);
        }
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
    private boolean isBack(Lease lease, Optional<ObservedLease> truth, long exposure) {
        return lease.state() == ClusterState.ACTIVE
                && exposure <= lease.account().charged().get(CPU)
                && truth.map(seen -> seen.epoch().equals(lease.epoch())).orElse(true);
    }

    /** What must never be; empty while all holds. */
    Optional<String> broken() {
        var exposed = new HashMap<NodeId, Long>();
        long enforced = 0;
        long exposures = 0;
        for (var lease : book.all()) {
            var namespace = new NamespaceName(lease.namespace());
            var cluster = cluster(lease.id());
            var truth = cluster.truth(namespace);
            long exposure =
                    cluster.taken(namespace)
                            .max(truth.map(ObservedLease::exposure).orElse(Amounts.NONE))
                            .get(CPU);
            long charged = lease.account().charged().get(CPU);
            if (believedDead.contains(lease.id()) && isBack(lease, truth, exposure)) {
                believedDead.remove(lease.id());
            }
            boolean counts = !believedDead.contains(lease.id());
            exposures += counts ? exposure : 0;
            if (counts && exposure > charged && book.learning().isEmpty()) {
                return Optional.of(
                        "%s can take %d and is charged %d"
                                .formatted(lease.id(), exposure, charged));
            }
            enforced += !counts ? 0 : truth.map(seen -> seen.statusHard().get(CPU)).orElse(0L);
            long locked = book.lockedOn(lease.id()).get(CPU);
            long held = tree.account(book.leaf(lease.id()), CPU).held();
            if (held != charged + locked) {
                return Optional.of(
                        "%s is charged %d and locked %d, and the tree holds %d"
                                .formatted(lease.id(), charged, locked, held));
            }
            tree.path(book.leaf(lease.id()))
                    .forEach(node -> exposed.merge(node, charged + locked, Long::sum));
        }
        if (enforced > CAPACITY) {
            return Optional.of("limits of %d in a pool of %d".formatted(enforced, CAPACITY));
        }
        // What nobody has charged yet, after a restore, is still within the pool.
        if (exposures > CAPACITY) {
            return Optional.of(
                    "leases that can take %d of a pool of %d".formatted(exposures, CAPACITY));
        }
        return overCeiling(exposed);
    }

    private Optional<String> overCeiling(Map<NodeId, Long> exposed) {
        for (var node : tree.nodes()) {
            var ceiling = tree.ceiling(node, CPU);
            long covers = exposed.getOrDefault(node, 0L);
            if (ceiling.isPresent() && covers > ceiling.getAsLong()) {
                return Optional.of(
                        "covers of %d under a ceiling of %d"
                                .formatted(covers, ceiling.getAsLong()));
            }
        }
        return tree.balances(CPU)
                ? Optional.empty()
                : Optional.of("debits and credits differ, or the balances from their entries");
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
            long taken = cluster(lease.id()).taken(namespace).get(CPU);
            long granted = account.granted().get(CPU);
            if (!account.settled()
                    || truth.isEmpty()
                    || !truth.get().statusHard().equals(account.granted())) {
                return Optional.of(lease + " is not enforced: " + truth);
            }
            if (account.charged().get(CPU) > Math.max(granted, taken)) {
                return Optional.of(lease + " strands quota; it takes " + taken);
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

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }
}
