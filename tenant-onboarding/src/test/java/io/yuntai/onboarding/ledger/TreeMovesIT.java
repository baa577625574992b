package io.yuntai.onboarding.ledger;

import static io.yuntai.onboarding.ledger.LedgerFixture.NOW;
import static io.yuntai.onboarding.ledger.LedgerFixture.POOL;
import static io.yuntai.onboarding.ledger.LedgerFixture.atOnce;
import static io.yuntai.onboarding.ledger.LedgerFixture.cpu;
import static io.yuntai.onboarding.ledger.LedgerFixture.granted;
import static io.yuntai.onboarding.ledger.LedgerFixture.id;
import static io.yuntai.onboarding.ledger.LedgerFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Leg;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Reshape;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A tree that changes its shape while it is used, on a real PostgreSQL. */
class TreeMovesIT {

    private static final PageQuery ALL = new PageQuery(200, Optional.empty(), Optional.empty(), "");

    private final LedgerFixture fixture = new LedgerFixture();
    private final QuotaHistory history = new QuotaHistory(fixture.jdbc);
    private LedgerCommitter committer;
    private UnitId first;
    private UnitId second;
    private NodeId leaf;

    @BeforeEach
    void twoUnitsAndASystem() {
        first = fixture.unit(100);
        second = fixture.unit(50);
        leaf = fixture.leafOf(first);
        committer = fixture.committer();
    }

    @AfterEach
    void everySumIsRight() {
        committer.close();
        assertThat(fixture.audits.findings()).isEmpty();
    }

    @Test
    void aSystemTakesAlongWhatItHoldsAndWhatIsLocked() {
        granted(committer.commit(transfer(leaf, 20, NOW)));
        var pending = reserve(id(), leaf, 10);
        granted(committer.commit(pending));

        granted(move(leaf, node(second), 10).decision());

        assertThat(fixture.account(node(first))).containsExactly(100L, 100L, 0L);
        assertThat(fixture.account(node(second))).containsExactly(50L, 50L, 30L);
        assertThat(entries("MOVE")).containsExactlyInAnyOrder(30L, -30L);
        granted(committer.commit(new LedgerCommand.VoidPending(id(), pending.id(), NOW)));
        assertThat(fixture.account(node(second))).containsExactly(50L, 50L, 20L);
    }

    @Test
    void aRefusalIsStoredAndNothingHasMoved() {
        granted(committer.commit(transfer(leaf, 60, NOW)));
        var id = id();

        var moved = move(id, leaf, node(second), 10);

        var refusal =
                new Decision.Denied(List.of(new Shortfall(node(second), Resource.CPU, 60, 50)));
        assertThat(moved.decision()).isEqualTo(refusal);
        assertThat(fixture.store.answer(id)).isEqualTo(refusal);
        assertThat(fixture.account(node(first))).containsExactly(100L, 100L, 60L);
        assertThat(told(node(second))).isEmpty();
    }

    @Test
    void whatAUnitHeldBeforeAndAfterIsToldByTheTreeAsItWas() {
        granted(committer.commit(transfer(leaf, 20, NOW.plusSeconds(1))));
        granted(move(leaf, node(second), 10).decision());
        granted(committer.commit(transfer(leaf, 5, NOW.plusSeconds(20))));

        assertThat(history.held(node(first), NOW.plusSeconds(9))).isEqualTo(cpu(20));
        assertThat(history.held(node(first), NOW.plusSeconds(10)).isZero()).isTrue();
        assertThat(history.held(node(second), NOW.plusSeconds(9)).isZero()).isTrue();
        assertThat(history.held(node(second), NOW.plusSeconds(10))).isEqualTo(cpu(20));
        assertThat(history.held(node(second), NOW.plusSeconds(20))).isEqualTo(cpu(25));
        assertThat(told(node(first))).containsExactly("MOVE -20 0", "LEASE 20 20");
        assertThat(told(node(second))).containsExactly("LEASE 5 25", "MOVE 20 20");
        assertThat(told(leaf)).containsExactly("LEASE 5 25", "LEASE 20 20");
    }

    @Test
    void whatMovesWithinANodeIsNoChangeOfIt() {
        granted(committer.commit(transfer(leaf, 20, NOW)));
        granted(move(leaf, node(second), 10).decision());
        var region = fixture.within(() -> fixture.tree.ensureRegion(POOL, "440700"));

        assertThat(told(region)).containsExactly("LEASE 20 20");
    }

    @Test
    void afterAMoveNothingIsDatedBeforeItWhateverTheClocksSay() {
        granted(committer.commit(transfer(leaf, 20, NOW)));
        granted(move(leaf, node(second), 10).decision());
        granted(committer.commit(transfer(leaf, 5, NOW.plusSeconds(3))));

        assertThat(history.held(node(first), NOW.plusSeconds(5))).isEqualTo(cpu(20));
        assertThat(history.held(node(second), NOW.plusSeconds(10))).isEqualTo(cpu(25));
    }

    @Test
    void aUnitMovesWithItsPartsAndTheirDepth() {
        granted(committer.commit(transfer(leaf, 20, NOW)));
        var south = fixture.within(() -> fixture.tree.ensureRegion(POOL, "440800"));
        granted(move(node(second), node(first), 10).decision());
        assertThat(depth(node(second))).isEqualTo(3);
        assertThat(fixture.account(node(first))).containsExactly(100L, 100L, 70L);

        granted(move(node(first), south, 20).decision());

        assertThat(depth(node(first))).isEqualTo(2);
        assertThat(depth(node(second))).isEqualTo(3);
        assertThat(fixture.account(south)).containsExactly(0L, -1L, 100L);
        assertThat(history.held(south, NOW.plusSeconds(20))).isEqualTo(cpu(20));
        assertThat(history.held(south, NOW.plusSeconds(19)).isZero()).isTrue();
    }

    @Test
    void nothingComesBelowItself() {
        granted(move(node(second), node(first), 10).decision());

        assertThatThrownBy(() -> move(node(first), node(second), 20))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("TREE_CYCLE");
        assertThatThrownBy(() -> move(node(first), node(first), 20))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("TREE_CYCLE");
    }

    @Test
    void theTreeGrowsNoDeeperThanItMay() {
        var units = new ArrayList<UnitId>();
        units.add(first);
        // A unit stands at depth 2, below its region.
        while (units.size() < TreeMoves.MAX_DEPTH - 2) {
            var next = fixture.unit(1);
            granted(move(node(next), node(units.getLast()), units.size()).decision());
            units.add(next);
        }
        assertThat(depth(node(units.getLast()))).isEqualTo(TreeMoves.MAX_DEPTH - 1);
        var deepest = fixture.leafOf(units.getLast());
        assertThat(depth(deepest)).isEqualTo(TreeMoves.MAX_DEPTH);
        granted(committer.commit(transfer(deepest, 1, NOW.plusSeconds(100))));

        var one = fixture.unit(1);
        var _ = fixture.leafOf(one);
        assertThatThrownBy(() -> move(node(one), node(units.getLast()), 200))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("TREE_TOO_DEEP");
    }

    @Test
    void anIdIsOfOneMove() {
        var id = id();
        granted(move(id, leaf, node(second), 10).decision());
        assertThatThrownBy(() -> move(id, leaf, node(first), 20))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("ID_REUSED");
    }

    @Test
    void theDatabaseKeepsThePast() {
        granted(committer.commit(transfer(leaf, 20, NOW)));
        granted(move(leaf, node(second), 10).decision());
        for (String sql :
                List.of(
                        "delete from quota_past_parent",
                        "update quota_past_parent set until = since",
                        "update quota_moved set held = 1")) {
            assertThatThrownBy(() -> fixture.jdbc.sql(sql).update())
                    .hasMessageContaining("append-only");
        }
    }

    @RepeatedTest(5)
    void aMoveAgainstAGrowNeverOversellsTheNewUnit() throws Exception {
        granted(committer.commit(transfer(leaf, 40, NOW)));
        var outcomes =
                atOnce(
                        2,
                        i ->
                                i == 0
                                        ? move(leaf, node(second), 10).decision()
                                        : committer.commit(transfer(leaf, 20, NOW)));

        // 60 is too much for the second unit: whichever came first stands, the other is denied.
        boolean moved = outcomes.getFirst() instanceof Decision.Granted;
        assertThat(outcomes.getLast() instanceof Decision.Granted).isEqualTo(!moved);
        assertThat(fixture.account(node(moved ? second : first)).getLast())
                .isEqualTo(moved ? 40 : 60);
    }

    @RepeatedTest(5)
    void aMoveAgainstReservationsOnBothSidesKeepsBothWithinTheirPromise() throws Exception {
        var there = fixture.leafOf(second);
        granted(committer.commit(transfer(leaf, 30, NOW)));
        var outcomes =
                atOnce(
                        5,
                        i ->
                                switch (i) {
                                    case 0 -> move(leaf, node(second), 10).decision();
                                    case 1, 2 -> committer.commit(reserve(id(), there, 15));
                                    default -> committer.commit(reserve(id(), leaf, 15));
                                });

        assertThat(outcomes).doesNotContainNull();
        assertThat(fixture.account(node(first)).getLast()).isLessThanOrEqualTo(100);
        assertThat(fixture.account(node(second)).getLast()).isLessThanOrEqualTo(50);
    }

    @RepeatedTest(5)
    void ofTwoMovesOfOneNodeAtOnceTheLastOneHasIt() throws Exception {
        var third = fixture.unit(60);
        granted(committer.commit(transfer(leaf, 30, NOW)));
        var outcomes = atOnce(2, i -> move(leaf, node(i == 0 ? second : third), 10 + i).decision());

        assertThat(outcomes).allMatch(Decision.Granted.class::isInstance);
        assertThat(fixture.account(node(first)).getLast()).isZero();
        assertThat(fixture.account(node(second)).getLast() + fixture.account(node(third)).getLast())
                .isEqualTo(30);
    }

    @Test
    void aRandomMixOfMovesAndOrdersFromManyCallersNeitherHangsNorOversells() throws Exception {
        var units = new ArrayList<>(List.of(first, second, fixture.unit(80), fixture.unit(30)));
        var leaves = new ArrayList<>(List.of(leaf));
        units.forEach(unit -> leaves.add(fixture.leafOf(unit)));
        var south = fixture.within(() -> fixture.tree.ensureRegion(POOL, "440800"));
        var north = fixture.within(() -> fixture.tree.ensureRegion(POOL, "440700"));

        var _ =
                atOnce(
                        8,
                        caller -> {
                            var random = new Random(caller);
                            for (int i = 0; i < 40; i++) {
                                act(random, units, leaves, List.of(south, north));
                            }
                            return caller;
                        });

        units.forEach(unit -> {
            var account = fixture.account(node(unit));
            assertThat(account.getLast()).isLessThanOrEqualTo(account.get(1));
        });
    }

    private void act(Random random, List<UnitId> units, List<NodeId> leaves, List<NodeId> regions) {
        var one = leaves.get(random.nextInt(leaves.size()));
        var unit = node(units.get(random.nextInt(units.size())));
        switch (random.nextInt(5)) {
            case 0 -> {
                var _ = move(one, unit, random.nextInt(100));
            }
            case 1 -> {
                var _ = move(unit, regions.get(random.nextInt(2)), random.nextInt(100));
            }
            case 2 -> {
                var pending = reserve(id(), one, 1 + random.nextInt(20));
                if (committer.commit(pending) instanceof Decision.Granted) {
                    granted(
                            committer.commit(
                                    new LedgerCommand.VoidPending(id(), pending.id(), NOW)));
                }
            }
            case 3 -> {
                var _ = committer.commit(transfer(one, 1 + random.nextInt(20), NOW));
            }
            default -> {
                // In a transaction of its own, as an order does it.
                var _ =
                        fixture.within(() ->
                                fixture.ledger.transfer(
                                        id(), new Leg(one, cpu(1 + random.nextInt(5))), NOW));
            }
        }
    }

    /** Ten histories at random, each against a model that just remembers everything. */
    @Test
    void everyPastMomentIsToldAsItWas() {
        for (int seed = 0; seed < 10; seed++) {
            new PlainTree(fixture, seed).play(60).compare(history);
        }
    }

    @Test
    void aPoolAddsUpAtEveryPastMomentWhereverItsUnitsStand() {
        new PlainTree(fixture, 11).play(60).compare(new PoolAccounts(fixture.jdbc));
    }

    private TreeMoves.Moved move(NodeId node, NodeId to, long second) {
        return move(id(), node, to, second);
    }

    private TreeMoves.Moved move(TransferId id, NodeId node, NodeId to, long second) {
        return fixture.within(() ->
                fixture.moves.carryOut(
                        id,
                        node + " to " + to,
                        List.of(new Reshape.Leave(node), new Reshape.Join(node, to)),
                        List.of(),
                        NOW.plusSeconds(second)));
    }

    static LedgerCommand.Transfer transfer(NodeId leaf, long amount, Instant at) {
        return new LedgerCommand.Transfer(id(), List.of(new Leg(leaf, cpu(amount))), at);
    }

    private List<String> told(NodeId node) {
        return history.of(node, ALL).items().stream()
                .filter(m -> m.limits().isEmpty())
                .map(m -> m.phase() + " " + m.amount() + " " + m.held())
                .toList();
    }

    private List<Long> entries(String phase) {
        return fixture.jdbc
                .sql(
                        """
                        select e.amount from quota_entry e join quota_transfer t on t.id = e.transfer
                        where t.phase = ?
                        """)
                .param(phase)
                .query(Long.class)
                .list();
    }

    private int depth(NodeId node) {
        return fixture.jdbc
                .sql("select depth from quota_node where id = ?")
                .param(node.value())
                .query(Integer.class)
                .single();
    }

    private NodeId node(UnitId unit) {
        return fixture.unitNode(unit);
    }

    @Test
    void limitsGoAlongWhenAUnitIsDissolved() {
        granted(committer.commit(transfer(leaf, 60, NOW)));
        var moved =
                fixture.within(() ->
                        fixture.moves.carryOut(
                                id(),
                                "dissolve",
                                List.of(
                                        new Reshape.Leave(leaf),
                                        limits(node(first), 0),
                                        limits(node(second), 150),
                                        new Reshape.Join(leaf, node(second))),
                                List.of(),
                                NOW.plusSeconds(5)));

        granted(moved.decision());
        assertThat(fixture.account(node(first))).containsExactly(0L, 0L, 0L);
        assertThat(fixture.account(node(second))).containsExactly(150L, 150L, 60L);
    }

    private static Reshape limits(NodeId node, long amount) {
        return new Reshape.SetLimits(node, Map.of(Resource.CPU, Limit.fixed(amount)));
    }
}
