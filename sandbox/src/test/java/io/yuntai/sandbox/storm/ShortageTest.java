package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.reconcile.LeaseKeeper;
import io.yuntai.onboarding.reconcile.Visit;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease that has given back what lay idle in it, in a pool that others have filled since. */
class ShortageTest {

    private static final LeaseId LEASE = new LeaseId("east", "s2");
    private static final LeaseId OTHER = new LeaseId("east", "s3");

    private Instant now = Instant.parse("2026-10-01T00:00:00Z");
    private int denied;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SimulatedCluster cluster =
            new SimulatedCluster(
                    new ClusterName("east"),
                    clock,
                    new Lags(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                    _ -> new Fault.None(),
                    Fence.OURS);
    private final MemoryTree tree = new MemoryTree(MemoryTree.Judge.OURS);
    private final MemoryLeaseBook book = new MemoryLeaseBook(tree);
    private final LeaseKeeper keeper =
            new LeaseKeeper(
                    new CountsDenials(book),
                    Parts.OURS.policy(),
                    new WriteBudget(1000, 1000),
                    clock);

    @BeforeEach
    void aFullPool() {
        tree.add(node(1), Optional.empty(), CPU, OptionalLong.of(100));
        for (int system : new int[] {2, 3}) {
            tree.add(node(system), Optional.of(node(1)), CPU, OptionalLong.empty());
        }
        place(LEASE, 2);
        place(OTHER, 3);
        order(LEASE, 60, Amounts.NONE);
        for (int round = 0; round < 400 && charged() > 10; round++) {
            var _ = visit(Amounts.NONE);
        }
        assertThat(charged()).isLessThan(10);
        long left = 100 - tree.account(node(1), CPU).held();
        order(OTHER, left, Amounts.of(CPU, left));
        var _ =
                cluster.createPod(
                        new NamespaceName(LEASE.namespace()), "p", Amounts.of(CPU, hard()));
    }

    @Test
    void oneShortageIsKeptOnceHoweverOftenItIsMet() {
        for (int round = 0; round < 100; round++) {
            assertThat(visit(Amounts.of(CPU, 20)).shortfalls()).isNotEmpty();
        }
        assertThat(denied).isOne();
    }

    @Test
    void whoLacksHisReserveAloneIsNotLookedAtAgainForIt() {
        var visit = visit(Amounts.NONE);
        assertThat(visit.shortfalls()).isNotEmpty();
        assertThat(visit.again()).isEmpty();
    }

    @Test
    void anotherShortageIsKeptAsWell() {
        var _ = visit(Amounts.of(CPU, 20));
        var _ = tree.limit(node(2), CPU, tree.account(node(2), CPU).held());
        var _ = visit(Amounts.of(CPU, 20));
        var _ = visit(Amounts.of(CPU, 20));
        assertThat(denied).isEqualTo(2);
    }

    private Visit visit(Amounts refused) {
        var visit = keeper.visit(cluster, LEASE, refused, false);
        now = now.plus(Duration.ofSeconds(5));
        cluster.tick();
        return visit;
    }

    private long charged() {
        return book.find(LEASE).orElseThrow().account().charged().get(CPU);
    }

    private long hard() {
        return cluster.truth(new NamespaceName(LEASE.namespace()))
                .map(seen -> seen.statusHard().get(CPU))
                .orElse(60L);
    }

    private void order(LeaseId lease, long cpu, Amounts forGood) {
        var id = new TransferId(UUID.randomUUID());
        assertThat(book.reserve(id, lease, Amounts.of(CPU, cpu), forGood)).isTrue();
        assertThat(book.post(id)).isTrue();
    }

    private void place(LeaseId lease, int system) {
        book.place(
                lease,
                node(system),
                new SystemId(new UUID(7, system)),
                new UnitId(new UUID(8, 1)),
                PoolId.of("extranet-ordinary"));
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }

    private final class CountsDenials extends ThroughBook {
        CountsDenials(LeaseBook inner) {
            super(inner);
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            var outcome = super.change(lease, change, at);
            if (outcome instanceof Outcome.Denied) {
                denied++;
            }
            return outcome;
        }
    }
}
