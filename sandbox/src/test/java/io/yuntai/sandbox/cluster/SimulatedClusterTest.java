package io.yuntai.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.ClusterContract;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.quota.Amounts;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

class SimulatedClusterTest extends ClusterContract {

    private static final Lags LAGS =
            new Lags(Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofMillis(20));

    private final SimulatedCluster cluster =
            SimulatedCluster.running(
                    new ClusterName("played"), Clock.systemUTC(), LAGS, FaultPlan.NONE);
    private final SimulatedCluster stopped =
            new SimulatedCluster(
                    new ClusterName("stopped"), Clock.systemUTC(), LAGS, FaultPlan.NONE);

    @AfterEach
    void close() {
        cluster.close();
        stopped.close();
    }

    @Override
    protected Cluster cluster() {
        return cluster;
    }

    @Override
    protected Cluster unreachableCluster() {
        stopped.stop();
        return stopped;
    }

    @Override
    protected ApplyOutcome createPod(NamespaceName namespace, String name, Amounts asked) {
        return cluster.createPod(namespace, name, asked);
    }

    @Override
    protected void deletePod(NamespaceName namespace, String name) {
        assertThat(cluster.deletePod(namespace, name)).isEqualTo(new ApplyOutcome.Applied());
    }

    @Override
    protected void spoilEpoch(NamespaceName namespace, Optional<String> text) {
        cluster.spoilEpoch(namespace, text.orElse(""));
    }

    @Override
    protected void createQuota(NamespaceName namespace, String name, Amounts hard) {
        cluster.createStrayQuota(namespace, name, hard);
    }

    @Override
    protected void deleteNetworkPolicy(NamespaceName namespace) {
        cluster.deleteNetworkPolicy(namespace);
    }

    @Override
    protected void startInstance(NamespaceName namespace, String host) {
        // It plays its machines by itself.
    }

    @Override
    protected void editHost(NamespaceName namespace, String host, int vcpu) {
        cluster.editHost(namespace, host, vcpu);
    }

    @Override
    protected void deleteClaim(NamespaceName namespace, String claim) {
        cluster.deleteClaim(namespace, claim);
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Override
    protected <T> T uncounted(Supplier<T> deed) {
        return deed.get();
    }
}
