package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.cluster.ClusterHealth;
import io.yuntai.onboarding.cluster.ClusterRoster;
import io.yuntai.onboarding.kubernetes.BadApiServer;
import io.yuntai.onboarding.kubernetes.BadApiServer.Fault;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.testkit.TestCluster;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool on two clusters, a real one and one that is not well. */
class BadClustersIT {

    private static final ClusterName GOOD = new ClusterName("good");
    private static final ClusterName BAD = new ClusterName("bad");

    /** What the good one takes when it is alone, several times over. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({
        "HANGS, UNREACHABLE",
        "CLOSES, UNREACHABLE",
        "THROTTLES, THROTTLED",
        "NONSENSE, NONSENSE",
        "CONFLICTS, CONFLICTS"
    })
    void delaysNoOtherAndItsOwnWorkWaitsWithAReason(Fault fault, Symptom.Kind kind)
            throws Exception {
        String code = "b" + UUID.randomUUID().toString().substring(0, 12);
        var good =
                Fabric8Cluster.connect(GOOD, Files.readString(TestCluster.shared().kubeconfig()));
        try (var server = BadApiServer.that(fault);
                var onboarding = Onboarding.of(code, good, server.cluster(BAD.value()))) {
            var applicant = onboarding.person("applicant");
            var approver = onboarding.person("approver");
            var there = ordered(onboarding, applicant, onboarding.systems().get(0), BAD);
            onboarding.get(ReconcileQueue.class).start();
            var roster = onboarding.get(ClusterRoster.class);
            await().atMost(SOON)
                    .until(() ->
                            roster.health(BAD).symptoms().stream()
                                    .anyMatch(symptom -> symptom.kind() == kind));

            long begun = System.nanoTime();
            var here = ordered(onboarding, applicant, onboarding.systems().get(1), GOOD);
            onboarding.get(ReconcileQueue.class).wake(onboarding.systems().get(1));
            await().atMost(SOON)
                    .until(() -> state(onboarding, approver, here) == Workflow.State.DELIVERED);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);

            assertThat(state(onboarding, approver, there)).isEqualTo(Workflow.State.DELIVERING);
            assertThat(roster.health(BAD).status()).isNotEqualTo(ClusterHealth.Status.HEALTHY);
            assertThat(roster.health(GOOD).status())
                    .isIn(ClusterHealth.Status.HEALTHY, ClusterHealth.Status.DEGRADED);
            var _ = good.deleteNamespace(new NamespaceName(code + "-2-extranet-o"));
        }
    }

    private static Workflow.State state(
            Onboarding onboarding, Actor actor, Application application) {
        return onboarding
                .get(Applications.class)
                .get(actor, application.id())
                .application()
                .state();
    }

    private static Application ordered(
            Onboarding onboarding, Actor applicant, SystemId system, ClusterName cluster) {
        var order =
                new Order(
                        system,
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Namespace(1, 1, 1, "ssd")));
        var submitted = onboarding.submitted(applicant, order);
        return onboarding.approvals().approve(submitted.id(), Optional.of(cluster));
    }
}
