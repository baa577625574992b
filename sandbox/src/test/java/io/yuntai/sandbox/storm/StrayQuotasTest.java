package io.yuntai.sandbox.storm;

import static io.yuntai.quota.Resource.CPU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Desired;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.reconcile.StrayQuotas;
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
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second quota beside a lease of nothing has let 50 in; whoever removes it dies, or is late. */
class StrayQuotasTest {

    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final LeaseId LEASE = new LeaseId("east", "s2");
    private static final SystemId SYSTEM = new SystemId(new UUID(7, 2));
    private static final UnitId UNIT = new UnitId(new UUID(8, 1));
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-10-01T00:00:00Z"), ZoneOffset.UTC);

    private final SimulatedCluster simulated =
            new SimulatedCluster(
                    new ClusterName("east"),
                    CLOCK,
                    new Lags(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                    _ -> new Fault.None(),
                    Fence.OURS);
    private final Cluster east = new HoldsFifty(simulated);
    private final MemoryTree tree = new MemoryTree(MemoryTree.Judge.OURS);
    private final MemoryLeaseBook book = new MemoryLeaseBook(tree);

    @BeforeEach
    void aSecondQuota() {
        pool(100);
        var namespace = new NamespaceName(LEASE.namespace());
        var _ = east.apply(new Desired.SystemNamespace(namespace, UNIT, SYSTEM, POOL));
        simulated.createStrayQuota(namespace, "second", Amounts.of(CPU, 50));
    }

    private void pool(long capacity) {
        tree.add(node(1), Optional.empty(), CPU, OptionalLong.of(capacity));
        tree.add(node(2), Optional.of(node(1)), CPU, OptionalLong.empty());
        book.register(LEASE, node(2), SYSTEM, UNIT, POOL);
        assertThat(book.takeIn(LEASE, SYSTEM, POOL)).isTrue();
    }

    @Test
    void whatItHasLetInIsChargedAndThenItIsRecorded() {
        assertThat(strays(book).remove(east)).containsExactly(LEASE);
        assertDone();
    }

    @Test
    void whoeverComesAfterADeathBeforeTheChargeChargesIt() {
        assertThatThrownBy(() -> strays(new DiesAtACharge(book)).remove(east))
                .isInstanceOf(Death.class);
        assertThat(simulated.hasStrayQuota()).isFalse();
        assertThat(charged()).isZero();
        assertThat(strays(book).remove(east)).containsExactly(LEASE);
        assertDone();
    }

    @Test
    void whoeverComesAfterADeathBeforeTheRecordRecordsIt() {
        assertThatThrownBy(() -> strays(new DiesAtARecord(book)).remove(east))
                .isInstanceOf(Death.class);
        assertThat(charged()).isEqualTo(50);
        assertThat(strays(book).remove(east)).containsExactly(LEASE);
        assertDone();
    }

    @Test
    void whereSomebodyElseWasFasterItIsChargedTheNextTime() {
        var late = strays(new OnceOutdated(book));
        assertThat(late.remove(east)).containsExactly(LEASE);
        assertThat(charged()).isZero();
        assertThat(late.remove(east)).containsExactly(LEASE);
        assertDone();
    }

    @Test
    void whatThereIsNoRoomForIsChargedWhenThereIs() {
        assertThat(tree.limit(node(1), CPU, 30)).isNotNull();
        assertThat(strays(book).remove(east)).containsExactly(LEASE);
        assertThat(book.begun("east")).hasSize(1);
        assertThat(tree.limit(node(1), CPU, 100)).isNotNull();
        assertThat(strays(book).remove(east)).containsExactly(LEASE);
        assertDone();
    }

    private StrayQuotas strays(LeaseBook of) {
        return new StrayQuotas(of, book::begun, CLOCK);
    }

    private void assertDone() {
        assertThat(charged()).isEqualTo(50);
        assertThat(book.begun("east")).isEmpty();
        assertThat(simulated.hasStrayQuota()).isFalse();
        assertThat(strays(book).remove(east)).as("nothing is left").isEmpty();
    }

    private long charged() {
        return book.find(LEASE).orElseThrow().account().charged().get(CPU);
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }

    /** What nobody has counted yet. */
    private static final class HoldsFifty extends ThroughCluster {
        HoldsFifty(Cluster inner) {
            super(inner);
        }

        @Override
        public Reading<Amounts> measure(NamespaceName namespace) {
            return new Reading.Read<>(Amounts.of(CPU, 50));
        }
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class DiesAtACharge extends ThroughBook {
        DiesAtACharge(LeaseBook inner) {
            super(inner);
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            throw new Death();
        }
    }

    private static final class DiesAtARecord extends ThroughBook {
        DiesAtARecord(LeaseBook inner) {
            super(inner);
        }

        @Override
        public void repaired(LeaseId id, LeaseRepair repair, Instant at) {
            throw new Death();
        }
    }

    private static final class OnceOutdated extends ThroughBook {
        private boolean first = true;

        OnceOutdated(LeaseBook inner) {
            super(inner);
        }

        @Override
        public Outcome change(Lease lease, LeaseChange change, Instant at) {
            if (first) {
                first = false;
                return new Outcome.Outdated();
            }
            return super.change(lease, change, at);
        }
    }
}
