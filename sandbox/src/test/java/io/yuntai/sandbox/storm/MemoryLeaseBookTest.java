package io.yuntai.sandbox.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.onboarding.ledger.LeaseBookContract;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

class MemoryLeaseBookTest extends LeaseBookContract {

    private final MemoryTree tree = new MemoryTree(MemoryTree.Judge.OURS);
    private final MemoryLeaseBook book = new MemoryLeaseBook(tree);

    @BeforeEach
    void twoSystemsOfAUnitWith100OfAPoolOf1000() {
        var pool = node(1);
        tree.add(pool, Optional.empty(), Resource.CPU, OptionalLong.of(1000));
        tree.add(unit(), Optional.of(pool), Resource.CPU, OptionalLong.of(100));
        for (int number : new int[] {1, 2}) {
            tree.add(node(10 + number), Optional.of(unit()), Resource.CPU, OptionalLong.empty());
            book.place(
                    lease(number),
                    node(10 + number),
                    new SystemId(new UUID(7, number)),
                    new UnitId(new UUID(8, 1)),
                    PoolId.of("extranet-ordinary"));
        }
    }

    @Override
    protected LeaseBook book() {
        return book;
    }

    @Override
    protected LeaseId lease(int system) {
        return new LeaseId("one", "s" + system);
    }

    @Override
    protected NodeId unit() {
        return node(2);
    }

    @Override
    protected long held(NodeId node) {
        return tree.account(node, Resource.CPU).held();
    }

    @Override
    protected void fence(String cluster) {
        book.state(cluster, ClusterState.FENCED, NOW);
    }

    @Override
    protected void handBackAll(LeaseId lease) {
        book.handBackAll(book.find(lease).orElseThrow());
    }

    @Override
    protected void close(Lease read) {
        book.close(read);
    }

    @Override
    protected void order(LeaseId lease, Amounts more, Amounts forGood) {
        var id = new TransferId(UUID.randomUUID());
        assertThat(book.reserve(id, lease, more, forGood)).isTrue();
        assertThat(book.post(id)).isTrue();
    }

    private static NodeId node(int number) {
        return new NodeId(new UUID(0, number));
    }
}
