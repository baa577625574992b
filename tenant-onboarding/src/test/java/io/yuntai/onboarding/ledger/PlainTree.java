package io.yuntai.onboarding.ledger;

import static io.yuntai.onboarding.ledger.LedgerFixture.NOW;
import static io.yuntai.onboarding.ledger.LedgerFixture.POOL;
import static io.yuntai.onboarding.ledger.LedgerFixture.cpu;
import static io.yuntai.onboarding.ledger.LedgerFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A model of what the ledger remembers: after each step the whole tree and what each leaf holds,
 * written down as it is.
 */
final class PlainTree {

    private record Moment(long second, Map<NodeId, NodeId> parents, Map<NodeId, Long> held) {

        long below(NodeId node) {
            long sum = held.getOrDefault(node, 0L);
            for (var child : parents.entrySet()) {
                sum += child.getValue().equals(node) ? below(child.getKey()) : 0;
            }
            return sum;
        }
    }

    private final LedgerFixture fixture;
    private final Random random;
    private final String seed;
    private final List<NodeId> regions = new ArrayList<>();
    private final List<NodeId> units = new ArrayList<>();
    private final List<NodeId> leaves = new ArrayList<>();
    private final Map<NodeId, NodeId> parents = new HashMap<>();
    private final Map<NodeId, Long> held = new HashMap<>();
    private final List<Moment> past = new ArrayList<>();

    private final long begin;

    PlainTree(LedgerFixture fixture, long seed) {
        this.fixture = fixture;
        this.begin = seed * 1000; // after those before it: time runs one way
        this.random = new Random(seed);
        this.seed = "seed " + seed;
        for (String region : List.of("440700", "440800")) {
            regions.add(fixture.within(() -> fixture.tree.ensureRegion(POOL, region)));
        }
        for (int i = 0; i < 3; i++) {
            var unit = fixture.unit(10 + random.nextInt(20));
            var node = fixture.unitNode(unit);
            units.add(node);
            parents.put(node, regions.getFirst());
            for (int j = 0; j < 2; j++) {
                var leaf = fixture.leafOf(unit);
                leaves.add(leaf);
                parents.put(leaf, node);
                held.put(leaf, 0L);
            }
        }
    }

    PlainTree play(int steps) {
        for (long second = begin + 1; second <= begin + steps; second++) {
            switch (random.nextInt(3)) {
                case 0 -> move(any(leaves), any(units), second);
                case 1 -> {
                    var unit = any(units);
                    var to = random.nextBoolean() ? any(regions) : any(units);
                    if (!isAbove(unit, to)) {
                        move(unit, to, second);
                    }
                }
                default -> order(any(leaves), second);
            }
            past.add(new Moment(second, Map.copyOf(parents), Map.copyOf(held)));
        }
        return this;
    }

    private boolean isAbove(NodeId node, NodeId below) {
        for (NodeId at = below; at != null; at = parents.get(at)) {
            if (at.equals(node)) {
                return true;
            }
        }
        return false;
    }

    private void move(NodeId node, NodeId to, long second) {
        var moved =
                fixture.within(() ->
                        fixture.moves.carryOut(
                                id(),
                                node + " to " + to,
                                List.of(new Reshape.Leave(node), new Reshape.Join(node, to)),
                                List.of(),
                                NOW.plusSeconds(second)));
        if (moved.decision() instanceof Decision.Granted) {
            parents.put(node, to);
        }
    }

    private void order(NodeId leaf, long second) {
        long has = held.get(leaf);
        long amount = random.nextBoolean() ? 1 + random.nextInt(8) : -random.nextLong(has + 1);
        if (amount != 0
                && fixture.within(() ->
                        fixture.ledger.transfer(
                                id(), new Leg(leaf, cpu(amount)), NOW.plusSeconds(second)))
                        instanceof Decision.Granted) {
            held.put(leaf, has + amount);
        }
    }

    /** Asks for each moment and node, and goes through the changes of each node. */
    void compare(QuotaHistory history) {
        var nodes = new ArrayList<>(units);
        nodes.addAll(leaves);
        for (var moment : past) {
            for (var node : nodes) {
                var at = NOW.plusSeconds(moment.second());
                long told = history.held(node, at).get(Resource.CPU);
                assertThat(told).as("%s: %s at %s", seed, node, at).isEqualTo(moment.below(node));
            }
        }
        for (var node : nodes) {
            long sum = 0;
            for (var change : changes(history, node)) {
                sum += change.amount();
            }
            assertThat(sum)
                    .as("%s: all changes of %s", seed, node)
                    .isEqualTo(past.getLast().below(node));
        }
    }

    /** Asks how the pool stood at each moment: it adds up, and what is held is what is held. */
    void compare(PoolAccounts pools) {
        for (var moment : past) {
            var at = NOW.plusSeconds(moment.second());
            long below = 0;
            for (var region : regions) {
                below += moment.below(region);
            }
            var standing = pools.at(at).getFirst();
            assertThat(standing.units()).as("%s: units at %s", seed, at).isEqualTo(below);
            assertThat(
                            standing.units()
                                    + standing.platform()
                                    + standing.locked()
                                    + standing.promised()
                                    + standing.unassigned())
                    .as("%s: the pool at %s", seed, at)
                    .isEqualTo(standing.capacity());
        }
    }

    private static List<QuotaHistory.Movement> changes(QuotaHistory history, NodeId node) {
        var all = new ArrayList<QuotaHistory.Movement>();
        var page = history.of(node, new PageQuery(50, Optional.empty(), Optional.empty(), ""));
        all.addAll(page.items());
        while (page.next().isPresent()) {
            var cursor = io.yuntai.onboarding.Cursor.of(page.next().get());
            page = history.of(node, new PageQuery(50, Optional.of(cursor), Optional.empty(), ""));
            all.addAll(page.items());
        }
        return all;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
