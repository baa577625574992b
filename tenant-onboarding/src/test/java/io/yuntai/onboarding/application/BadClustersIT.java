package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.cluster.ClusterHealth;
import io.yuntai.onboarding.cluster.ClusterRoster;
import io.yuntai.onboarding.kubernetes.BadApiServer;
import io.yuntai.onboarding.kubernetes.BadApiServer.Fault;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.HangingCluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.Symptom;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.testkit.TestCluster;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool on two clusters, a real one and one that is not well. */
class BadClustersIT {

    private static final ClusterName GOOD = new ClusterName("good");
    private static final ClusterName BAD = new ClusterName("bad");

    private static final int HANGING = 6;

    /** Systems that wait for each of those. */
    private static final int EACH = 4;

    /** Systems that wait for none of them. */
    private static final int WELL = 12;

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

    /** More of them, and more that wait for them, than there ever were places for all together. */
    @Test
    void howeverManyHangAllIsDeliveredOnTheOneThatIsWellBeforeAnyOfThemHasAnswered()
            throws Exception {
        String code = "h" + UUID.randomUUID().toString().substring(0, 12);
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        var good = Fabric8Cluster.connect(GOOD, kubeconfig);
        var hanging =
                IntStream.range(0, HANGING)
                        .mapToObj(n -> new ClusterName("hangs-" + n))
                        .map(name -> HangingCluster.connect(name, kubeconfig))
                        .toList();
        var all =
                Stream.concat(Stream.of(good), hanging.stream().map(HangingCluster::cluster))
                        .toArray(Cluster[]::new);
        try (var onboarding = Onboarding.of(code, List.of(), 90, all)) {
            var applicant = onboarding.person("applicant");
            var approver = onboarding.person("approver");
            var systems = onboarding.withSystems(HANGING * EACH + WELL);
            var waiting = new ArrayList<Application>();
            for (int n = 0; n < HANGING * EACH; n++) {
                var cluster = hanging.get(n % HANGING).cluster().name();
                waiting.add(ordered(onboarding, applicant, systems.get(n), cluster));
            }
            var queue = onboarding.get(ReconcileQueue.class);
            queue.start();
            systems.forEach(queue::wake);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(hanging).allMatch(cluster -> cluster.holds(code) == EACH));

            // One of these systems waits for a cluster that hangs, too.
            var well = systems.subList(HANGING * EACH - 1, systems.size());
            var delivered =
                    well.stream()
                            .map(system -> ordered(onboarding, applicant, system, GOOD))
                            .toList();
            well.forEach(queue::wake);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(delivered)
                                    .allMatch(one ->
                                            state(onboarding, approver, one)
                                                    == Workflow.State.DELIVERED));

            assertThat(waiting)
                    .allMatch(one -> state(onboarding, approver, one) == Workflow.State.DELIVERING);
            queue.stop();
            hanging.forEach(HangingCluster::close);
            onboarding.get(Leases.class).on(GOOD.value()).stream()
                    .map(lease -> new NamespaceName(lease.namespace()))
                    .forEach(namespace -> {
                        var _ = good.deleteNamespace(namespace);
                    });
        } finally {
            hanging.forEach(HangingCluster::close);
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
