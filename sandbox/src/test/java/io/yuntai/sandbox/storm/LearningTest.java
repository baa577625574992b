package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.LeaseBook.Outcome;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.Learning;
import io.yuntai.onboarding.reconcile.LeaseKeeper;
import io.yuntai.onboarding.reconcile.WriteBudget;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.LeaseChange;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of 100 with a lease on each of two clusters, whose ledger is restored from a backup. */
class LearningTest {

    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final LeaseId FIRST = new LeaseId("east", "s2");
    private static final LeaseId SECOND = new LeaseId("west", "s3");

    private static final LeaseId THIRD = new LeaseId("east", "s4");

    private Instant now = Instant.parse("2026-10-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SimulatedCluster east = cluster("east");
    private final SimulatedCluster west = cluster("west");
    private final MemoryTree tree = new MemoryTree(MemoryTree.Judge.OURS);
    private final MemoryLeaseBook book = new MemoryLeaseBook(tree);
    private final LeaseKeeper keeper =
            new LeaseKeeper(book, Parts.OURS.policy(), new WriteBudget(1000, 1000), clock);
    private final Learning learning = new Learning(book, keeper, clock);
    private long orders;

    @BeforeEach
    void aPoolOf100() {
        tree.add(node(1), Optional.empty(), CPU, OptionalLong.of(100));
        for (int system : new int[] {2, 3, 4}) {
            tree.add(node(system), Optional.of(node(1)), CPU, OptionalLong.empty());
        }
        place(FIRST, 2);
        place(SECOND, 3);
    }

    @Test
    void whatAHostHeldThatIsGoneSinceTheBackupGoesToWhoeverHasItNow() {
        order(FIRST, 60);
        work();
        var restore = book.backup();
        release(FIRST, 60);
        work();
        order(SECOND, 60);
        work();

        restore.run();
        book.learn(now);
        learn();
        work();

        assertThat(book.learning()).isEmpty();
        assertThat(hard(FIRST) + hard(SECOND)).isLessThanOrEqualTo(100);
        assertThat(hard(SECOND)).isZero(); // approved after the backup: it is approved again
        assertThat(tree.account(node(1), CPU).debt()).isZero();
        // Whoever had it destroyed asks again, and it ends.
        release(FIRST, 60);
        work();
        assertThat(account(FIRST)).isZero();
    }

    @Test
    void whatThereIsNoRoomForIsOwedUntilItIsGivenBack() {
        order(FIRST, 60);
        work();
        order(SECOND, 40);
        work();
        var restore = book.backup();
        release(FIRST, 60);
        work();
        order(SECOND, 60);
        work();
        assertThat(hard(SECOND)).isEqualTo(100);

        restore.run();
        book.learn(now);
        var _ = learning.pass(List.of(east, west));
        assertThat(tree.account(node(1), CPU).debt()).isEqualTo(60);
        learn();
        work();
        assertThat(book.learning()).isEmpty();
        assertThat(tree.account(node(1), CPU).debt()).isZero();
    }

    @Test
    void whatWasForGoodAndIsNotMadeYetStaysWhereThereIsRoom() {
        order(FIRST, 60);
        book.learn(now);
        learn();
        work();
        assertThat(book.learning()).isEmpty();
        assertThat(hard(FIRST)).isEqualTo(60);
        assertThat(book.find(FIRST).orElseThrow().account().floor().get(CPU)).isEqualTo(60);
    }

    @Test
    void aFencedClusterDoesNotKeepTheLedgerLearning() {
        order(FIRST, 60);
        work();
        west.stop();
        book.state("west", ClusterState.FENCED, now);
        book.learn(now);
        learn();
        assertThat(book.learning()).isEmpty();
    }

    @Test
    void whatAFencedClusterShowsIsCharged() {
        var restore = book.backup();
        order(SECOND, 60);
        work();
        restore.run();
        book.state("west", ClusterState.FENCED, now);
        book.learn(now);
        learn();
        assertThat(book.learning()).isEmpty();
        assertThat(account(SECOND)).isEqualTo(60);
    }

    @Test
    void aSilentClusterThatIsNotFencedDoes() {
        order(SECOND, 60);
        work();
        west.stop();
        book.learn(now);
        learn();
        assertThat(book.learning()).isPresent();
        west.resume();
        learn();
        assertThat(book.learning()).isEmpty();
    }

    @Test
    void aNamespaceOrderedAfterTheBackupIsChargedToItsSystem() {
        register(THIRD, 4);
        var restore = book.backup();
        order(THIRD, 60);
        work();
        restore.run();
        assertThat(book.find(THIRD)).isEmpty();
        book.learn(now);
        var _ = learning.pass(List.of(east, west));
        assertThat(account(THIRD)).isEqualTo(60);
        assertThat(reserves(FIRST, 60)).isFalse();
        learn();
        assertThat(book.learning()).isEmpty();
        work();
        // It uses nothing, so it goes back, and either of them may have it.
        assertThat(hard(THIRD)).isZero();
        assertThat(reserves(FIRST, 60)).isTrue();
    }

    @Test
    void aNamespaceThatWasClosedAtTheBackupAndIsThereAgainIsCharged() {
        order(FIRST, 60);
        work();
        close(FIRST);
        var restore = book.backup();
        order(FIRST, 80);
        work();
        restore.run();
        assertThat(book.find(FIRST)).isEmpty();
        book.learn(now);
        var _ = learning.pass(List.of(east, west));
        assertThat(account(FIRST)).isEqualTo(80);
        assertThat(reserves(SECOND, 60)).isFalse();
        learn();
        assertThat(book.learning()).isEmpty();
        work();
        // It uses nothing, so it goes back; it is there until people have said what becomes of it.
        assertThat(hard(FIRST)).isZero();
        assertThat(book.find(FIRST).orElseThrow().tenure()).isEqualTo(Tenure.FOUND);
        assertThat(reserves(SECOND, 60)).isTrue();
    }

    @Test
    void ofANamespaceThatIsNobodysPeopleHaveToSayWhatItIs() {
        var theirs = new LeaseId("east", "s9");
        var _ =
                east.apply(
                        new Desired.SystemNamespace(
                                new NamespaceName(theirs.namespace()),
                                new UnitId(new UUID(8, 1)),
                                new SystemId(new UUID(7, 9)),
                                POOL));
        book.learn(now);
        learn();
        assertThat(book.learning()).isPresent();
        assertThat(book.unclaimed("east")).containsExactly("s9");
        var _ = east.deleteNamespace(new NamespaceName("s9"));
        learn();
        assertThat(book.learning()).isEmpty();
        assertThat(book.unclaimed("east")).isEmpty();
    }

    private void learn() {
        for (int pass = 0; book.learning().isPresent() && pass < 60; pass++) {
            var _ = learning.pass(List.of(east, west));
            elapse();
        }
    }

    /** Long enough for all to be credited that can be. */
    private void work() {
        for (int times = 0; times < 30; times++) {
            book.all()
                    .forEach(lease -> {
                        var _ = keeper.visit(cluster(lease.id()), lease.id(), Amounts.NONE, false);
                    });
            elapse();
        }
    }

    private void elapse() {
        now = now.plus(Duration.ofSeconds(5));
        east.tick();
        west.tick();
    }

    private SimulatedCluster cluster(LeaseId lease) {
        return lease.cluster().equals("east") ? east : west;
    }

    private void order(LeaseId lease, long cpu) {
        assertThat(reserves(lease, cpu)).isTrue();
        assertThat(book.post(new TransferId(new UUID(9, orders)))).isTrue();
    }

    private boolean reserves(LeaseId lease, long cpu) {
        var amounts = Amounts.of(CPU, cpu);
        return book.reserve(new TransferId(new UUID(9, ++orders)), lease, amounts, amounts);
    }

    private void release(LeaseId lease, long cpu) {
        var amounts = Amounts.of(CPU, cpu);
        var release = new LeaseChange.Release(amounts, amounts);
        assertThat(book.change(book.find(lease).orElseThrow(), release, now))
                .isInstanceOf(Outcome.Changed.class);
    }

    /** Handed back, and gone. */
    private void close(LeaseId lease) {
        book.handBackAll(book.find(lease).orElseThrow());
        work();
        var _ = cluster(lease).deleteNamespace(new NamespaceName(lease.namespace()));
        elapse();
        book.close(book.find(lease).orElseThrow());
        assertThat(book.find(lease)).isEmpty();
    }

    private long hard(LeaseId lease) {
        return cluster(lease)
                .truth(new NamespaceName(lease.namespace()))
                .map(seen -> seen.statusHard().get(CPU))
                .orElse(0L);
    }

    private long account(LeaseId lease) {
        return book.find(lease).orElseThrow().account().charged().get(CPU);
    }

    private void register(LeaseId lease, int system) {
        var of = new SystemId(new UUID(7, system));
        book.register(lease, node(system), of, new UnitId(new UUID(8, 1)), POOL);
    }

    private void place(LeaseId lease, int system) {
        register(lease, system);
        assertThat(book.takeIn(lease, new SystemId(new UUID(7, system)), POOL)).isTrue();
    }

    private SimulatedCluster cluster(String name) {
        return new SimulatedCluster(
                new ClusterName(name),
                clock,
                new Lags(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                _ -> new Fault.None(),
                Fence.OURS);
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }
}
