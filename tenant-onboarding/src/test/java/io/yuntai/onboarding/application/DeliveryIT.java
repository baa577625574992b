package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery to a real API server, step by step, and killed at each of them. */
class DeliveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Deadly deadly;
    private Onboarding onboarding;
    private SystemReconciler reconciler;
    private Actor approver;
    private Application application;

    /** Not caught by anybody, like the end of the process. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The real cluster, until the process dies at one of its calls. */
    private static final class Deadly {
        private final Fabric8Cluster real;
        private int left = Integer.MAX_VALUE;
        private boolean before;

        Deadly(Fabric8Cluster real) {
            this.real = real;
        }

        /** Dies at the call after so many, before or after that has taken effect. */
        void dieAfter(int calls, boolean beforeItsEffect) {
            left = calls;
            before = beforeItsEffect;
        }

        Cluster cluster() {
            return (Cluster)
                    Proxy.newProxyInstance(
                            Cluster.class.getClassLoader(),
                            new Class<?>[] {Cluster.class},
                            (_, method, arguments) -> {
                                boolean dies =
                                        switch (method.getName()) {
                                            case "apply", "growOrShrink", "lease", "hosts" ->
                                                    left-- == 0;
                                            default -> false;
                                        };
                                if (dies && before) {
                                    throw new Killed();
                                }
                                try {
                                    Object answer = method.invoke(real, arguments);
                                    if (dies) {
                                        throw new Killed();
                                    }
                                    return answer;
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
        }
    }

    @BeforeEach
    void anApprovedOrderOfTwoHosts() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        deadly = new Deadly(Fabric8Cluster.connect(new ClusterName("real"), kubeconfig));
        String code = "d" + UUID.randomUUID().toString().substring(0, 12);
        onboarding = Onboarding.of(code, deadly.cluster());
        reconciler = onboarding.get(SystemReconciler.class);
        approver = onboarding.person("approver");
        var submitted = onboarding.submitted(onboarding.person("applicant"), 2);
        application = onboarding.approved(submitted);
    }

    @AfterEach
    void stop() {
        if (onboarding != null) {
            deadly.dieAfter(Integer.MAX_VALUE, false);
            deadly.real.deleteNamespace(namespace());
            onboarding.close();
        }
    }

    @Test
    void deliveredOnlyWhenTheClusterShowsTheLeaseEnforcedAndEachHostRunning() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    boolean settled = Turn.take(reconciler, onboarding.system());
                    if (state() == Workflow.State.DELIVERED) {
                        assertThat(observedOnTheCluster()).isTrue();
                    } else {
                        assertThat(state()).isEqualTo(Workflow.State.DELIVERING);
                    }
                    return settled;
                });
        assertDeliveredOnce();
    }

    /** The calls of a delivery: read the lease, make namespace and lease, read, read hosts... */
    @ParameterizedTest
    @CsvSource({
        "0, true",
        "0, false",
        "1, false",
        "2, false",
        "3, false",
        "4, false",
        "5, true",
        "5, false",
        "6, false",
        "7, false",
        "8, false"
    })
    void killedAtAnyCallItEndsTheSame(int calls, boolean beforeItsEffect) {
        deadly.dieAfter(calls, beforeItsEffect);
        assertThatThrownBy(() -> reconcileUntil(Workflow.State.DELIVERED))
                .isInstanceOf(Killed.class);
        // What runs next knows nothing of what ran before.
        reconcileUntil(Workflow.State.DELIVERED);
        Turn.take(reconciler, onboarding.system());
        assertDeliveredOnce();
    }

    @Test
    void aSecondOrderGrowsTheOneLease() {
        reconcileUntil(Workflow.State.DELIVERED);
        var second = onboarding.submitted(onboarding.person("again"), 1);
        application = onboarding.approved(second);
        deadly.dieAfter(1, false); // the write of the lease, whose answer is lost
        assertThatThrownBy(() -> Turn.take(reconciler, onboarding.system()))
                .isInstanceOf(Killed.class);
        assertThat(state()).isEqualTo(Workflow.State.DELIVERING);
        reconcileUntil(Workflow.State.DELIVERED);
        var lease = onboarding.get(Leases.class).of(onboarding.system()).getFirst();
        assertThat(lease.epoch().value()).isEqualTo(2);
        assertThat(lease.observed()).isEqualTo(lease.epoch());
        assertThat(observed().statusHard().get(Resource.HOSTS)).isEqualTo(3);
        assertThat(onboarding.announced()).hasSize(3).doesNotHaveDuplicates();
    }

    private void reconcileUntil(Workflow.State awaited) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (state() != awaited) {
            var _ = Turn.take(reconciler, onboarding.system());
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + state() + " after " + PATIENCE);
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertDeliveredOnce() {
        assertThat(state()).isEqualTo(Workflow.State.DELIVERED);
        assertThat(observedOnTheCluster()).isTrue();
        assertThat(onboarding.announced()).hasSize(2).doesNotHaveDuplicates();
        assertThat(onboarding.get(Hosts.class).of(onboarding.system()))
                .hasSize(2)
                .allSatisfy(host -> assertThat(host.state()).isEqualTo(Host.State.RUNNING));
        assertThat(
                        onboarding
                                .get(Applications.class)
                                .get(approver, application.id())
                                .steps()
                                .stream()
                                .map(Application.Step::command))
                .containsExactly(
                        Workflow.Command.SUBMIT,
                        Workflow.Command.APPROVE,
                        Workflow.Command.TO_HUMAN,
                        Workflow.Command.APPROVE,
                        Workflow.Command.APPROVE,
                        Workflow.Command.DELIVER,
                        Workflow.Command.OBSERVE);
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
    }

    private boolean observedOnTheCluster() {
        var lease = onboarding.get(Leases.class).of(onboarding.system()).getFirst();
        var hosts = deadly.real.hosts(namespace());
        return observed().epoch().equals(lease.epoch())
                && observed().statusHard().equals(lease.granted())
                && hosts instanceof Reading.Read<List<Cluster.ObservedHost>>(var seen)
                && seen.size() == 2
                && seen.stream().allMatch(Cluster.ObservedHost::running);
    }

    private ObservedLease observed() {
        return switch (deadly.real.lease(namespace())) {
            case Reading.Read<Optional<ObservedLease>>(var lease) -> lease.orElseThrow();
            case Reading.Unreachable<Optional<ObservedLease>>(var reason) ->
                    throw new AssertionError(reason);
        };
    }

    private NamespaceName namespace() {
        return new NamespaceName(
                onboarding.get(Leases.class).of(onboarding.system()).getFirst().namespace());
    }

    private Workflow.State state() {
        return onboarding
                .get(Applications.class)
                .get(approver, application.id())
                .application()
                .state();
    }
}
