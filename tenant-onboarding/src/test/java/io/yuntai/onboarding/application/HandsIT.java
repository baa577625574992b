package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody who rules a real cluster changes by hand, found and put right by the queue. */
class HandsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private KubernetesClient hand;
    private Onboarding onboarding;

    @BeforeEach
    void aNamespaceOf4VcpuThatIsLookedAfter() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        String code = "h" + UUID.randomUUID().toString().substring(0, 12);
        onboarding =
                Onboarding.of(code, Fabric8Cluster.connect(new ClusterName("real"), kubeconfig));
        var order =
                new Order(
                        onboarding.system(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Namespace(4, 8, 20, "ssd")));
        var submitted = onboarding.submitted(onboarding.person("applicant"), order);
        onboarding.approved(submitted);
        onboarding.get(ReconcileQueue.class).start();
        awaitRight();
    }

    @AfterEach
    void stop() {
        onboarding.get(ReconcileQueue.class).stop();
        hand.namespaces().withName(namespace()).delete();
        hand.close();
        onboarding.close();
    }

    @Test
    void theGuardsAreSetUp() {
        var guards = hand.admissionRegistration().v1().validatingAdmissionPolicyBindings();
        for (String name :
                List.of("yuntai-writes", "yuntai-one-quota", "yuntai-lease", "yuntai-namespaces")) {
            await().atMost(PATIENCE).until(() -> guards.withName(name).get() != null);
        }
    }

    @Test
    void whatLiesIdleIsAskedForByAnOrderThatFindsNoRoom() {
        var applicant = onboarding.person("second");
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        var applications = onboarding.get(Applications.class);
        assertThat(applications.submit(applicant, id, order(18)))
                .isInstanceOf(Submission.TooLarge.class);
        await().atMost(PATIENCE)
                .until(() -> lease().granted().get(io.yuntai.quota.Resource.CPU) < 4000);
        // Of the unit's 20 vCPU 4 lay idle: this very order fits when they are credited.
        await().atMost(PATIENCE)
                .until(() ->
                        applications.submit(applicant, id, order(18))
                                instanceof Submission.Accepted);
    }

    private Order order(int vcpu) {
        return new Order(
                onboarding.systems().getLast(),
                Onboarding.POOL,
                "测试",
                12,
                List.of(new Item.Namespace(vcpu, 8, 20, "ssd")));
    }

    @Test
    void limitsThatWereRaised() {
        edit(quota ->
                new ResourceQuotaBuilder(quota)
                        .editSpec()
                        .addToHard("requests.cpu", new Quantity("9"))
                        .endSpec()
                        .build());
        awaitAudit("lease.edited", "cpuMillis=9000", "cpuMillis=4000");
        awaitRight();
    }

    @Test
    void anEpochThatWasTakenAway() {
        spoil(Map.of());
        awaitAudit("lease.epochSpoilt", "0", "");
        awaitRight();
    }

    @Test
    void anEpochThatIsNoNumberOrOneThatCannotBe() {
        spoil(Map.of("yuntai.io/epoch", "seven"));
        awaitAudit("lease.epochSpoilt", "0", "");
        awaitRight();
        spoil(Map.of("yuntai.io/epoch", "999999999999999999"));
        awaitAudit("lease.epochSpoilt", "999999999999999999", "");
        awaitRight();
    }

    @Test
    void anEpochThatMightBeOursIsGoneBeyondAndNeverBack() {
        long before = lease().epoch().value();
        spoil(Map.of("yuntai.io/epoch", Long.toString(before + 1000)));
        await().atMost(PATIENCE).until(() -> lease().epoch().value() > before + 1000);
        onboarding.get(ReconcileQueue.class).sweep();
        awaitRight();
    }

    @Test
    void aLeaseThatWasDeleted() {
        // A guard stands before it, which only we and whoever has our rights can take away.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    hand.namespaces()
                            .withName(namespace())
                            .edit(found -> {
                                found.getMetadata().getLabels().remove("yuntai.io/lease");
                                return found;
                            });
                    return !quota().delete().isEmpty();
                });
        awaitAudit("lease.deleted", "-", "cpuMillis=4000");
        awaitRight();
    }

    @Test
    void whatIsAsItShouldBeIsNotLookedAtAgain() {
        var cluster = onboarding.get(Clusters.class).connected().getFirst();
        var sweep = onboarding.get(Sweep.class);
        await().atMost(PATIENCE).until(() -> sweep.unsettled(cluster).isEmpty());
        onboarding.get(ReconcileQueue.class).stop();
        edit(quota ->
                new ResourceQuotaBuilder(quota)
                        .editSpec()
                        .addToHard("requests.cpu", new Quantity("1"))
                        .endSpec()
                        .build());
        assertThat(sweep.unsettled(cluster)).containsExactly(onboarding.system());
        onboarding.get(ReconcileQueue.class).start();
        awaitRight();
    }

    @Test
    void aNamespaceThatWasDeleted() {
        hand.namespaces().withName(namespace()).delete();
        awaitAudit("lease.deleted", "-", "cpuMillis=4000");
        awaitRight();
    }

    @Test
    void aSecondQuota() {
        var second =
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("second")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("requests.cpu", new Quantity("100"))
                        .endSpec()
                        .build();
        // Whoever rules the cluster takes the guard off; the sweep has it back.
        var guards = hand.admissionRegistration().v1().validatingAdmissionPolicyBindings();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    guards.withName("yuntai-one-quota").delete();
                    return hand.resource(second).create() != null;
                });
        awaitAudit("lease.secondQuota", "second", "-");
        await().atMost(PATIENCE)
                .until(() ->
                        hand.resourceQuotas().inNamespace(namespace()).list().getItems().size()
                                == 1);
        onboarding.get(ReconcileQueue.class).sweep();
        await().atMost(PATIENCE).until(() -> guards.withName("yuntai-one-quota").get() != null);
        awaitRight();
    }

    private Lease lease() {
        return onboarding.get(Leases.class).of(onboarding.system()).getFirst();
    }

    private String namespace() {
        return onboarding.code() + "-extranet-o";
    }

    private Resource<ResourceQuota> quota() {
        return hand.resourceQuotas().inNamespace(namespace()).withName("yuntai");
    }

    private void edit(UnaryOperator<ResourceQuota> change) {
        var _ = quota().edit(change);
    }

    private void spoil(Map<String, String> annotations) {
        edit(quota ->
                new ResourceQuotaBuilder(quota)
                        .editMetadata()
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build());
    }

    /** The cluster enforces what is granted, at the ledger's epoch, and that alone is charged. */
    private void awaitRight() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var found = quota().get();
                    assertThat(found.getStatus().getHard())
                            .containsEntry("requests.cpu", new Quantity("4"));
                    assertThat(found.getMetadata().getAnnotations())
                            .containsEntry(
                                    "yuntai.io/epoch", Long.toString(lease().epoch().value()));
                    assertThat(lease().settled()).isTrue();
                });
    }

    private void awaitAudit(String action, String before, String after) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(onboarding.audited())
                                .anySatisfy(audited -> {
                                    assertThat(audited.action()).isEqualTo(action);
                                    assertThat(audited.target())
                                            .isEqualTo("lease/real/" + namespace());
                                    assertThat(audited.detail()).contains(before).contains(after);
                                }));
    }
}
