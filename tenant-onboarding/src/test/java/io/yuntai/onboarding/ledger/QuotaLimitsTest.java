package io.yuntai.onboarding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuotaLimitsTest {

    private final NodeId node = new NodeId(new UUID(0, 1));
    private final NodeId above = new NodeId(new UUID(0, 2));

    private Map<Resource, Limit> nearest(long guaranteed, long ceiling, Shortfall... shortfalls) {
        return QuotaLimits.nearest(
                node,
                Map.of(Resource.CPU, new Limit(guaranteed, OptionalLong.of(ceiling))),
                List.of(shortfalls));
    }

    private static Shortfall cpu(NodeId node, long asked, long free) {
        return new Shortfall(node, Resource.CPU, asked, free);
    }

    @Test
    void theNearestCeilingIsWhatIsHandedOut() {
        assertThat(nearest(5, 7, cpu(node, 10, 7)))
                .containsExactly(Map.entry(Resource.CPU, new Limit(5, OptionalLong.of(10))));
    }

    @Test
    void theNearestPromiseIsWhatEveryLevelAboveCanGive() {
        assertThat(nearest(100, 100, cpu(above, 60, 40), cpu(new NodeId(new UUID(0, 3)), 60, 10)))
                .containsExactly(Map.entry(Resource.CPU, new Limit(50, OptionalLong.of(100))));
    }

    @Test
    void aPromiseIsNeverBelowNothing() {
        assertThat(nearest(5, 7, cpu(above, 60, 40)))
                .containsExactly(Map.entry(Resource.CPU, new Limit(0, OptionalLong.of(7))));
    }
}
