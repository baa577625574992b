package io.yuntai.sandbox.storm;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.ledger.LeaseBook;
import io.yuntai.quota.LeasePolicy;
import io.yuntai.sandbox.cluster.Fence;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a storm is played with. Ours are the production code's; each other one shows what a protocol
 * that is one change away would do.
 *
 * @param book between the keepers and the ledger
 * @param cluster between the keepers and each cluster
 * @param retriesKeepTheirId whether an order that is sent again has the id it had
 */
public record Parts(
        LeasePolicy policy,
        MemoryTree.Judge judge,
        Fence fence,
        UnaryOperator<LeaseBook> book,
        UnaryOperator<Cluster> cluster,
        boolean retriesKeepTheirId) {

    private static final LeasePolicy SMALL =
            new LeasePolicy(
                    10,
                    Map.of("cpuMillis", 3L),
                    25,
                    10,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5));

    public static final Parts OURS =
            new Parts(
                    SMALL,
                    MemoryTree.Judge.OURS,
                    Fence.OURS,
                    UnaryOperator.identity(),
                    UnaryOperator.identity(),
                    true);

    public Parts withPolicy(LeasePolicy other) {
        return new Parts(other, judge, fence, book, cluster, retriesKeepTheirId);
    }

    public Parts withJudge(MemoryTree.Judge other) {
        return new Parts(policy, other, fence, book, cluster, retriesKeepTheirId);
    }

    public Parts withFence(Fence other) {
        return new Parts(policy, judge, other, book, cluster, retriesKeepTheirId);
    }

    public Parts withBook(UnaryOperator<LeaseBook> other) {
        return new Parts(policy, judge, fence, other, cluster, retriesKeepTheirId);
    }

    public Parts withCluster(UnaryOperator<Cluster> other) {
        return new Parts(policy, judge, fence, book, other, retriesKeepTheirId);
    }

    public Parts withRetriesThatForgetTheirId() {
        return new Parts(policy, judge, fence, book, cluster, false);
    }
}
