package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final NodeId POOL = new NodeId(new UUID(0, 1));
    private static final NodeId REGION = new NodeId(new UUID(0, 2));
    private static final NodeId UNIT = new NodeId(new UUID(0, 3));
    private static final NodeId OTHER = new NodeId(new UUID(0, 4));
    private static final NodeId SYSTEM = new NodeId(new UUID(0, 5));
    private static final NodeId OTHER_SYSTEM = new NodeId(new UUID(0, 6));
    private static final Map<NodeId, Optional<NodeId>> PARENTS =
            Map.of(
                    POOL, Optional.empty(),
                    REGION, Optional.of(POOL),
                    UNIT, Optional.of(REGION),
                    OTHER, Optional.of(REGION),
                    SYSTEM, Optional.of(UNIT),
                    OTHER_SYSTEM, Optional.of(OTHER));

    private Standing standing = new Standing(PARENTS, Map.of());

    @Test
    void grantsWithinAPromiseWithoutTouchingAnAncestor() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, new Limit(40, OptionalLong.of(60)));

        var granted = granted(SYSTEM, 40);

        assertThat(granted.balances())
                .extracting(Decision.Balance::node)
                .containsExactly(SYSTEM, UNIT);
    }

    @Test
    void climbsOnlyWithWhatIsBorrowed() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, new Limit(40, OptionalLong.of(60)));

        var granted = granted(SYSTEM, 50);

        assertThat(held(granted, REGION)).isEqualTo(50);
        assertThat(held(granted, POOL)).isEqualTo(50);
        assertThat(granted.entries())
                .contains(
                        new Entry(SYSTEM, Resource.CPU, Entry.Side.HELD, 50),
                        new Entry(UNIT, Resource.CPU, Entry.Side.FREE, -40),
                        new Entry(POOL, Resource.CPU, Entry.Side.FREE, -10));
    }

    @Test
    void deniesAtTheCeilingAndNamesIt() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, Limit.fixed(60));

        assertThat(ask(SYSTEM, 61))
                .isEqualTo(new Decision.Denied(List.of(new Shortfall(UNIT, Resource.CPU, 61, 60))));
    }

    @Test
    void deniesWhenAnAncestorIsShortPastAnUnboundedOne() {
        limit(POOL, Limit.fixed(100));
        limit(OTHER, Limit.fixed(90));

        assertThat(ask(SYSTEM, 11))
                .isEqualTo(new Decision.Denied(List.of(new Shortfall(POOL, Resource.CPU, 11, 10))));
        granted(SYSTEM, 10);
    }

    @Test
    void namesEveryLevelThatIsShort() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, new Limit(0, OptionalLong.of(60)));

        assertThat(ask(SYSTEM, 101))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied ->
                                assertThat(denied.shortfalls())
                                        .extracting(Shortfall::node)
                                        .containsExactly(UNIT, POOL));
    }

    @Test
    void theLastUnitOfAPoolIsGranted() {
        limit(POOL, Limit.fixed(100));

        granted(SYSTEM, 100);
        assertThat(ask(SYSTEM, 1)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void aPathLeadsFromALeafToItsPool() {
        assertThat(standing.path(SYSTEM)).containsExactly(SYSTEM, UNIT, REGION, POOL);
        assertThat(standing.path(POOL)).containsExactly(POOL);
    }

    @Test
    void lendsNobodysPromise() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, new Limit(70, OptionalLong.of(100)));
        limit(OTHER, new Limit(0, OptionalLong.of(100)));

        assertThat(ask(OTHER_SYSTEM, 31)).isInstanceOf(Decision.Denied.class);
        granted(OTHER_SYSTEM, 30);
        granted(SYSTEM, 70);
        assertThat(ask(SYSTEM, 1)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void promisesNoMoreThanThePoolHas() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, Limit.fixed(60));

        assertThat(standing.limit(OTHER, Map.of(Resource.CPU, Limit.fixed(41))))
                .isInstanceOf(Decision.Denied.class);
        limit(OTHER, Limit.fixed(40));
    }

    @Test
    void lowersACeilingToWhatIsHeldButNotUnderIt() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, Limit.fixed(60));
        granted(SYSTEM, 50);

        assertThat(standing.limit(UNIT, Map.of(Resource.CPU, Limit.fixed(49))))
                .isInstanceOf(Decision.Denied.class);
        limit(UNIT, Limit.fixed(50));
        granted(OTHER_SYSTEM, 50);
    }

    @Test
    void aPoolThatWasGivenNothingOfAResourceHasNone() {
        assertThat(ask(SYSTEM, 1)).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void grantsAllLegsOrNone() {
        limit(POOL, Limit.fixed(10));

        var decision =
                standing.decide(
                        List.of(
                                new Leg(SYSTEM, Amounts.of(Resource.CPU, 6)),
                                new Leg(OTHER_SYSTEM, Amounts.of(Resource.CPU, 5))));

        assertThat(decision).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void addsUpWhatSeveralLegsAskOfOneLevel() {
        limit(POOL, Limit.fixed(10));

        var decision =
                standing.decide(
                        List.of(
                                new Leg(SYSTEM, Amounts.of(Resource.CPU, 6)),
                                new Leg(OTHER_SYSTEM, Amounts.of(Resource.CPU, 5)),
                                new Leg(OTHER_SYSTEM, Amounts.of(Resource.CPU, 7))));

        assertThat(decision)
                .isEqualTo(new Decision.Denied(List.of(new Shortfall(POOL, Resource.CPU, 18, 10))));
    }

    @Test
    void whatAPoolHasBeyondItsPromiseComesFromOutside() {
        limit(POOL, new Limit(10, OptionalLong.of(20)));

        var granted = granted(SYSTEM, 15);

        assertThat(granted.entries())
                .containsExactlyInAnyOrder(
                        new Entry(SYSTEM, Resource.CPU, Entry.Side.HELD, 15),
                        new Entry(POOL, Resource.CPU, Entry.Side.FREE, -10),
                        new Entry(POOL, Resource.CPU, Entry.Side.OUTSIDE, -5));
    }

    @Test
    void saysHowManyOfLikeThingsFit() {
        limit(POOL, Limit.fixed(70));
        var memory = standing.limit(POOL, Map.of(Resource.MEMORY, Limit.fixed(1000)));
        standing = standing.after((Decision.Granted) memory);

        var twentyHosts =
                List.of(
                        new Leg(
                                SYSTEM,
                                Amounts.of(
                                        Map.of(
                                                Resource.CPU, 80L,
                                                Resource.MEMORY, 160L))),
                        new Leg(OTHER_SYSTEM, Amounts.of(Resource.MEMORY, 20)));

        assertThat(standing.fit(twentyHosts))
                .isEqualTo(
                        new Fit(
                                Amounts.of(Map.of(Resource.CPU, 70L, Resource.MEMORY, 180L)),
                                17,
                                20));
    }

    @Test
    void saysTheLargestSingleAmountThatFits() {
        limit(POOL, Limit.fixed(100));
        limit(UNIT, Limit.fixed(60));

        assertThat(standing.fit(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 61)))))
                .isEqualTo(new Fit(Amounts.of(Resource.CPU, 60), 60, 61));
        granted(SYSTEM, 60);
        assertThat(standing.fit(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, 7)))))
                .isEqualTo(new Fit(Amounts.NONE, 0, 7));
        assertThatThrownBy(
                        () -> standing.fit(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, -1)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatFitsIsGrantedAndOneMoreIsNot() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            standing = new Standing(PARENTS, Map.of());
            limit(POOL, Limit.fixed(100));
            limit(UNIT, new Limit(random.nextInt(40), OptionalLong.of(40L + random.nextInt(70))));
            long amount = 1L + random.nextInt(300);
            long fits =
                    standing.fit(List.of(new Leg(SYSTEM, Amounts.of(Resource.CPU, amount))))
                            .each()
                            .get(Resource.CPU);
            assertThat(ask(SYSTEM, fits)).as("seed %d", seed).isInstanceOf(Decision.Granted.class);
            if (fits < amount) {
                assertThat(ask(SYSTEM, fits + 1))
                        .as("seed %d", seed)
                        .isInstanceOf(Decision.Denied.class);
            }
        }
    }

    @Test
    void decidesAlikeAtAnyDepthWithUnboundedLevelsBetween() {
        for (int levels = 2; levels <= 8; levels++) {
            var parents = new HashMap<NodeId, Optional<NodeId>>();
            for (int level = 0; level < levels; level++) {
                parents.put(
                        new NodeId(new UUID(1, level)),
                        level == 0
                                ? Optional.empty()
                                : Optional.of(new NodeId(new UUID(1, level - 1))));
            }
            var leaf = new NodeId(new UUID(1, levels - 1));
            var tally = new Tally(parents, Map.of());
            var _ = tally.limit(new NodeId(new UUID(1, 0)), Map.of(Resource.CPU, Limit.fixed(10)));
            assertThat(tally.decide(List.of(new Leg(leaf, Amounts.of(Resource.CPU, 10)))))
                    .isInstanceOf(Decision.Granted.class);
            assertThat(tally.decide(List.of(new Leg(leaf, Amounts.of(Resource.CPU, 1)))))
                    .isInstanceOf(Decision.Denied.class);
        }
    }

    /** Against the definition, computed from scratch: commit = max(guaranteed, sum of children). */
    @Test
    void keepsTheInvariantsUnderRandomGrantsAndReturns() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            standing = new Standing(PARENTS, Map.of());
            limit(POOL, Limit.fixed(100));
            limit(UNIT, new Limit(random.nextInt(40), OptionalLong.of(40 + random.nextInt(70))));
            limit(OTHER, new Limit(random.nextInt(40), OptionalLong.of(40 + random.nextInt(70))));
            var held = new HashMap<NodeId, Long>(Map.of(SYSTEM, 0L, OTHER_SYSTEM, 0L));
            for (int step = 0; step < 40; step++) {
                var leaf = random.nextBoolean() ? SYSTEM : OTHER_SYSTEM;
                long amount = random.nextInt(3) == 0 ? -held.get(leaf) : 1 + random.nextInt(30);
                if (amount == 0) {
                    continue;
                }
                switch (ask(leaf, amount)) {
                    case Decision.Granted granted -> {
                        standing = standing.after(granted);
                        held.merge(leaf, amount, Long::sum);
                        assertThat(granted.entries().stream().mapToLong(Entry::amount).sum())
                                .as("debits equal credits, seed %d", seed)
                                .isZero();
                    }
                    case Decision.Denied denied ->
                            assertThat(denied.shortfalls())
                                    .as("seed %d", seed)
                                    .allSatisfy(s -> assertThat(s.asked()).isGreaterThan(s.free()));
                }
                assertThat(held.get(SYSTEM) + held.get(OTHER_SYSTEM))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(100);
            }
        }
    }

    private Decision ask(NodeId leaf, long amount) {
        return standing.decide(List.of(new Leg(leaf, Amounts.of(Resource.CPU, amount))));
    }

    private Decision.Granted granted(NodeId leaf, long amount) {
        return apply(ask(leaf, amount));
    }

    private void limit(NodeId node, Limit limit) {
        var _ = apply(standing.limit(node, Map.of(Resource.CPU, limit)));
    }

    private Decision.Granted apply(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        var granted = (Decision.Granted) decision;
        standing = standing.after(granted);
        return granted;
    }

    private static long held(Decision.Granted granted, NodeId node) {
        return granted.balances().stream()
                .filter(balance -> balance.node().equals(node))
                .mapToLong(balance -> balance.account().held())
                .sum();
    }
}
