package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.kubernetes.UnreachableCluster;
import io.yuntai.onboarding.ledger.ClusterCommand;
import io.yuntai.onboarding.ledger.ClusterCommands;
import io.yuntai.onboarding.ledger.ClusterCover;
import io.yuntai.onboarding.ledger.ClusterState;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.LostClusters;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.ObservedLease;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real cluster that goes on running what it has, whatever becomes of us or is said of it. */
class LostClustersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ClusterName REAL = new ClusterName("real");
    private static final ClusterName OTHER = new ClusterName("other");

    private Fabric8Cluster real;
    private KubernetesClient tenant;
    private Onboarding onboarding;
    private Applications applications;
    private Actor applicant;
    private Actor approver;
    private Actor colleague;

    @BeforeEach
    void aNamespaceOf4Vcpu() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        real = Fabric8Cluster.connect(REAL, kubeconfig);
        tenant =
                new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        String code = "l" + UUID.randomUUID().toString().substring(0, 12);
        onboarding = Onboarding.of(code, real, UnreachableCluster.named(OTHER.value()));
        applications = onboarding.get(Applications.class);
        applicant = onboarding.person("applicant");
        approver = onboarding.person("approver");
        colleague = onboarding.person("colleague");
        var application = ordered(new Item.Namespace(4, 8, 20, "ssd"), REAL);
        reconcileUntilDelivered(application);
    }

    @AfterEach
    void stop() {
        tenant.close();
        try (var again = onboarding) {
            var _ = real.deleteNamespace(namespace());
            assertThat(again).isNotNull();
        }
    }

    @Test
    void withTheControlPlaneDownPodsWithinTheLeaseStartAndThoseBeyondAreRefusedByTheCluster() {
        assertThat(real.guard()).isEqualTo(new ApplyOutcome.Applied());
        // Nothing of ours runs: no queue was started, and the database is gone as well.
        onboarding.closeDatabase();
        createPod("one", 3);
        assertThatThrownBy(() -> createPod("two", 2))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("exceeded quota: yuntai");
        createPod("three", 1);
        var api = tenant.admissionRegistration().v1();
        assertThat(api.validatingWebhookConfigurations().list().getItems()).isEmpty();
        assertThat(api.mutatingWebhookConfigurations().list().getItems()).isEmpty();
    }

    @Test
    void aFencedClusterStaysChargedIsNotWrittenToAndGetsNothingNew() {
        say(ClusterCommand.Kind.FENCE, approver);
        assertThat(onboarding.committedCpu()).isEqualTo(4000);
        tenant.namespaces()
                .withName(namespace().value())
                .edit(found -> {
                    found.getMetadata().getLabels().remove("yuntai.io/lease");
                    return found;
                });
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        !tenant.resourceQuotas()
                                .inNamespace(namespace().value())
                                .withName("yuntai")
                                .delete()
                                .isEmpty());
        Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
        assertThat(observed()).isEmpty();
        assertThat(lease().account().charged().get(Resource.CPU)).isEqualTo(4000);
        // A namespace without a lease: the guards are all that stands there now.
        assertThat(ordered(new Item.Namespace(1, 1, 1, "ssd"), null).cluster()).contains(OTHER);
        assertThatThrownBy(() -> ordered(new Item.Namespace(1, 1, 1, "ssd"), REAL))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("CLUSTER_NOT_OF_POOL"));
        say(ClusterCommand.Kind.READMIT, colleague);
        await().atMost(PATIENCE)
                .until(() -> {
                    Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return observed()
                            .filter(seen -> seen.statusHard().get(Resource.CPU) == 4000)
                            .isPresent();
                });
    }

    @Test
    void whatIsWrittenOffIsFreeAndWhatComesBackIsChargedAsFarAsItFitsAndADebtBeyond() {
        createPod("one", 3);
        say(ClusterCommand.Kind.FENCE, approver);
        assertThatThrownBy(() -> say(ClusterCommand.Kind.WRITE_OFF, approver))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("SEPARATION_OF_DUTIES"));
        say(ClusterCommand.Kind.WRITE_OFF, colleague);
        assertThatThrownBy(() -> say(ClusterCommand.Kind.READMIT, approver))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("WRITE_OFF_UNFINISHED"));
        assertThat(lost().credit(REAL.value())).isTrue();
        assertThat(onboarding.committedCpu()).isZero();
        assertThat(cover().committed()).isEqualTo(Amounts.NONE);

        // The bureau believes it and gives 18 of the unit's 20 vCPU to others.
        ordered(new Item.Namespace(18, 8, 20, "ssd"), OTHER);
        assertThat(onboarding.committedCpu()).isEqualTo(18_000);

        say(ClusterCommand.Kind.READMIT, approver);
        Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
        assertThat(lease().account().charged()).isEqualTo(Amounts.NONE);
        assertThat(lost().readmit(real)).isTrue();
        assertThat(cover().state()).isEqualTo(ClusterState.ACTIVE);
        assertThat(lease().account().charged().get(Resource.CPU)).isEqualTo(2000);
        assertThat(onboarding.committedCpu()).isEqualTo(20_000);

        // It may use no more than is left; what it runs stays, and is shown as a debt.
        await().atMost(PATIENCE)
                .until(() -> {
                    Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return observed()
                            .filter(seen -> seen.statusHard().get(Resource.CPU) == 2000)
                            .isPresent();
                });
        await().atMost(PATIENCE)
                .until(() -> {
                    Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return cover().debt().get(Resource.CPU) == 1000;
                });
        assertThatThrownBy(() -> createPod("two", 1))
                .hasMessageContaining("exceeded quota: yuntai");
    }

    private void say(ClusterCommand.Kind kind, Actor actor) {
        var _ =
                onboarding
                        .get(ClusterCommands.class)
                        .say(actor, UUID.randomUUID(), REAL.value(), kind, "机房失火");
    }

    private LostClusters lost() {
        return new LostClusters(onboarding.get(Leases.class), Clock.systemUTC());
    }

    private ClusterCover cover() {
        return onboarding.get(ClusterCommands.class).cover(REAL.value()).orElseThrow();
    }

    private Application ordered(Item item, ClusterName cluster) {
        var order = new Order(onboarding.system(), Onboarding.POOL, "测试", 12, List.of(item));
        var submitted = onboarding.submitted(applicant, order);
        return onboarding.approvals().approve(submitted.id(), Optional.ofNullable(cluster));
    }

    private void reconcileUntilDelivered(Application application) {
        await().atMost(PATIENCE)
                .until(() -> {
                    Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return applications.get(approver, application.id()).application().state()
                            == Workflow.State.DELIVERED;
                });
    }

    private Lease lease() {
        return onboarding.get(Leases.class).of(onboarding.system()).stream()
                .filter(lease -> lease.cluster().equals(REAL.value()))
                .findAny()
                .orElseThrow();
    }

    private Optional<ObservedLease> observed() {
        return switch (real.lease(namespace())) {
            case Reading.Read<Optional<ObservedLease>>(var found) -> found;
            case Reading.Unreachable<Optional<ObservedLease>>(var why) ->
                    throw new AssertionError(why);
        };
    }

    private NamespaceName namespace() {
        return new NamespaceName(onboarding.code() + "-extranet-o");
    }

    private void createPod(String name, int vcpu) {
        var _ =
                tenant.resource(
                                new PodBuilder()
                                        .withNewMetadata()
                                        .withName(name)
                                        .withNamespace(namespace().value())
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .withName("main")
                                        .withImage("registry.example/nothing:1")
                                        .withNewResources()
                                        .addToRequests("cpu", new Quantity("" + vcpu))
                                        .addToRequests("memory", new Quantity("1Gi"))
                                        .endResources()
                                        .endContainer()
                                        .endSpec()
                                        .build())
                        .create();
    }
}
