package io.yuntai.onboarding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.LeaseAccount;
import io.yuntai.quota.Resource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeLeaseTest {

    @ParameterizedTest
    @CsvSource({
        "10, 10, 4, 3, 3, SETTLED, 6",
        "10, 10, 10, 4, 3, GROWING, 0",
        "6, 10, 4, 4, 3, SHRINKING, 2",
        "6, 10, 4, 4, 4, SHRINKING, 2",
        "6, 10, 9, 4, 4, DEBT, 0",
    })
    void isWhereItsAccountAndItsUseSay(
            long granted,
            long charged,
            long used,
            long epoch,
            long enforced,
            NodeLease.State state,
            long headroom) {
        var account =
                new LeaseAccount(
                        Amounts.NONE,
                        cpu(granted),
                        cpu(granted),
                        cpu(charged),
                        new Epoch(epoch),
                        new Epoch(enforced),
                        Optional.empty(),
                        Optional.empty());
        assertThat(lease(account, cpu(used), ClusterState.ACTIVE))
                .satisfies(lease -> assertThat(lease.state()).isEqualTo(state))
                .satisfies(lease -> assertThat(lease.headroom()).isEqualTo(cpu(headroom)));
        assertThat(lease(account, cpu(used), ClusterState.FENCED).state())
                .isEqualTo(NodeLease.State.FENCED);
        assertThat(lease(account, cpu(used), ClusterState.WRITTEN_OFF).state())
                .isEqualTo(NodeLease.State.WRITTEN_OFF);
    }

    private static NodeLease lease(LeaseAccount account, Amounts used, ClusterState cluster) {
        return new NodeLease(
                new LeaseId("north", "portal"),
                new SystemId(new UUID(0, 1)),
                "门户",
                new UnitId(new UUID(0, 2)),
                "第一局",
                PoolId.of("extranet-ordinary"),
                account,
                used,
                cluster);
    }

    private static Amounts cpu(long millis) {
        return Amounts.of(Resource.CPU, millis);
    }
}
