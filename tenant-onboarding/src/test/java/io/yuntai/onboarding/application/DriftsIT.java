package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Clusters;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.Grant;
import io.yuntai.onboarding.namespace.Drift;
import io.yuntai.onboarding.namespace.DriftEntry;
import io.yuntai.onboarding.namespace.DriftFilter;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.namespace.Namespaces;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.Sweep;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hands change in a namespace beside its lease: put right by the sweep, and recorded. */
class DriftsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RBAC = "rbac.authorization.k8s.io";

    private KubernetesClient hand;
    private Onboarding onboarding;

    @BeforeEach
    void aNamespaceThatIsLookedAfter() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        String code = "d" + UUID.randomUUID().toString().substring(0, 12);
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
        await().atMost(PATIENCE).until(() -> binding("yuntai-edit") != null);
        await().atMost(PATIENCE).until(this::isRight);
    }

    @AfterEach
    void stop() {
        onboarding.get(ReconcileQueue.class).stop();
        hand.namespaces().withName(namespace()).delete();
        hand.close();
        onboarding.close();
    }

    /**
     * Both see it, both put it right; it is recorded once. And again once when it happens again.
     */
    @Test
    void whatTwoServersPutRightIsRecordedOnce() throws Exception {
        onboarding.get(ReconcileQueue.class).stop();
        var other =
                onboarding.another(
                        Fabric8Cluster.connect(
                                new ClusterName("real"),
                                Files.readString(TestCluster.shared().kubeconfig())));
        try {
            var cluster = new ClusterName("real");
            for (int times = 1; times <= 2; times++) {
                hand.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace())
                        .withName("yuntai")
                        .delete();
                hand.limitRanges()
                        .inNamespace(namespace())
                        .withName("yuntai")
                        .edit(one ->
                                new LimitRangeBuilder(one)
                                        .editSpec()
                                        .editFirstLimit()
                                        .addToDefaultRequest("cpu", new Quantity("7"))
                                        .endLimit()
                                        .endSpec()
                                        .build());
                var _ =
                        Onboarding.atOnce(
                                List.of(onboarding, other).stream()
                                        .<Callable<?>>map(server ->
                                                () ->
                                                        server.get(Sweep.class)
                                                                .lookThrough(
                                                                        server.get(Clusters.class)
                                                                                .named(cluster)
                                                                                .orElseThrow()))
                                        .toList());
                await().atMost(PATIENCE).until(this::isRight);
                assertThat(drifts())
                        .extracting(Drift::kind)
                        .filteredOn(kind -> kind.equals("NetworkPolicy"))
                        .hasSize(times);
                assertThat(drifts())
                        .extracting(Drift::kind)
                        .filteredOn(kind -> kind.equals("LimitRange"))
                        .hasSize(times);
            }
        } finally {
            other.closeServer();
        }
    }

    @Test
    void aLabelThatWasChangedOrTakenAway() {
        hand.namespaces()
                .withName(namespace())
                .edit(n ->
                        new NamespaceBuilder(n)
                                .editMetadata()
                                .addToLabels("yuntai.io/zone", "internet")
                                .removeFromLabels("pod-security.kubernetes.io/enforce")
                                .addToLabels("team", "web")
                                .endMetadata()
                                .build());
        awaitDrift("Namespace", "/metadata/labels/yuntai.io~1zone", "internet", "extranet");
        awaitDrift(
                "Namespace",
                "/metadata/labels/pod-security.kubernetes.io~1enforce",
                "-",
                "baseline");
        assertThat(hand.namespaces().withName(namespace()).get().getMetadata().getLabels())
                .containsEntry("team", "web")
                .containsEntry("yuntai.io/zone", "extranet");
        assertThat(drifts()).hasSize(2);
    }

    @Test
    void theLabelByWhichItIsGoverned() {
        hand.namespaces()
                .withName(namespace())
                .edit(n ->
                        new NamespaceBuilder(n)
                                .editMetadata()
                                .removeFromLabels("yuntai.io/managed")
                                .endMetadata()
                                .build());
        awaitDrift("Namespace", "/metadata/labels/yuntai.io~1managed", "-", "true");
        await().atMost(PATIENCE).until(this::isRight);
    }

    @Test
    void defaultsThatWereChanged() {
        hand.limitRanges()
                .inNamespace(namespace())
                .withName("yuntai")
                .edit(range ->
                        new LimitRangeBuilder(range)
                                .editSpec()
                                .editFirstLimit()
                                .addToDefaultRequest("cpu", new Quantity("0"))
                                .addToMax("cpu", new Quantity("1"))
                                .endLimit()
                                .endSpec()
                                .build());
        awaitDrift("LimitRange", "/spec/limits/0/defaultRequest/cpu", "0", "100m");
        var limit =
                hand.limitRanges()
                        .inNamespace(namespace())
                        .withName("yuntai")
                        .get()
                        .getSpec()
                        .getLimits()
                        .getFirst();
        assertThat(limit.getDefaultRequest()).containsEntry("cpu", new Quantity("100m"));
        assertThat(limit.getMax()).isEmpty();
    }

    @Test
    void aHoleInTheNetwork() {
        hand.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace())
                .withName("yuntai")
                .edit(policy ->
                        new NetworkPolicyBuilder(policy)
                                .editSpec()
                                .addToEgress(new NetworkPolicyEgressRule())
                                .endSpec()
                                .build());
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    sweep();
                    assertThat(drifts())
                            .singleElement()
                            .satisfies(drift -> {
                                assertThat(drift.field()).isEqualTo("/spec/egress");
                                assertThat(drift.action()).isEqualTo(Drift.Action.REPAIRED);
                            });
                });
        await().atMost(PATIENCE).until(this::isRight);
    }

    @Test
    void whatWasDeletedIsMadeAgain() {
        hand.network().v1().networkPolicies().inNamespace(namespace()).withName("yuntai").delete();
        hand.limitRanges().inNamespace(namespace()).withName("yuntai").delete();
        hand.rbac().roleBindings().inNamespace(namespace()).withName("yuntai-view").delete();
        awaitDrift("NetworkPolicy", "", "-", "yuntai");
        awaitDrift("LimitRange", "", "-", "yuntai");
        awaitDrift("RoleBinding", "", "-", "yuntai-view");
        assertThat(drifts()).allMatch(drift -> drift.action() == Drift.Action.REMADE);
        await().atMost(PATIENCE).until(this::isRight);
    }

    @Test
    void whoWasLetInBesideAndARoleThatWasRaised() {
        hand.resource(
                        new RoleBindingBuilder(binding("yuntai-view"))
                                .editMetadata()
                                .withName("yuntai-mine")
                                .withResourceVersion(null)
                                .withUid(null)
                                .withManagedFields()
                                .endMetadata()
                                .build())
                .create();
        hand.rbac().roleBindings().inNamespace(namespace()).withName("yuntai-view").delete();
        hand.resource(
                        new RoleBindingBuilder()
                                .withNewMetadata()
                                .withName("yuntai-view")
                                .withNamespace(namespace())
                                .addToLabels("yuntai.io/managed", "true")
                                .endMetadata()
                                .withNewRoleRef(RBAC, "ClusterRole", "cluster-admin")
                                .addNewSubject(RBAC, "User", "friend", null)
                                .build())
                .create();
        awaitDrift("RoleBinding", "/roleRef/name", "cluster-admin", "view");
        await().atMost(PATIENCE).until(() -> binding("yuntai-mine") == null);
        assertThat(binding("yuntai-view").getRoleRef().getName()).isEqualTo("view");
        assertThat(drifts()).anyMatch(drift -> drift.action() == Drift.Action.REMOVED);
    }

    @Test
    void whatTheLeaseLostStandsThereToo() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    hand.namespaces()
                            .withName(namespace())
                            .edit(found -> {
                                found.getMetadata().getLabels().remove("yuntai.io/lease");
                                return found;
                            });
                    hand.resourceQuotas().inNamespace(namespace()).withName("yuntai").delete();
                });
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(drifts())
                                .anyMatch(drift ->
                                        drift.kind().equals("ResourceQuota")
                                                && drift.action() == Drift.Action.REMADE));
    }

    /** Both see it, both write it, and each deed of a hand stands there once. */
    @Test
    void aLeaseThatTwoServersPutRightIsRecordedOnce() throws Exception {
        onboarding.get(ReconcileQueue.class).stop();
        var other =
                onboarding.another(
                        Fabric8Cluster.connect(
                                new ClusterName("real"),
                                Files.readString(TestCluster.shared().kubeconfig())));
        try {
            var quotas = hand.resourceQuotas().inNamespace(namespace());
            for (int times = 1; times <= 3; times++) {
                var cpu = new Quantity(Integer.toString(8 + times));
                quotas.withName("yuntai")
                        .edit(one ->
                                new ResourceQuotaBuilder(one)
                                        .editSpec()
                                        .addToHard("requests.cpu", cpu)
                                        .endSpec()
                                        .build());
                var _ =
                        Onboarding.atOnce(
                                List.of(onboarding, other).stream()
                                        .<Callable<?>>map(server ->
                                                () ->
                                                        server.get(SystemReconciler.class)
                                                                .reconcile(onboarding.system()))
                                        .toList());
                await().atMost(PATIENCE)
                        .until(() ->
                                !quotas.withName("yuntai")
                                        .get()
                                        .getSpec()
                                        .getHard()
                                        .get("requests.cpu")
                                        .equals(cpu));
                assertThat(drifts())
                        .filteredOn(drift ->
                                drift.kind().equals("ResourceQuota")
                                        && drift.field().equals("/spec/hard"))
                        .hasSize(times)
                        .allSatisfy(drift -> {
                            assertThat(drift.before()).contains("cpuMillis=");
                            assertThat(drift.after()).contains("cpuMillis=4000");
                            assertThat(drift.where().cluster()).isEqualTo("real");
                        });
            }
        } finally {
            other.closeServer();
        }
    }

    @Test
    void whatWeOurselvesWantOtherwiseIsNoDrift() {
        var by = onboarding.person("operator");
        var namespaces = onboarding.get(Namespaces.class);
        namespaces.grant(by, onboarding.system(), Onboarding.POOL, Set.of(Grant.NODE_PORTS), "测试");
        await().atMost(PATIENCE).until(() -> labels().containsKey("yuntai.io/grant-node-ports"));
        namespaces.grant(by, onboarding.system(), Onboarding.POOL, Set.of(), "测试完毕");
        await().atMost(PATIENCE).until(() -> !labels().containsKey("yuntai.io/grant-node-ports"));
        sweep();
        assertThat(drifts()).isEmpty();
        assertThat(onboarding.audited())
                .extracting(audited -> audited.action())
                .contains("namespace.grant", "namespace.revoke");
    }

    @Test
    void aSweepThatFindsNothingChangesNothing() {
        var before = versions();
        for (int i = 0; i < 3; i++) {
            sweep();
            await().atMost(PATIENCE)
                    .until(() -> onboarding.get(ReconcileQueue.class).backlog() == 0);
        }
        assertThat(versions()).isEqualTo(before);
        assertThat(drifts()).isEmpty();
    }

    private TreeMap<String, String> versions() {
        var versions = new TreeMap<String, String>();
        for (List<? extends HasMetadata> all :
                List.of(
                        List.of(hand.namespaces().withName(namespace()).get()),
                        hand.limitRanges().inNamespace(namespace()).list().getItems(),
                        hand.rbac().roleBindings().inNamespace(namespace()).list().getItems(),
                        hand.resourceQuotas().inNamespace(namespace()).list().getItems(),
                        hand.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace())
                                .list()
                                .getItems(),
                        hand.admissionRegistration()
                                .v1()
                                .validatingAdmissionPolicies()
                                .list()
                                .getItems())) {
            all.forEach(object ->
                    versions.put(
                            object.getKind() + "/" + object.getMetadata().getName(),
                            object.getMetadata().getResourceVersion()));
        }
        return versions;
    }

    private java.util.Map<String, String> labels() {
        return hand.namespaces().withName(namespace()).get().getMetadata().getLabels();
    }

    private io.fabric8.kubernetes.api.model.rbac.RoleBinding binding(String name) {
        return hand.rbac().roleBindings().inNamespace(namespace()).withName(name).get();
    }

    private boolean isRight() {
        var policy =
                hand.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(namespace())
                        .withName("yuntai")
                        .get();
        return policy != null
                && policy.getSpec().getEgress().size() == 2
                && hand.limitRanges().inNamespace(namespace()).withName("yuntai").get() != null
                && binding("yuntai-view") != null
                && "true".equals(labels().get("yuntai.io/managed"));
    }

    private void sweep() {
        onboarding.get(ReconcileQueue.class).sweep();
    }

    private List<Drift> drifts() {
        return onboarding
                .get(Drifts.class)
                .list(
                        onboarding.person("reader-" + UUID.randomUUID()),
                        PageQuery.FIRST,
                        DriftFilter.of("real", onboarding.system()))
                .items()
                .stream()
                .map(DriftEntry::drift)
                .toList();
    }

    private void awaitDrift(String kind, String field, String before, String after) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    sweep();
                    assertThat(drifts())
                            .anySatisfy(drift -> {
                                assertThat(drift.kind()).isEqualTo(kind);
                                assertThat(drift.field()).isEqualTo(field);
                                assertThat(drift.before()).isEqualTo(before);
                                assertThat(drift.after()).isEqualTo(after);
                            });
                });
    }

    private String namespace() {
        return onboarding.code() + "-extranet-o";
    }
}
