package io.yuntai.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReshapeTest {

    private static final NodeId POOL = node(1);
    private static final NodeId NORTH = node(2);
    private static final NodeId SOUTH = node(3);
    private static final NodeId BUREAU = node(4);
    private static final NodeId OFFICE = node(5);
    private static final NodeId SYSTEM = node(6);
    private static final NodeId OTHER_POOL = node(7);
    private static final NodeId INFRASTRUCTURE = node(8);
    private static final NodeId OTHER_INFRASTRUCTURE = node(9);

    /** Two regions with a unit each, and a system of the first. */
    private static final Map<NodeId, Optional<NodeId>> PARENTS =
            Map.of(
                    POOL, Optional.empty(),
                    NORTH, Optional.of(POOL),
                    SOUTH, Optional.of(POOL),
                    BUREAU, Optional.of(NORTH),
                    OFFICE, Optional.of(SOUTH),
                    SYSTEM, Optional.of(BUREAU),
                    INFRASTRUCTURE, Optional.of(POOL),
                    OTHER_POOL, Optional.empty(),
                    OTHER_INFRASTRUCTURE, Optional.of(OTHER_POOL));

    private final Map<Standing.Key, Account> accounts = new HashMap<>();

    @Test
    void aMoveWithinTwoPromisesTouchesNothingAbove() {
        account(POOL, 100, 100, 90);
        account(NORTH, 0, -1, 50);
        account(SOUTH, 0, -1, 40);
        account(BUREAU, 50, 50, 30);
        account(OFFICE, 40, 40, 10);
        account(SYSTEM, 0, -1, 30);

        var moved = granted(new Reshape.Leave(SYSTEM), new Reshape.Join(SYSTEM, OFFICE));

        assertThat(moved.entries())
                .containsExactlyInAnyOrder(
                        new Entry(BUREAU, Resource.CPU, Entry.Side.FREE, 30),
                        new Entry(OFFICE, Resource.CPU, Entry.Side.FREE, -30));
        assertThat(held(moved, BUREAU)).isZero();
        assertThat(held(moved, OFFICE)).isEqualTo(40);
        assertThat(moved.balances()).hasSize(2);
    }

    @Test
    void aUnitTakesItsPromiseAlong() {
        account(POOL, 100, 100, 90);
        account(NORTH, 0, -1, 50);
        account(SOUTH, 0, -1, 40);
        account(BUREAU, 50, 50, 30);
        account(OFFICE, 40, 40, 10);

        var moved = granted(new Reshape.Leave(BUREAU), new Reshape.Join(BUREAU, SOUTH));

        assertThat(held(moved, NORTH)).isZero();
        assertThat(held(moved, SOUTH)).isEqualTo(90);
        assertThat(held(moved, POOL)).isEqualTo(90);
        assertThat(moved.entries()).isEmpty();
    }

    @Test
    void whoHasNoRoomIsNamedWithWhatWouldBeAsked() {
        account(POOL, 100, 100, 90);
        account(NORTH, 0, -1, 50);
        account(SOUTH, 0, 60, 40);
        account(BUREAU, 50, 50, 30);
        account(OFFICE, 40, 40, 10);

        assertThat(decide(new Reshape.Leave(BUREAU), new Reshape.Join(BUREAU, SOUTH)))
                .isEqualTo(denied(new Shortfall(SOUTH, Resource.CPU, 50, 20)));
    }

    @Test
    void aPoolThatIsFullCanBeMovedInForWhatLeavesIsFree() {
        account(POOL, 100, 100, 100);
        account(NORTH, 0, -1, 60);
        account(SOUTH, 0, -1, 40);
        account(BUREAU, 60, 60, 60);
        account(OFFICE, 40, 40, 0);

        var moved = granted(new Reshape.Leave(BUREAU), new Reshape.Join(BUREAU, SOUTH));

        assertThat(held(moved, POOL)).isEqualTo(100);
    }

    @Test
    void aUnitThatIsDissolvedHandsItsPromiseOn() {
        account(POOL, 100, 100, 90);
        account(NORTH, 0, -1, 50);
        account(SOUTH, 0, -1, 40);
        account(BUREAU, 50, 50, 30);
        account(OFFICE, 40, 40, 40);
        account(SYSTEM, 0, -1, 30);

        var moved =
                granted(
                        new Reshape.Leave(SYSTEM),
                        limit(BUREAU, 0),
                        limit(OFFICE, 90),
                        new Reshape.Join(SYSTEM, OFFICE));

        assertThat(held(moved, OFFICE)).isEqualTo(70);
        assertThat(held(moved, SOUTH)).isEqualTo(90);
        assertThat(held(moved, NORTH)).isZero();
    }

    @Test
    void ofALimitThatRisesTooLittleItIsToldWhatIsShortUnderTheNewOne() {
        account(POOL, 200, 200, 90);
        account(NORTH, 0, -1, 50);
        account(SOUTH, 0, -1, 40);
        account(BUREAU, 50, 50, 30);
        account(OFFICE, 40, 40, 35);
        account(SYSTEM, 0, -1, 30);

        assertThat(
                        decide(
                                new Reshape.Leave(SYSTEM),
                                limit(OFFICE, 50),
                                new Reshape.Join(SYSTEM, OFFICE)))
                .isEqualTo(denied(new Shortfall(OFFICE, Resource.CPU, 30, 15)));
    }

    @Test
    void capacityGoesFromOnePoolToAnotherWithWhatStandsOnIt() {
        account(POOL, 100, 100, 60);
        account(NORTH, 0, -1, 50);
        account(BUREAU, 50, 50, 30);
        account(INFRASTRUCTURE, 0, -1, 10);

        var split =
                granted(
                        new Reshape.Leave(BUREAU),
                        shift(INFRASTRUCTURE, -4),
                        limit(POOL, 45),
                        limit(OTHER_POOL, 55),
                        new Reshape.Join(BUREAU, OTHER_POOL),
                        shift(OTHER_INFRASTRUCTURE, 4));

        assertThat(held(split, POOL)).isEqualTo(6);
        assertThat(held(split, OTHER_POOL)).isEqualTo(54);
        assertThat(split.entries().stream().mapToLong(Entry::amount).sum()).isZero();
        assertThat(split.entries())
                .contains(
                        new Entry(POOL, Resource.CPU, Entry.Side.OUTSIDE, 55),
                        new Entry(OTHER_POOL, Resource.CPU, Entry.Side.OUTSIDE, -55),
                        new Entry(INFRASTRUCTURE, Resource.CPU, Entry.Side.HELD, -4),
                        new Entry(OTHER_INFRASTRUCTURE, Resource.CPU, Entry.Side.HELD, 4));
    }

    @Test
    void aPoolIsNotLeftWithLessThanItHasPromised() {
        account(POOL, 100, 100, 60);
        account(NORTH, 0, -1, 50);
        account(INFRASTRUCTURE, 0, -1, 10);

        assertThat(decide(limit(POOL, 59), limit(OTHER_POOL, 41)))
                .isEqualTo(denied(new Shortfall(POOL, Resource.CPU, 60, 59)));
    }

    @Test
    void nothingIsLeftWithoutAParentAndNothingHasTwo() {
        account(POOL, 100, 100, 0);
        refuses(new Reshape.Leave(BUREAU));
        refuses(new Reshape.Join(BUREAU, SOUTH));
        refuses(new Reshape.Leave(POOL), new Reshape.Join(POOL, SOUTH));
        refuses(
                new Reshape.Leave(BUREAU),
                new Reshape.Leave(BUREAU),
                new Reshape.Join(BUREAU, SOUTH));
        refuses(
                new Reshape.Leave(BUREAU),
                new Reshape.Join(BUREAU, SOUTH),
                new Reshape.Join(BUREAU, NORTH));
    }

    private void refuses(Reshape... steps) {
        assertThatThrownBy(() -> decide(steps)).isInstanceOf(IllegalArgumentException.class);
    }

    private void account(NodeId node, long guaranteed, long ceiling, long held) {
        accounts.put(
                new Standing.Key(node, Resource.CPU),
                new Account(
                        guaranteed,
                        ceiling < 0 ? OptionalLong.empty() : OptionalLong.of(ceiling),
                        held));
    }

    private static Reshape limit(NodeId node, long amount) {
        return new Reshape.SetLimits(node, Map.of(Resource.CPU, Limit.fixed(amount)));
    }

    private static Reshape shift(NodeId leaf, long amount) {
        return new Reshape.Shift(new Leg(leaf, Amounts.of(Resource.CPU, amount)));
    }

    private Decision decide(Reshape... steps) {
        return new Standing(PARENTS, accounts).reshape(List.of(steps));
    }

    private Decision.Granted granted(Reshape... steps) {
        return switch (decide(steps)) {
            case Decision.Granted granted -> granted;
            case Decision.Denied denied -> throw new AssertionError(denied);
        };
    }

    private static Decision denied(Shortfall shortfall) {
        return new Decision.Denied(List.of(shortfall));
    }

    private static long held(Decision.Granted granted, NodeId node) {
        return granted.balances().stream()
                .filter(balance -> balance.node().equals(node))
                .findFirst()
                .orElseThrow()
                .account()
                .held();
    }

    private static NodeId node(long number) {
        return new NodeId(new UUID(0, number));
    }
}
