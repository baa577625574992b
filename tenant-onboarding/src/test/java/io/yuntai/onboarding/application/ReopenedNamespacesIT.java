package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.ledger.Tenure;
import io.yuntai.onboarding.namespace.Finding;
import io.yuntai.onboarding.namespace.FindingFilter;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.onboarding.reconcile.Learning;
import io.yuntai.onboarding.reconcile.LeaseKeeper;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.testkit.TestCluster;
import io.yuntai.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A namespace that was handed back, and that a real cluster has all the same: after a restore of
 * the ledger, or of the cluster. Its unit has 20 vCPU.
 */
class ReopenedNamespacesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ClusterName REAL = new ClusterName("real");

    private final String code = "r" + UUID.randomUUID().toString().substring(0, 12);
    private String kubeconfig = "";
    private KubernetesClient hand;
    private Onboarding onboarding;
    private Namespace namespaceAsItStood;
    private ResourceQuota leaseAsItStood;

    @BeforeEach
    void aNamespaceOf8VcpuThatWasHandedBackAndIsGone() throws IOException {
        kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        onboarding = Onboarding.of(code, real());
        ordered(8);
        namespaceAsItStood = hand.namespaces().withName(namespace()).get();
        leaseAsItStood = hand.resourceQuotas().inNamespace(namespace()).withName("yuntai").get();
        var _ = approved(new Item.NamespaceReturn(REAL, Optional.empty()));
        turnsUntil(() -> leases().of(onboarding.system()).isEmpty());
        assertThat(hand.namespaces().withName(namespace()).get()).isNull();
        assertThat(onboarding.committedCpu()).isZero();
    }

    @AfterEach
    void stop() {
        hand.namespaces().withName(namespace()).delete();
        hand.close();
        onboarding.close();
    }

    @Test
    void whatWasOrderedThereAfterTheBackupIsChargedBeforeAnybodyElseHasIt() {
        var database = onboarding.ended();
        var backup = TestPostgres.copyOf(database);
        onboarding = Onboarding.on(database, code, real());
        onboarding.later(Duration.ofMinutes(10));
        ordered(8);
        assertThat(hard()).isEqualTo(8000);

        onboarding.close();
        onboarding = Onboarding.on(backup, code, real());
        onboarding.later(Duration.ofMinutes(20));
        assertThat(onboarding.committedCpu()).isZero();
        leases().learn(onboarding.now());
        var learning =
                new Learning(
                        leases(), onboarding.get(LeaseKeeper.class), onboarding.get(Clock.class));
        var _ = learning.pass(List.of(cluster()));
        assertThat(onboarding.committedCpu()).isEqualTo(8000);
        onboarding.later(Duration.ofSeconds(50));
        var _ = learning.pass(List.of(cluster()));
        assertThat(leases().unclaimed(REAL.value())).doesNotContain(namespace());
        // What else stands there is of other tests.
        leases().learnt();
        assertThat(lease().tenure()).isEqualTo(Tenure.FOUND);
        assertNothingFitsBeside();

        turnsUntil(() -> onboarding.committedCpu() == 0);
        assertThat(hard()).isZero();
        assertThat(found()).containsExactly(Finding.Kind.ORPHAN);
        // It is as before once it is ordered again.
        ordered(2);
        assertThat(hard()).isEqualTo(2000);
        assertThat(lease().tenure()).isEqualTo(Tenure.HELD);
        assertThat(found()).isEmpty();
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    @Test
    void whatARestoreOfTheClusterBringsBackIsChargedPutRightAndListedUntilItIsGone() {
        comesBack(namespaceAsItStood);
        comesBack(leaseAsItStood);
        await().atMost(PATIENCE).until(() -> hard() == 8000);

        assertThat(unsettled()).isTrue();
        assertThat(onboarding.audited())
                .filteredOn(audited -> audited.action().equals("lease.reopened"))
                .singleElement()
                .satisfies(audited ->
                        assertThat(audited.target()).isEqualTo("lease/real/" + namespace()));
        var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
        assertThat(onboarding.committedCpu()).isEqualTo(8000);
        assertNothingFitsBeside();

        turnsUntil(() -> onboarding.committedCpu() == 0);
        assertThat(hard()).isZero();
        assertThat(found()).containsExactly(Finding.Kind.ORPHAN);
        assertThat(unsettled()).isFalse();
        assertThat(hand.namespaces().withName(namespace()).get().getMetadata())
                .satisfies(there -> assertThat(there.getDeletionTimestamp()).isNull());

        // Who has looked at it deletes it, and we do not make it again.
        hand.namespaces().withName(namespace()).delete();
        await().atMost(PATIENCE).until(() -> hand.namespaces().withName(namespace()).get() == null);
        assertThat(unsettled()).isTrue();
        turnsUntil(() -> leases().of(onboarding.system()).isEmpty());
        assertThat(hand.namespaces().withName(namespace()).get()).isNull();
        assertThat(unsettled()).isFalse();
        assertThat(found()).isEmpty();
    }

    @Test
    void whoeverDeletesItBeforeItWasLookedAtLeavesNothingBehind() {
        comesBack(namespaceAsItStood);
        comesBack(leaseAsItStood);
        assertThat(unsettled()).isTrue();
        hand.namespaces().withName(namespace()).delete();
        await().atMost(PATIENCE).until(() -> hand.namespaces().withName(namespace()).get() == null);
        turnsUntil(() -> leases().of(onboarding.system()).isEmpty());
        assertThat(hand.namespaces().withName(namespace()).get()).isNull();
        assertThat(onboarding.committedCpu()).isZero();
    }

    /** As an etcd of before has it; only that the API server gives it another uid. */
    private void comesBack(HasMetadata stood) {
        var meta = stood.getMetadata();
        stood.setMetadata(
                new ObjectMetaBuilder()
                        .withName(meta.getName())
                        .withNamespace(meta.getNamespace())
                        .withLabels(meta.getLabels())
                        .withAnnotations(meta.getAnnotations())
                        .build());
        hand.resource(stood).create();
    }

    private void assertNothingFitsBeside() {
        var order =
                new Order(
                        onboarding.systems().getLast(),
                        Onboarding.POOL,
                        "测试",
                        12,
                        List.of(new Item.Namespace(13, 8, 20, "ssd")));
        var id = new ApplicationId(UuidCreator.getTimeOrderedEpoch());
        assertThat(onboarding.get(Applications.class).submit(somebody(), id, order))
                .isInstanceOf(Submission.TooLarge.class);
    }

    private Actor somebody() {
        return onboarding.approvals().person("staff");
    }

    private void ordered(int vcpu) {
        var application = approved(new Item.Namespace(vcpu, 8, 20, "ssd"));
        turnsUntil(() ->
                onboarding
                                .get(Applications.class)
                                .get(somebody(), application.id())
                                .application()
                                .state()
                        == Workflow.State.DELIVERED);
    }

    private Application approved(Item item) {
        return onboarding.approved(onboarding.submitted(somebody(), onboarding.order(item)));
    }

    /** The clock goes on, for what is credited has to have been seen for a while. */
    private void turnsUntil(BooleanSupplier done) {
        await().atMost(PATIENCE)
                .until(() -> {
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    onboarding.later(Duration.ofSeconds(20));
                    return done.getAsBoolean();
                });
    }

    /** Whether a sweep finds something to do for it. */
    private boolean unsettled() {
        return onboarding.get(Sweep.class).lookThrough(cluster()).contains(onboarding.system());
    }

    private List<Finding.Kind> found() {
        onboarding.later(Duration.ofMinutes(6));
        var _ = onboarding.get(Sweep.class).lookThrough(cluster());
        return onboarding
                .get(Findings.class)
                .list(
                        new PageQuery(200, Optional.empty(), Optional.empty(), namespace()),
                        new FindingFilter(Optional.of(REAL.value()), Optional.empty()))
                .items()
                .stream()
                .map(Finding::kind)
                .toList();
    }

    private long hard() {
        return Optional.ofNullable(
                        hand.resourceQuotas().inNamespace(namespace()).withName("yuntai").get())
                .map(ResourceQuota::getStatus)
                .flatMap(status -> Optional.ofNullable(status.getHard()))
                .flatMap(hard -> Optional.ofNullable(hard.get("requests.cpu")))
                .map(cpu -> cpu.getNumericalAmount().movePointRight(3).longValueExact())
                .orElse(-1L);
    }

    private Lease lease() {
        return leases().of(onboarding.system()).getFirst();
    }

    private Leases leases() {
        return onboarding.get(Leases.class);
    }

    private Cluster cluster() {
        return onboarding.get(Clusters.class).named(REAL).orElseThrow();
    }

    private Cluster real() {
        return Fabric8Cluster.connect(REAL, kubeconfig);
    }

    private String namespace() {
        return code + "-extranet-o";
    }
}
