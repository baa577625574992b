package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.LeaseKeeper;
import io.yuntai.onboarding.reconcile.Visit;
import io.yuntai.onboarding.reconcile.WriteBudget;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.sandbox.cluster.Fault;
import io.yuntai.sandbox.cluster.Fence;
import io.yuntai.sandbox.cluster.Lags;
import io.yuntai.sandbox.cluster.SimulatedCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who is asked for idle room, and how often anybody is. A pool of 100: the first lease has given
 * back all that it does not need and may grow by 16 again; one beside it on the cluster east holds
 * 12 idle, and five on the cluster west hold 16 each.
 */
class PressingTest {

    private static final int NEIGHBOUR = 1;
    private static final List<Integer> ELSEWHERE = List.of(2, 3, 4, 5, 6);
    private static final Amounts TWELVE = Amounts.of(CPU, 12);

    private Instant now = Instant.parse("2026-10-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Map<String, SimulatedCluster> clusters =
            Map.of("east", cluster("east"), "west", cluster("west"));
    private final MemoryTree tree = new MemoryTree(MemoryTree.Judge.OURS);
    private final MemoryLeaseBook book = new MemoryLeaseBook(tree);
    private LeaseKeeper keeper = keeper(new WriteBudget(1000, 1000));
    private long orders;

    @BeforeEach
    void aFullPoolInWhichMuchLiesIdle() {
        tree.add(node(1), Optional.empty(), CPU, OptionalLong.of(100));
        place(0);
        order(0, 20);
        elapse(Duration.ofMinutes(6), 0);
        elapse(Duration.ofMinutes(6), 0);
        elapse(Duration.ofMinutes(6), 0);
        assertThat(book.find(lease(0)).orElseThrow().account().charged())
                .isEqualTo(Amounts.of(CPU, 4));
        place(NEIGHBOUR);
        order(NEIGHBOUR, 12);
        for (int number : ELSEWHERE) {
            place(number);
            order(number, 16);
        }
    }

    @Test
    void aClusterThatGivesNoAnswerStandsInNobodysWay() {
        clusters.get("west").stop();
        var first = visit(0, TWELVE, false);
        assertThat(first.shortfalls()).isNotEmpty();
        assertThat(first.press()).hasSize(4).allMatch(lease -> lease.cluster().equals("west"));
        first.press().forEach(this::press);

        var second = visit(0, Amounts.NONE, false);
        assertThat(second.press()).containsExactly(lease(NEIGHBOUR));
        second.press().forEach(this::press);
        elapse(Duration.ofSeconds(31), NEIGHBOUR);
        visit(0, Amounts.NONE, false);
        elapse(Duration.ofSeconds(3), 0);
        assertThat(granted(0)).isGreaterThanOrEqualTo(12);
    }

    @Test
    void whoWasAskedIsNotAskedAgainBeforeTheOthers() {
        var asked = new HashSet<LeaseId>();
        for (int round = 0; round < 2; round++) {
            asked.addAll(visit(0, TWELVE, false).press());
        }
        assertThat(asked).hasSize(6);
    }

    @Test
    void aSmallRefusalIsServedBesideALargeOneThatHasToWait() {
        assertThat(visit(0, TWELVE, false).shortfalls()).isNotEmpty();
        assertThat(granted(0)).isEqualTo(4);
        assertThat(visit(0, Amounts.of(CPU, 6), false).shortfalls()).isEmpty();
        assertThat(granted(0)).isEqualTo(6);

        press(lease(NEIGHBOUR));
        elapse(Duration.ofSeconds(31), NEIGHBOUR);
        elapse(Duration.ofSeconds(3), 0);
        assertThat(granted(0)).as("for him who was refused 12").isGreaterThanOrEqualTo(12);
    }

    @Test
    void shrinksAreChargedToTheBudgetAndDenialsAreNot() {
        keeper = keeper(new WriteBudget(0.1, 1));
        for (int times = 0; times < 3; times++) {
            assertThat(visit(0, TWELVE, false).shortfalls()).isNotEmpty();
        }
        press(lease(NEIGHBOUR));
        assertThat(granted(NEIGHBOUR)).as("the one that there is").isLessThan(12);
        press(lease(2));
        var held = granted(2);
        var barred = visit(3, Amounts.NONE, true);
        assertThat(held).as("another cluster has its own").isLessThan(16);
        assertThat(barred.open()).contains(Visit.Open.NO_BUDGET);
        assertThat(barred.again()).contains(now.plusSeconds(10));
        assertThat(granted(3)).isEqualTo(16);
        now = now.plusSeconds(10);
        press(lease(3));
        assertThat(granted(3)).isLessThan(16);
    }

    private void press(LeaseId lease) {
        var _ = keeper.visit(clusters.get(lease.cluster()), lease, Amounts.NONE, true);
    }

    private Visit visit(int number, Amounts demand, boolean pressed) {
        var lease = lease(number);
        return keeper.visit(clusters.get(lease.cluster()), lease, demand, pressed);
    }

    private long granted(int number) {
        return book.find(lease(number)).orElseThrow().granted().get(CPU);
    }

    private void place(int number) {
        tree.add(node(10 + number), Optional.of(node(1)), CPU, OptionalLong.empty());
        book.place(
                lease(number),
                node(10 + number),
                new SystemId(new UUID(7, number)),
                unit(),
                pool());
    }

    private void order(int number, long cpu) {
        var id = new TransferId(new UUID(9, ++orders));
        assertThat(book.reserve(id, lease(number), Amounts.of(CPU, cpu), Amounts.NONE)).isTrue();
        assertThat(book.post(id)).isTrue();
        for (int times = 0; times < 4; times++) {
            elapse(Duration.ofSeconds(2), number);
        }
    }

    private void elapse(Duration time, int number) {
        now = now.plus(time);
        clusters.values().forEach(SimulatedCluster::tick);
        for (int times = 0; times < 3; times++) {
            var _ = visit(number, Amounts.NONE, false);
            now = now.plusSeconds(2);
            clusters.values().forEach(SimulatedCluster::tick);
        }
    }

    private LeaseKeeper keeper(WriteBudget budget) {
        return new LeaseKeeper(book, Parts.OURS.policy(), budget, clock);
    }

    private SimulatedCluster cluster(String name) {
        return new SimulatedCluster(
                new ClusterName(name),
                clock,
                new Lags(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                _ -> new Fault.None(),
                Fence.OURS);
    }

    private static LeaseId lease(int number) {
        return new LeaseId(ELSEWHERE.contains(number) ? "west" : "east", "s" + number);
    }

    private static UnitId unit() {
        return new UnitId(new UUID(8, 1));
    }

    private static PoolId pool() {
        return PoolId.of("extranet-ordinary");
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }
}
