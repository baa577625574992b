package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
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
import io.yuntai.sandbox.cluster.FaultPlan;
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

/** What reaches a cluster, or shows there, long after it was asked for. */
class LateWriteTest {

    private static final LeaseId LEASE = new LeaseId("east", "s1");
    private static final NamespaceName NAMESPACE = new NamespaceName("s1");
    private static final Duration LATE = Duration.ofMinutes(20);

    private Instant now = Instant.parse("2026-10-01T00:00:00Z");
    private boolean writesAreLate;

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SimulatedCluster cluster =
            new SimulatedCluster(
                    new ClusterName("east"),
                    clock,
                    new Lags(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    call ->
                            writesAreLate && call == FaultPlan.Call.WRITE_LEASE
                                    ? new Fault.Late(LATE)
                                    : new Fault.None(),
                    Fence.OURS);
    private final MemoryLeaseBook book = new MemoryLeaseBook(tree());
    private final LeaseKeeper keeper =
            new LeaseKeeper(book, Parts.OURS.policy(), new WriteBudget(1000, 1000), clock);

    @BeforeEach
    void aLease() {
        book.place(
                LEASE,
                node(2),
                new SystemId(new UUID(7, 1)),
                new UnitId(new UUID(8, 1)),
                PoolId.of("extranet-ordinary"));
    }

    @Test
    void raisesNothingOnceTheLedgerHasLearnt() {
        order(10);
        visit();
        var restore = book.backup();
        writesAreLate = true;
        order(40);
        visit();
        writesAreLate = false;

        restore.run();
        book.learn(now);
        learn();
        elapse(LATE);

        assertThat(book.learning()).isEmpty();
        var truth = cluster.truth(NAMESPACE).orElseThrow();
        assertThat(truth.exposure().get(CPU)).as("%s", truth).isLessThanOrEqualTo(charged());
    }

    @Test
    void whatALeaseLetInThatWasLoweredByHandIsChargedByALedgerThatKnowsNothingOfIt() {
        var restore = book.backup();
        order(40);
        visit();
        aPodThatShowsLate();
        cluster.editLease(NAMESPACE, Amounts.of(CPU, 1));
        elapse(Duration.ofSeconds(2));

        restore.run();
        book.learn(now.minus(Duration.ofHours(1)));
        learn();

        assertThat(book.learning()).isEmpty();
        assertThat(charged()).isEqualTo(30);
    }

    @Test
    void whatALeaseLetInThatIsGivenUpAndWasNeverSeenStaysCharged() {
        order(40);
        var _ = keeper.visit(cluster, LEASE, Amounts.NONE, false);
        elapse(Duration.ofSeconds(2));
        aPodThatShowsLate();
        cluster.deleteLease(NAMESPACE);
        var all = Amounts.of(CPU, 40);
        var given = new LeaseChange.Release(all, Amounts.NONE);
        assertThat(book.change(book.find(LEASE).orElseThrow(), given, now))
                .isInstanceOf(LeaseBook.Outcome.Changed.class);

        visit();
        assertThat(charged()).isEqualTo(40);
        for (int round = 0; round < 6; round++) {
            visit();
        }
        assertThat(charged()).isEqualTo(30);
    }

    private void aPodThatShowsLate() {
        var pod = Amounts.of(CPU, 30);
        assertThat(cluster.createPod(NAMESPACE, "p", pod, Duration.ofSeconds(20)))
                .isInstanceOf(Cluster.ApplyOutcome.Applied.class);
    }

    private void learn() {
        var learning = new Learning(book, keeper, clock);
        for (int pass = 0; !learning.pass(List.of(cluster)) && pass < 100; pass++) {
            elapse(Duration.ofSeconds(5));
        }
    }

    private long charged() {
        return book.find(LEASE).orElseThrow().account().charged().get(CPU);
    }

    private void order(long cpu) {
        var id = new TransferId(new UUID(9, cpu));
        assertThat(book.reserve(id, LEASE, Amounts.of(CPU, cpu), Amounts.NONE)).isTrue();
        assertThat(book.post(id)).isTrue();
    }

    private void visit() {
        for (int times = 0; times < 5; times++) {
            var _ = keeper.visit(cluster, LEASE, Amounts.NONE, false);
            elapse(Duration.ofSeconds(2));
        }
    }

    private void elapse(Duration time) {
        now = now.plus(time);
        cluster.tick();
    }

    private static MemoryTree tree() {
        var tree = new MemoryTree(MemoryTree.Judge.OURS);
        tree.add(node(1), Optional.empty(), CPU, OptionalLong.of(100));
        tree.add(node(2), Optional.of(node(1)), CPU, OptionalLong.empty());
        return tree;
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }
}
