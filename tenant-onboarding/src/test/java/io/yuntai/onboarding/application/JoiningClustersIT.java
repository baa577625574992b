package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.cluster.ClusterDeregistrations;
import io.yuntai.onboarding.cluster.ClusterHealth;
import io.yuntai.onboarding.cluster.ClusterObservation;
import io.yuntai.onboarding.cluster.ClusterObservations;
import io.yuntai.onboarding.cluster.ClusterOccupants;
import io.yuntai.onboarding.cluster.ClusterRegistrations;
import io.yuntai.onboarding.cluster.ClusterRegistrations.Draft;
import io.yuntai.onboarding.cluster.ClusterRoster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.testkit.TestCluster;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers on one database that know of no cluster, until one is registered with the first. */
class JoiningClustersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ClusterName NEW = new ClusterName("newcomer");

    private final String code = "j" + UUID.randomUUID().toString().substring(0, 12);
    private Onboarding first;
    private Onboarding second;
    private Actor applicant;
    private Actor operator;

    @BeforeEach
    void twoServersWithoutAnyCluster() {
        first = Onboarding.of(code);
        second = first.another();
        applicant = first.person("applicant");
        operator = first.person("operator");
    }

    @AfterEach
    void stop() {
        first.get(Clusters.class)
                .named(NEW)
                .ifPresent(cluster -> {
                    var _ = cluster.deleteNamespace(new NamespaceName(code + "-extranet-o"));
                });
        second.closeServer();
        first.close();
    }

    @Test
    void joinsBothWithoutARestartAndWhatIsOrderedIsDelivered() throws Exception {
        assertThatThrownBy(() -> ordered(first)).hasMessageContaining("NO_CLUSTER_FOR_POOL");
        second.get(ReconcileQueue.class).start();
        register();
        await().atMost(PATIENCE).until(() -> second.get(Clusters.class).named(NEW).isPresent());
        // Only the second works: it watches, guards and delivers.
        var application = ordered(first);
        await().atMost(PATIENCE)
                .until(() -> {
                    second.get(ReconcileQueue.class).wake(first.system());
                    return state(application) == Workflow.State.DELIVERED;
                });
        await().atMost(PATIENCE)
                .until(() ->
                        second.get(ClusterRoster.class).health(NEW).status()
                                == ClusterHealth.Status.HEALTHY);
    }

    @Test
    void takesNothingNewWhileItIsCordonedOrDrainedAndWhatIsThereStays() throws Exception {
        register();
        await().atMost(PATIENCE).until(() -> first.get(Clusters.class).named(NEW).isPresent());
        first.get(ReconcileQueue.class).start();
        var application = ordered(first);
        await().atMost(PATIENCE).until(() -> state(application) == Workflow.State.DELIVERED);
        for (var kind : List.of(ClusterCommand.Kind.CORDON, ClusterCommand.Kind.DRAIN)) {
            say(kind);
            assertThatThrownBy(() -> ordered(first))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("NO_CLUSTER_FOR_POOL"));
        }
        first.get(ReconcileQueue.class).sweep();
        var occupants = first.get(ClusterOccupants.class);
        assertThat(occupants.list(NEW, io.yuntai.onboarding.PageQuery.FIRST).items())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.code()).isEqualTo(code);
                    assertThat(one.empty()).isTrue();
                });
        assertThat(occupants.progress(NEW)).isEqualTo(new ClusterOccupants.Progress(1, 1, 0));
        say(ClusterCommand.Kind.UNCORDON);
        assertThat(ordered(first).cluster()).contains(NEW);
    }

    @Test
    void aCordonedClusterThatIsAskedForSaysSo() throws Exception {
        register();
        await().atMost(PATIENCE).until(() -> first.get(Clusters.class).named(NEW).isPresent());
        var submitted = first.submitted(applicant, 1);
        say(ClusterCommand.Kind.CORDON);
        assertThatThrownBy(() -> first.approvals().approve(submitted.id(), Optional.of(NEW)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.code())
                                        .isIn("CLUSTER_CORDONED", "NO_CLUSTER_FOR_POOL"));
    }

    @Test
    void isDeregisteredOnlyWhenNothingIsThereAndThenEveryServerLeavesIt() throws Exception {
        register();
        for (var server : List.of(first, second)) {
            await().atMost(PATIENCE).until(() -> server.get(Clusters.class).named(NEW).isPresent());
            server.get(ReconcileQueue.class).start();
        }
        var application = ordered(first);
        await().atMost(PATIENCE).until(() -> state(application) == Workflow.State.DELIVERED);
        var ends = first.get(ClusterDeregistrations.class);
        assertThatThrownBy(() -> ends.deregister(operator, UUID.randomUUID(), NEW, "退役"))
                .isInstanceOfSatisfying(
                        ClusterDeregistrations.Occupied.class,
                        occupied ->
                                assertThat(occupied.remaining())
                                        .isEqualTo(new ClusterDeregistrations.Remaining(0, 1, 1)));
        assertThatThrownBy(() -> ends.release(operator, UUID.randomUUID(), NEW, "退役"))
                .hasMessageContaining("ILLEGAL_TRANSITION");

        say(ClusterCommand.Kind.DRAIN);
        var release = UUID.randomUUID();
        assertThat(ends.release(operator, release, NEW, "退役")).isEqualTo(1);
        assertThat(ends.release(operator, release, NEW, "退役")).isZero();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    first.later(Duration.ofMinutes(1));
                    first.get(ReconcileQueue.class).wake(first.system());
                    return first.committedCpu() == 0;
                });
        var id = UUID.randomUUID();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ClusterDeregistrations.Occupied.class)
                .untilAsserted(() ->
                        assertThat(ends.deregister(operator, id, NEW, "退役").namespaces())
                                .isEqualTo(1));
        assertThat(ends.deregister(operator, id, NEW, "退役").namespaces()).isEqualTo(1);
        assertThatThrownBy(() -> ends.deregister(operator, id, NEW, "别的理由"))
                .hasMessageContaining("ID_REUSED");
        assertThat(first.audited())
                .filteredOn(one -> one.action().equals("cluster.deregister"))
                .hasSize(1);
        for (var server : List.of(first, second)) {
            await().atMost(PATIENCE).until(() -> server.get(Clusters.class).named(NEW).isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(Thread.getAllStackTraces().keySet())
                                    .noneMatch(thread -> thread.getName().equals("watch-" + NEW)));
        }
        assertThatThrownBy(() -> ordered(first)).hasMessageContaining("NO_CLUSTER_FOR_POOL");
        assertThat(first.get(ClusterObservations.class).of(NEW).all()).isEmpty();

        // Registered again it is read first, and then as any other.
        register();
        await().atMost(PATIENCE).until(() -> first.get(Clusters.class).named(NEW).isPresent());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    first.get(ReconcileQueue.class).sweep();
                    assertThat(ordered(first).cluster()).contains(NEW);
                });
    }

    @Test
    void howItIsIsTheSameWhicheverServerIsAskedAndWhatIsOldIsSaidToBeOld() throws Exception {
        register();
        for (var server : List.of(first, second)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        var met = server.get(ClusterObservations.class).of(NEW);
                        assertThat(met.stale()).isFalse();
                        assertThat(met.all())
                                .hasSize(2)
                                .extracting(ClusterObservation::server)
                                .doesNotHaveDuplicates();
                        assertThat(met.all())
                                .allSatisfy(one ->
                                        assertThat(one.health().status())
                                                .isNotEqualTo(ClusterHealth.Status.UNKNOWN));
                    });
        }
        second.get(ClusterRoster.class).stop();
        first.get(ClusterRoster.class).stop();
        first.later(Duration.ofMinutes(1));
        var met = first.get(ClusterObservations.class).of(NEW);
        assertThat(met.stale()).isTrue();
        assertThat(met.all()).hasSize(2).allMatch(one -> one.isStale(first.now()));
        first.get(ClusterRoster.class).start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    var again = first.get(ClusterObservations.class).of(NEW);
                    assertThat(again.stale()).isFalse();
                    assertThat(again.all()).filteredOn(one -> one.isStale(first.now())).hasSize(1);
                });
    }

    private void register() throws Exception {
        var registrations = first.get(ClusterRegistrations.class);
        var looked =
                registrations.look(
                        NEW,
                        Files.readString(TestCluster.shared().kubeconfig()),
                        Set.of(Onboarding.POOL, Onboarding.DOMESTIC));
        assertThat(looked.inspection().checks())
                .as("pods of two pools, and nothing pins them")
                .anySatisfy(check -> assertThat(check.code()).isEqualTo("PODS_NOT_PINNED"));
        assertThat(looked.inspection().passed()).isTrue();
        var _ =
                registrations.register(
                        operator, new Draft(NEW, "新集群", Set.of(Onboarding.POOL)), looked);
    }

    private void say(ClusterCommand.Kind kind) {
        var _ =
                first.get(ClusterCommands.class)
                        .say(operator, UUID.randomUUID(), NEW.value(), kind, "维护");
    }

    private Application ordered(Onboarding at) {
        var order =
                new Order(
                        at.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Namespace(1, 1, 1, "ssd")));
        var submitted = at.submitted(applicant, order);
        return at.approved(submitted);
    }

    private Workflow.State state(Application application) {
        return first.get(Applications.class).get(operator, application.id()).application().state();
    }
}
