package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.Onboarding.Delivered;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.Cluster;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.MortalCluster;
import io.yuntai.onboarding.ledger.Lease;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.ledger.Leases;
import io.yuntai.onboarding.ledger.LedgerAudits;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftEntry;
import io.yuntai.onboarding.namespace.DriftFilter;
import io.yuntai.onboarding.namespace.DriftPart;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.namespace.Finding;
import io.yuntai.onboarding.namespace.FindingFilter;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.onboarding.reorganization.Answer;
import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.reorganization.ReorganizationId;
import io.yuntai.onboarding.reorganization.Reorganizations;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One delivery on a real API server, and what may happen to it: nothing double, nothing lost. */
class FaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ClusterName REAL = new ClusterName("real");

    private static final HostSetup WITH_A_SECRET =
            new HostSetup(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new HostSetup.FirstLogin(
                            "#cloud-config\nruncmd:\n- echo " + "a".repeat(4000) + "\n",
                            List.of()));

    private String kubeconfig = "";
    private KubernetesClient hand;
    private MortalCluster mortal;
    private long handSecond;
    private Onboarding onboarding;
    private Actor approver;
    private Application application;

    /** What is ordered; more for the test that walks through every write. */
    private Item.Hosts ordered = new Item.Hosts(1, 2, 4, 40, "ssd");

    @BeforeEach
    void anApprovedOrderOfOneHost() throws IOException {
        kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        order();
    }

    private void order() {
        order(List.of());
    }

    private void order(List<String> settings) {
        mortal = MortalCluster.connect(REAL, kubeconfig);
        onboarding =
                Onboarding.of(
                        "f" + UUID.randomUUID().toString().substring(0, 12),
                        settings,
                        mortal.cluster());
        approver = onboarding.person("approver");
        var submitted =
                onboarding.submitted(
                        onboarding.person("applicant"),
                        new Order(
                                onboarding.system(), Onboarding.POOL, "测试", 12, List.of(ordered)));
        application = onboarding.approved(submitted);
    }

    @AfterEach
    void stop() {
        onboarding.get(ReconcileQueue.class).stop();
        end();
        hand.close();
    }

    private void end() {
        hand.namespaces().withName(namespace()).delete();
        onboarding.close();
    }

    /**
     * Each write of a delivery of a namespace and two hosts, each with its disk, its user data in a
     * Secret and its machine: once it never got out, once nobody heard the answer.
     */
    @Test
    void killedAtAnyWriteOfADeliveryItEndsTheSame() {
        end();
        ordered = new Item.Hosts(2, 2, 4, 40, "ssd", WITH_A_SECRET);
        order();
        mortal.dieAt(Integer.MAX_VALUE, false);
        untilDelivered();
        assertRight();
        assertNothingRecorded();
        int writes = mortal.writes();
        // Namespace three times, policy, lease twice, defaults, two bindings, and three of each
        // host at least.
        assertThat(writes).isGreaterThanOrEqualTo(15);
        assertThat(mortal.written())
                .contains(
                        "namespaces",
                        "networkpolicies",
                        "resourcequotas",
                        "limitranges",
                        "rolebindings",
                        "secrets",
                        "persistentvolumeclaims",
                        "virtualmachines");
        for (int write = 0; write < writes; write++) {
            for (boolean before : List.of(true, false)) {
                end();
                order();
                mortal.dieAt(write, before);
                assertThatThrownBy(this::untilDelivered)
                        .as("write %d of %d", write, writes)
                        .isInstanceOf(MortalCluster.Killed.class);
                // Who takes over knows nothing of what ran before.
                mortal = MortalCluster.connect(REAL, kubeconfig);
                var heir = onboarding.another(mortal.cluster());
                onboarding.closeServer();
                onboarding = heir;
                untilDelivered();
                assertRight();
                assertNothingRecorded();
            }
        }
    }

    /** Of a machine, its user data, the namespace, its policy and its defaults. */
    @Test
    void killedAtAnyWriteOfARepairEachDeedOfAHandStandsInTheRecordOnce() {
        end();
        ordered = new Item.Hosts(1, 2, 4, 40, "ssd", WITH_A_SECRET);
        order();
        untilDelivered();
        assertThat(
                        recordedOfEachDeath(
                                "%",
                                () -> {
                                    merge(
                                            machine(),
                                            "{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"cores\":64}}}}}}");
                                    hand.secrets()
                                            .inNamespace(namespace())
                                            .withName(host().name() + "-cloudinit")
                                            .delete();
                                    merge(
                                            hand.namespaces().withName(namespace()),
                                            "{\"metadata\":{\"labels\":{\"yuntai.io/system\":\"other\"}}}");
                                    hand.network()
                                            .v1()
                                            .networkPolicies()
                                            .inNamespace(namespace())
                                            .withName("yuntai")
                                            .delete();
                                    merge(
                                            hand.limitRanges()
                                                    .inNamespace(namespace())
                                                    .withName("yuntai"),
                                            "{\"spec\":{\"limits\":[{\"type\":\"Container\",\"defaultRequest\":{\"cpu\":\"7\"}}]}}");
                                }))
                .contains(
                        "VirtualMachine /spec/template/spec/domain/cpu/cores REPAIRED",
                        "Secret  REMADE",
                        "Namespace /metadata/labels/yuntai.io~1system REPAIRED",
                        "NetworkPolicy  REMADE");
    }

    @Test
    void killedAtAnyWriteAfterAMoveNothingIsRecorded() {
        untilDelivered();
        assertThat(recordedOfEachDeath("%", moves())).isEmpty();
    }

    @Test
    void killedAtAnyWriteAfterAMoveThatIsTakenBackNothingIsRecorded() {
        untilDelivered();
        var moves = moves();
        assertThat(recordedOfEachDeath("%", 2, moves, moves)).isEmpty();
    }

    /** Each time from one unit to the other. */
    private Runnable moves() {
        var first =
                onboarding
                        .jdbc()
                        .sql("select unit from system_owner where system = ? and upper_inf(during)")
                        .param(onboarding.system().value())
                        .query((row, _) -> new UnitId(row.getObject("unit", UUID.class)))
                        .single();
        var units = new ArrayDeque<>(List.of(onboarding.otherUnit(), first));
        return () -> {
            var to = units.removeFirst();
            units.addLast(to);
            assertThat(
                            onboarding
                                    .get(Reorganizations.class)
                                    .carryOut(
                                            approver,
                                            new ReorganizationId(UuidCreator.getTimeOrderedEpoch()),
                                            new Reorganization.SystemMove(onboarding.system(), to),
                                            OptionalInt.empty(),
                                            "机构改革"))
                    .isInstanceOf(Answer.Done.class);
        };
    }

    /** The role of a binding never changes: whoever wants another makes it anew, and so do we. */
    @Test
    void killedAtAnyWriteOverABindingWhoseRoleWasRaisedThatStandsInTheRecordOnce() {
        untilDelivered();
        assertThat(
                        recordedOfEachDeath(
                                "%",
                                () -> {
                                    var bindings =
                                            hand.rbac().roleBindings().inNamespace(namespace());
                                    var raised = bindings.withName("yuntai-view").get();
                                    bindings.withName("yuntai-view").delete();
                                    raised.getRoleRef().setName("cluster-admin");
                                    raised.getMetadata().setResourceVersion(null);
                                    raised.getMetadata().setUid(null);
                                    raised.getMetadata().setManagedFields(List.of());
                                    hand.resource(raised).create();
                                }))
                .containsExactly("RoleBinding /roleRef/name REPAIRED");
    }

    @Test
    void killedAtAnyWriteOfMakingALeaseAgainItsLossStandsInTheRecordOnce() {
        untilDelivered();
        assertThat(recordedOfEachDeath("ResourceQuota", () -> toLease(lease -> lease.delete())))
                .containsOnlyOnce("ResourceQuota  REMADE");
    }

    @Test
    void killedAtAnyWriteOverALeaseThatWasEditedThatStandsInTheRecordOnce() {
        untilDelivered();
        assertThat(
                        recordedOfEachDeath(
                                "ResourceQuota",
                                () ->
                                        toLease(lease ->
                                                lease.patch(
                                                        PatchContext.of(PatchType.JSON_MERGE),
                                                        "{\"spec\":{\"hard\":{\"requests.cpu\":\"1\"}}}"))))
                .containsOnlyOnce("ResourceQuota /spec/hard REPAIRED");
    }

    @Test
    void killedAtAnyWriteOfRemovingASecondQuotaThatStandsInTheRecordOnce() {
        untilDelivered();
        assertThat(recordedOfEachDeath("ResourceQuota", 1, this::putASecondQuota, () -> {}))
                .containsOnlyOnce("ResourceQuota  REMOVED");
    }

    /** What it has let in is not counted by anybody yet, and others could be granted that room. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killedAtTheRemovalOfASecondQuotaWhatItLetInIsChargedByTheFirstSweepOfWhoeverComesNext(
            boolean before) {
        untilDelivered();
        untilRight();
        long last = lastDrift();
        putASecondQuota();
        guardAgain();
        claimUncounted(60);
        assertThat(storage()).isEqualTo(40L << 30);
        // Before it is removed it is only asked who we are.
        mortal.dieAt(1, before);
        assertThatThrownBy(this::lookThrough).isInstanceOf(MortalCluster.Killed.class);
        assertThat(isBegun()).isTrue();
        assertThat(secondQuota().get() != null).isEqualTo(before);
        assertThat(secondQuotasAudited()).isZero();
        mortal = MortalCluster.connect(REAL, kubeconfig);
        var heir = onboarding.another(mortal.cluster());
        onboarding.closeServer();
        onboarding = heir;

        var _ = lookThrough();
        assertThat(storage()).isEqualTo(100L << 30);
        var _ = lookThrough();
        assertThat(recordedSince(last, "ResourceQuota")).containsExactly("ResourceQuota  REMOVED");
        assertThat(secondQuotasAudited()).isEqualTo(1);
        assertThat(isBegun()).isFalse();
    }

    @Test
    void ofTwoWhoHavePutRightTheSameOneIsAudited() {
        untilDelivered();
        var leases = onboarding.get(Leases.class);
        var id = lease().id();
        var repair = new LeaseRepair(LeaseRepair.Kind.SECOND_QUOTA, "second {}", "-", "uid");
        leases.repairing(id, repair, Onboarding.NOW);
        leases.repaired(id, repair, Onboarding.NOW);
        leases.repaired(id, repair, Onboarding.NOW);
        assertThat(onboarding.audited())
                .filteredOn(one -> one.action().equals("lease.secondQuota"))
                .containsExactly(
                        new Audited(
                                Onboarding.NOW,
                                Optional.empty(),
                                "lease.secondQuota",
                                "lease/" + id,
                                Audited.Outcome.SUCCESS,
                                "second {} → -"));
    }

    private Set<SystemId> lookThrough() {
        var cluster = onboarding.get(Clusters.class).named(REAL).orElseThrow();
        return onboarding.get(Sweep.class).lookThrough(cluster);
    }

    private long secondQuotasAudited() {
        return onboarding.audited().stream()
                .filter(one -> one.action().equals("lease.secondQuota"))
                .count();
    }

    private io.fabric8.kubernetes.client.dsl.Resource<ResourceQuota> secondQuota() {
        return hand.resourceQuotas().inNamespace(namespace()).withName("second");
    }

    /** Whoever rules the cluster takes the guard off; the sweep has it back. */
    private void putASecondQuota() {
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
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    guard().delete();
                    return hand.resource(second).create() != null;
                });
    }

    private io.fabric8.kubernetes.client.dsl.Resource<ValidatingAdmissionPolicyBinding> guard() {
        return hand.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("yuntai-one-quota");
    }

    /** So that nothing but the removal is left to be written. */
    private void guardAgain() {
        assertThat(onboarding.get(Clusters.class).named(REAL).orElseThrow().guard())
                .isInstanceOf(Cluster.ApplyOutcome.Applied.class);
    }

    /** As two admissions that meet do: one more claim, and the quota's status as it was. */
    private void claimUncounted(int gib) {
        var quota = hand.resourceQuotas().inNamespace(namespace()).withName("yuntai");
        var before = quota.get().getStatus();
        var claim =
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("uncounted")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("ssd")
                        .withNewResources()
                        .addToRequests("storage", new Quantity(gib + "Gi"))
                        .endResources()
                        .endSpec()
                        .build();
        var much = new Quantity("900Gi");
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    quota.editStatus(found ->
                            new ResourceQuotaBuilder(found)
                                    .editStatus()
                                    .addToHard("requests.storage", much)
                                    .addToHard(
                                            "ssd.storageclass.storage.k8s.io/requests.storage",
                                            much)
                                    .endStatus()
                                    .build());
                    return hand.resource(claim).create() != null;
                });
        quota.editStatus(found -> new ResourceQuotaBuilder(found).withStatus(before).build());
    }

    @Test
    void whatWasBegunOfAHostThatIsGoneStandsInTheRecordAsLeft() {
        untilDelivered();
        untilRight();
        long last = lastDrift();
        var namespace = onboarding.get(Leases.class).of(onboarding.system()).getFirst().id();
        onboarding
                .get(Drifts.class)
                .begin(
                        DriftPart.host(namespace, UUID.randomUUID()),
                        List.of(
                                new Drift(
                                        Onboarding.NOW,
                                        namespace,
                                        "VirtualMachine",
                                        "gone",
                                        "/spec/running",
                                        "true",
                                        "false",
                                        Drift.Action.REPAIRED)));
        untilRight();
        assertThat(recordedSince(last, "%"))
                .containsExactly("VirtualMachine /spec/running REPORTED");
    }

    /** A guard stands before it, which only we and whoever has our rights can take away. */
    private void toLease(
            Function<io.fabric8.kubernetes.client.dsl.Resource<ResourceQuota>, ?> deed) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    merge(
                            hand.namespaces().withName(namespace()),
                            "{\"metadata\":{\"labels\":{\"yuntai.io/lease\":null}}}");
                    return deed.apply(
                                    hand.resourceQuotas()
                                            .inNamespace(namespace())
                                            .withName("yuntai"))
                            != null;
                });
    }

    private io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource> machine() {
        return hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(namespace())
                .withName(host().name());
    }

    private static void merge(io.fabric8.kubernetes.client.dsl.Resource<?> object, String patch) {
        var _ = object.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /**
     * Has hands do the same again and again, and whoever puts it right die at each of his writes,
     * once before and once after it took effect.
     *
     * @param kind of the objects that are looked for; {@code %}: any
     * @return what is recorded of them, the same each time
     */
    private List<String> recordedOfEachDeath(String kind, Runnable hands) {
        return recordedOfEachDeath(kind, 2, hands, () -> {});
    }

    /**
     * As above.
     *
     * @param least at least so many writes put it right
     * @param afterwards what happens after each death, before anybody takes over
     */
    private List<String> recordedOfEachDeath(
            String kind, int least, Runnable hands, Runnable afterwards) {
        untilRight();
        long last = lastDrift();
        apart(hands);
        mortal.dieAt(Integer.MAX_VALUE, false);
        untilRight();
        int writes = mortal.writes();
        var once = recordedSince(last, kind);
        assertThat(writes).isGreaterThanOrEqualTo(least);
        for (int write = 0; write < writes; write++) {
            for (boolean before : List.of(true, false)) {
                last = lastDrift();
                apart(hands);
                mortal.dieAt(write, before);
                assertThatThrownBy(this::untilRight)
                        .as("write %d of %d", write, writes)
                        .isInstanceOf(MortalCluster.Killed.class);
                afterwards.run();
                // As KubeVirt does all the time: it is another version of the same.
                merge(
                        machine(),
                        "{\"metadata\":{\"annotations\":{\"kubevirt.io/write\":\"%d%s\"}}}"
                                .formatted(write, before));
                mortal = MortalCluster.connect(REAL, kubeconfig);
                var heir = onboarding.another(mortal.cluster());
                onboarding.closeServer();
                onboarding = heir;
                untilRight();
                assertThat(recordedSince(last, kind))
                        .as("write %d of %d, before %s", write, writes, before)
                        .isEqualTo(once);
            }
        }
        return once;
    }

    /** Of two hands that do the very same only the second in which each does it tells. */
    private void apart(Runnable hands) {
        while (System.currentTimeMillis() / 1000 <= handSecond) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        hands.run();
        handSecond = System.currentTimeMillis() / 1000;
    }

    private long lastDrift() {
        return onboarding
                .jdbc()
                .sql("select coalesce(max(id), 0) from drift")
                .query(Long.class)
                .single();
    }

    private List<String> recordedSince(long last, String kind) {
        return onboarding
                .jdbc()
                .sql(
                        """
                        select concat_ws(' ', kind, field, action) from drift
                        where id > ? and kind like ? order by 1
                        """)
                .params(last, kind)
                .query(String.class)
                .list();
    }

    /** Until nobody who looks finds anything to do, or to record. */
    private void untilRight() {
        var cluster = onboarding.get(Clusters.class).named(REAL).orElseThrow();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!turn()
                || !onboarding.get(Sweep.class).lookThrough(cluster).isEmpty()
                || isBegun()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never right: " + host());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isBegun() {
        return onboarding
                .jdbc()
                .sql("select exists (select from drift_begun)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void itsNamespaceIsDeletedDuringTheDelivery() {
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return hand.namespaces().withName(namespace()).get() != null;
                });
        hand.namespaces().withName(namespace()).delete();
        untilDelivered();
        assertRight();
    }

    @Test
    void twoControlPlanesAtOnceDeliverItOnce() throws Exception {
        try (var other = MortalCluster.connect(REAL, kubeconfig)) {
            var second = onboarding.another(other.cluster());
            for (var one : List.of(onboarding, second)) {
                one.get(ReconcileQueue.class).start();
            }
            await().atMost(PATIENCE).until(() -> state() == Workflow.State.DELIVERED);
            await().atMost(PATIENCE)
                    .until(() ->
                            hand.rbac()
                                            .roleBindings()
                                            .inNamespace(namespace())
                                            .withName("yuntai-edit")
                                            .get()
                                    != null);
            second.get(ReconcileQueue.class).stop();
            onboarding.get(ReconcileQueue.class).stop();
            assertRight(onboarding.announced().size() + second.announced().size());
            second.closeServer();
        }
    }

    @Test
    void aWebhookThatRefusesIsReadOnTheNamespaceAndOnTheHost() {
        var name = refusing("true", "rolebindings", "virtualmachines");
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        turn();
                        assertThat(host().reason()).contains("broken.example.cn");
                        assertThat(
                                        onboarding
                                                .get(Namespaces.class)
                                                .list(approver, onboarding.system())
                                                .getFirst()
                                                .refusal())
                                .hasValueSatisfying(
                                        reason -> assertThat(reason).contains("broken.example.cn"));
                    });
            assertThat(state()).isEqualTo(Workflow.State.DELIVERING);
        } finally {
            lift(name);
        }
        untilDelivered();
        assertRight();
        assertNothingRecorded();
        assertThat(
                        onboarding
                                .get(Namespaces.class)
                                .list(approver, onboarding.system())
                                .getFirst()
                                .refusal())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespaces", "resourcequotas"})
    void whereTheNamespaceOrItsLeaseIsRefusedItIsPartialSaysWhyAndACancelGivesAllBack(
            String resource) {
        var name = refusing("true", resource);
        try {
            turn();
            assertThat(host().reason()).contains("broken.example.cn");
            assertThat(refusal())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("broken.example.cn"));
            assertThat(state()).isEqualTo(Workflow.State.DELIVERING);
            partial("broken.example.cn");
            assertThat(onboarding.committedCpu()).isEqualTo(2000);
            cancel(application);
            untilGivenBack();
            assertThat(refusal()).isEmpty();
        } finally {
            lift(name);
        }
    }

    @Test
    void aNamespaceOfOthersInItsPlaceIsReadAndFoundAndNothingOfItIsTouched() {
        var theirs =
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace())
                        .endMetadata()
                        .build();
        hand.resource(theirs).create();
        turn();
        assertThat(host().reason()).contains(namespace());
        assertThat(refusal()).isPresent();
        var queue = onboarding.get(ReconcileQueue.class);
        queue.start();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    // It is looked around now and then.
                    onboarding.later(Duration.ofSeconds(20));
                    queue.sweep();
                    assertThat(
                                    onboarding
                                            .get(Findings.class)
                                            .list(
                                                    PageQuery.FIRST,
                                                    new FindingFilter(
                                                            Optional.of("real"),
                                                            Optional.of(Finding.Kind.UNMANAGED)))
                                            .items())
                            .extracting(one -> one.namespace().value())
                            .contains(namespace());
                });
        queue.stop();
        partial(namespace());
        assertThat(hand.resourceQuotas().inNamespace(namespace()).list().getItems()).isEmpty();
    }

    /** Of room for containers no host can say anything. */
    @Test
    void ofAClusterThatDoesNotAnswerRoomIsPartialTooAndGivenBackWhenItIsThereAgain() {
        end();
        var code = "f" + UUID.randomUUID().toString().substring(0, 12);
        var gone =
                MortalCluster.connect(
                        REAL,
                        kubeconfig.replaceFirst("server: \\S+", "server: https://127.0.0.1:1"));
        onboarding = Onboarding.of(code, gone.cluster());
        approver = onboarding.person("approver");
        application =
                onboarding.approved(
                        onboarding.submitted(
                                onboarding.person("applicant"),
                                new Order(
                                        onboarding.system(),
                                        Onboarding.POOL,
                                        "测试",
                                        12,
                                        List.of(new Item.Namespace(2, 4, 0, "ssd")))));
        turn();
        assertThat(state()).isEqualTo(Workflow.State.DELIVERING);
        onboarding.later(Duration.ofHours(1));
        // Nobody wakes it: that it is late does.
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE).until(() -> state() == Workflow.State.PARTIAL);
        onboarding.get(ReconcileQueue.class).stop();
        assertThat(lastNote()).isEqualTo("ClusterUnreachable");
        cancel(application);
        turn();
        // It may hold what nobody has heard of.
        assertThat(onboarding.committedCpu()).isEqualTo(2000);
        mortal = MortalCluster.connect(REAL, kubeconfig);
        var heir = onboarding.another(mortal.cluster());
        onboarding.closeServer();
        onboarding = heir;
        untilGivenBack();
        assertThat(hand.namespaces().withName(namespace()).get()).isNull();
    }

    @Test
    void aHostThatNeverCameUpIsGivenBackByACancelAndTheOtherStays() {
        end();
        ordered = new Item.Hosts(2, 2, 4, 40, "ssd");
        order();
        String refused = onboarding.get(Hosts.class).of(onboarding.system()).getLast().name();
        var name = refusing("object.metadata.name == '" + refused + "'", "virtualmachines");
        try {
            untilRefused(() -> onboarding.get(Hosts.class).of(onboarding.system()).getLast());
            partial("broken.example.cn");
            cancel(application);
            untilCommitted(2000);
            assertThat(onboarding.get(Hosts.class).of(onboarding.system()))
                    .singleElement()
                    .satisfies(host -> assertThat(host.state()).isEqualTo(Host.State.RUNNING));
        } finally {
            lift(name);
        }
    }

    @Test
    void aSizeThatNeverCameIsGivenUpAndTheHostIsLeftAsItRuns() {
        untilConfirmed();
        var before = identities();
        var host = host();
        var resize = new Item.Resize(Onboarding.subject(host), new Item.Size(4, 8));
        var name = refusingUpdates("virtualmachines");
        try {
            application = ordered(resize);
            assertThat(onboarding.committedCpu()).isEqualTo(4000);
            untilRefused(this::host);
            partial("broken.example.cn");
            cancel(application);
            assertThat(host().vcpu()).isEqualTo(2);
            assertThat(host().memoryBytes()).isEqualTo(4L << 30);
            assertThat(onboarding.get(Delivered.class).metered).contains("2 vCPU, 0 data disks");
            untilCommitted(2000);
            assertThat(host().plan().life()).isEqualTo(HostLife.State.IN_USE);
            assertThat(host().plan().restarts().pending()).isFalse();
        } finally {
            lift(name);
        }
        onboarding.later(Duration.ofHours(1));
        turn();
        assertThat(host().vcpu()).isEqualTo(2);
        assertThat(identities()).isEqualTo(before);
    }

    @Test
    void aDiskThatNeverCameIsGivenUpAndNothingOfItIsLeft() {
        untilConfirmed();
        var before = identities();
        var name = refusingUpdates("virtualmachines");
        try {
            application = ordered(new Item.Disk(Onboarding.subject(host()), 30));
            untilRefused(this::host);
            assertThat(storage()).isEqualTo(70L << 30);
            assertThat(identities()).hasSize(before.size() + 1);
            partial("broken.example.cn");
            cancel(application);
            assertThat(host().plan().disks()).isEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        onboarding.later(Duration.ofMinutes(1));
                        turn();
                        assertThat(host().plan().givenUp()).isEmpty();
                        assertThat(storage()).isEqualTo(40L << 30);
                        assertThat(host().plan().life()).isEqualTo(HostLife.State.IN_USE);
                    });
        } finally {
            lift(name);
        }
        assertThat(identities()).isEqualTo(before);
    }

    @Test
    void whatIsPutRightBeforeSomethingElseIsRefusedIsRecorded() {
        untilDelivered();
        hand.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace())
                .withName("yuntai")
                .edit(policy -> {
                    policy.getSpec().setPolicyTypes(List.of("Ingress"));
                    return policy;
                });
        hand.rbac()
                .roleBindings()
                .inNamespace(namespace())
                .withName("yuntai-view")
                .edit(binding -> {
                    binding.getSubjects().removeLast();
                    return binding;
                });
        var name = refusingUpdates("rolebindings");
        try {
            onboarding.get(ReconcileQueue.class).start();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(drifts())
                                    .anySatisfy(drift -> {
                                        assertThat(drift.kind()).isEqualTo("NetworkPolicy");
                                        assertThat(drift.action()).isEqualTo(Drift.Action.REPAIRED);
                                    }));
            assertThat(drifts()).noneMatch(drift -> drift.kind().equals("RoleBinding"));
        } finally {
            lift(name);
        }
        onboarding.get(ReconcileQueue.class).sweep();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(drifts())
                                .filteredOn(drift -> drift.kind().equals("NetworkPolicy"))
                                .hasSize(1));
        await().atMost(PATIENCE)
                .until(() -> drifts().stream().anyMatch(one -> one.kind().equals("RoleBinding")));
    }

    private long storage() {
        return lease().account().charged().get(Resource.storage("ssd"));
    }

    private Application ordered(Item item) {
        return onboarding.approved(
                onboarding.submitted(
                        onboarding.person("another"),
                        new Order(onboarding.system(), Onboarding.POOL, "变更", 12, List.of(item))));
    }

    private void untilConfirmed() {
        untilDelivered();
        var _ =
                onboarding
                        .get(Deliveries.class)
                        .confirm(approver, application.id(), now().version());
    }

    private void untilRefused(Supplier<Host> host) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    turn();
                    assertThat(host.get().reason()).contains("broken.example.cn");
                });
    }

    /** After an hour. */
    private void partial(String why) {
        onboarding.later(Duration.ofHours(1));
        await().atMost(PATIENCE)
                .until(() -> {
                    turn();
                    return state() == Workflow.State.PARTIAL;
                });
        assertThat(lastNote()).contains(why);
    }

    private String lastNote() {
        return onboarding
                .get(Applications.class)
                .get(approver, application.id())
                .steps()
                .getLast()
                .note();
    }

    private void cancel(Application partial) {
        var _ =
                onboarding
                        .get(Deliveries.class)
                        .cancel(
                                onboarding.person("operator"),
                                partial.id(),
                                now().version(),
                                "不再需要");
        assertThat(state()).isEqualTo(Workflow.State.DELIVERED);
    }

    private void untilCommitted(long cpu) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    onboarding.later(Duration.ofMinutes(1));
                    turn();
                    assertThat(onboarding.committedCpu()).isEqualTo(cpu);
                });
    }

    private void untilGivenBack() {
        untilCommitted(0);
        turn();
        assertThat(turn()).isTrue();
        assertThat(onboarding.get(Hosts.class).of(onboarding.system())).isEmpty();
        assertThat(lease().account().charged().isZero()).isTrue();
        assertThat(onboarding.get(LedgerAudits.class).findings()).isEmpty();
    }

    private Optional<String> refusal() {
        return onboarding
                .get(Namespaces.class)
                .list(approver, onboarding.system())
                .getFirst()
                .refusal();
    }

    private Application now() {
        return onboarding.get(Applications.class).get(approver, application.id()).application();
    }

    private String refusing(String condition, String... resources) {
        return refusing("CREATE", condition, resources);
    }

    private String refusingUpdates(String... resources) {
        return refusing("UPDATE", "true", resources);
    }

    /** A webhook that nobody answers for: what it is asked about is refused. */
    private String refusing(String operation, String condition, String[] resources) {
        var name = "broken-" + namespace();
        hand.resource(
                        new ValidatingWebhookConfigurationBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withWebhooks(
                                        new ValidatingWebhookBuilder()
                                                .withName("broken.example.cn")
                                                .withFailurePolicy("Fail")
                                                .withSideEffects("None")
                                                .withAdmissionReviewVersions("v1")
                                                .withNewClientConfig()
                                                .withUrl("https://127.0.0.1:1/refuse")
                                                .endClientConfig()
                                                .withTimeoutSeconds(1)
                                                .withNewNamespaceSelector()
                                                .addToMatchLabels(
                                                        "kubernetes.io/metadata.name", namespace())
                                                .endNamespaceSelector()
                                                .addNewMatchCondition(condition, "which")
                                                .withRules(
                                                        new RuleWithOperationsBuilder()
                                                                .withApiGroups("*")
                                                                .withApiVersions("*")
                                                                .withOperations(operation)
                                                                .withResources(resources)
                                                                .build())
                                                .build())
                                .build())
                .create();
        return name;
    }

    private void lift(String webhook) {
        hand.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(webhook)
                .delete();
    }

    @Test
    void whereOneOfTwoHostsIsRefusedForAnHourItIsPartialAndARetryTouchesThatOneOnly() {
        end();
        ordered = new Item.Hosts(2, 2, 4, 40, "ssd");
        order();
        var hosts = onboarding.get(Hosts.class);
        String refused = hosts.of(onboarding.system()).getLast().name();
        var name = refusing("object.metadata.name == '" + refused + "'", "virtualmachines");
        List<String> before;
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        turn();
                        var both = hosts.of(onboarding.system());
                        assertThat(both.getFirst().state()).isEqualTo(Host.State.RUNNING);
                        assertThat(both.getLast().reason()).contains("broken.example.cn");
                    });
            assertThat(state()).isEqualTo(Workflow.State.DELIVERING);
            onboarding.later(Duration.ofHours(1));
            await().atMost(PATIENCE)
                    .until(() -> {
                        turn();
                        return state() == Workflow.State.PARTIAL;
                    });
            assertThat(hosts.of(onboarding.system()).getLast())
                    .satisfies(host -> {
                        assertThat(host.deliveredAt()).isEmpty();
                        assertThat(host.reason()).contains("broken.example.cn");
                    });
            before = identities();
            assertThat(before)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .anyMatch(one -> one.contains("-0001 "));
        } finally {
            lift(name);
        }
        var partial = onboarding.get(Applications.class).get(approver, application.id());
        var _ =
                onboarding
                        .get(Deliveries.class)
                        .retry(
                                onboarding.person("operator"),
                                application.id(),
                                partial.application().version(),
                                "再试一次");
        untilDelivered();
        assertRight();
        assertThat(identities()).containsAll(before);
    }

    /** Uid and generation of each machine and claim that is there. */
    private List<String> identities() {
        return Stream.concat(
                        hand
                                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                                .inNamespace(namespace())
                                .list()
                                .getItems()
                                .stream(),
                        hand
                                .persistentVolumeClaims()
                                .inNamespace(namespace())
                                .list()
                                .getItems()
                                .stream())
                .map(HasMetadata::getMetadata)
                .map(meta -> meta.getName() + " " + meta.getUid() + " " + meta.getGeneration())
                .toList();
    }

    @Test
    void anErrorOfOurOwnIsReadOnTheHostAndTheWorkGoesOn() {
        var queue = onboarding.get(ReconcileQueue.class);
        queue.start();
        mortal.dieAt(0, true);
        // Whatever else of the server looks at this cluster meanwhile dies of it, too.
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> {
                    queue.wake(onboarding.system());
                    return host().reason().equals("ReconcileFailed: Killed");
                });
        mortal.revive();
        await().dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> state() == Workflow.State.DELIVERED);
        await().atMost(PATIENCE).until(() -> queue.backlog() == 0);
        assertThat(host().reason()).isEqualTo("Running");
    }

    @Test
    void aHostThatWasDeletedByHandIsMadeAgainAndRecorded() {
        untilDelivered();
        deleteMachine();
        assertThat(turn()).isFalse();
        untilDelivered();
        assertRight();
        assertThat(drifts())
                .singleElement()
                .satisfies(drift -> {
                    assertThat(drift.kind()).isEqualTo("VirtualMachine");
                    assertThat(drift.name()).isEqualTo(host().name());
                    assertThat(drift.action()).isEqualTo(Drift.Action.REMADE);
                });
    }

    @Test
    void whereABureauWantsToLookFirstItIsOnlyReported() {
        end();
        order(List.of("yuntai.drift.deleted-hosts=REPORT"));
        untilDelivered();
        deleteMachine();
        for (int i = 0; i < 3; i++) {
            turn();
        }
        assertThat(host().state()).isEqualTo(Host.State.FAILED);
        assertThat(host().reason()).isEqualTo("DeletedByHand");
        assertThat(drifts())
                .singleElement()
                .satisfies(drift -> assertThat(drift.action()).isEqualTo(Drift.Action.REPORTED));
        assertThat(
                        hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                                .inNamespace(namespace())
                                .list()
                                .getItems())
                .isEmpty();
    }

    private void deleteMachine() {
        var machine =
                hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                        .inNamespace(namespace())
                        .withName(host().name());
        machine.delete();
        await().atMost(PATIENCE).until(() -> machine.get() == null);
    }

    private List<Drift> drifts() {
        return onboarding
                .get(Drifts.class)
                .list(approver, PageQuery.FIRST, DriftFilter.NONE)
                .items()
                .stream()
                .map(DriftEntry::drift)
                .toList();
    }

    @Test
    void ofAClusterThatWasEmptiedEverythingIsMadeAgain() {
        untilDelivered();
        var before = lease();
        // What an etcd without its data has of ours is nothing.
        hand.namespaces().withName(namespace()).delete();
        await().atMost(PATIENCE).until(() -> hand.namespaces().withName(namespace()).get() == null);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    onboarding.get(ReconcileQueue.class).start();
                    onboarding.get(ReconcileQueue.class).sweep();
                    assertRight();
                });
        assertThat(lease().granted()).isEqualTo(before.granted());
    }

    @CanIgnoreReturnValue
    private boolean turn() {
        return Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
    }

    private void untilDelivered() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!turn() || state() != Workflow.State.DELIVERED) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + state() + ": " + host());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Workflow.State state() {
        return now().state();
    }

    /** Of what was announced before a death, nobody here knows. */
    private void assertRight() {
        assertRight(ordered.count());
    }

    private void assertRight(int announced) {
        String in = namespace();
        var lease = lease();
        assertThat(onboarding.committedCpu()).isEqualTo(2000L * ordered.count());
        assertThat(announced).isEqualTo(ordered.count());
        var hosts = onboarding.get(Hosts.class).of(onboarding.system());
        assertThat(hosts)
                .hasSize(ordered.count())
                .allMatch(host -> host.state() == Host.State.RUNNING);
        var quotas = hand.resourceQuotas().inNamespace(in).list().getItems();
        assertThat(quotas).hasSize(1);
        assertThat(quotas.getFirst().getMetadata().getAnnotations())
                .containsEntry("yuntai.io/epoch", Long.toString(lease.epoch().value()));
        assertThat(hand.limitRanges().inNamespace(in).list().getItems()).hasSize(1);
        assertThat(hand.network().v1().networkPolicies().inNamespace(in).list().getItems())
                .hasSize(1);
        assertThat(hand.rbac().roleBindings().inNamespace(in).list().getItems())
                .extracting(binding -> binding.getMetadata().getName())
                .containsExactlyInAnyOrder("yuntai-edit", "yuntai-view");
        assertThat(
                        hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                                .inNamespace(in)
                                .list()
                                .getItems())
                .extracting(machine -> machine.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(hosts.stream().map(Host::name).toList());
        assertThat(hand.persistentVolumeClaims().inNamespace(in).list().getItems())
                .hasSize(ordered.count());
        assertThat(
                        hand.secrets()
                                .inNamespace(in)
                                .withLabel("yuntai.io/managed", "true")
                                .list()
                                .getItems())
                .hasSize(ordered.setup().login().userData().isEmpty() ? 0 : ordered.count());
    }

    /** Nor noted to be recorded: no hand has done anything. */
    private void assertNothingRecorded() {
        assertThat(drifts()).isEmpty();
        assertThat(isBegun()).isFalse();
    }

    private Lease lease() {
        return onboarding.get(Leases.class).of(onboarding.system()).getFirst();
    }

    private Host host() {
        return onboarding.get(Hosts.class).of(onboarding.system()).getFirst();
    }

    private String namespace() {
        return onboarding.code() + "-extranet-o";
    }
}
