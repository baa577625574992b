package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.namespace.Finding;
import io.yuntai.onboarding.namespace.FindingFilter;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reconcile.SystemReconciler;
import io.yuntai.onboarding.reconcile.Turn;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on a real cluster and not in the register: shown, and left alone. */
class FindingsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String other = "old-" + UUID.randomUUID().toString().substring(0, 12);
    private KubernetesClient hand;
    private Onboarding onboarding;

    @BeforeEach
    void aClusterOnWhichSomethingStood() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        onboarding =
                Onboarding.of(
                        "o" + other.substring(4),
                        Fabric8Cluster.connect(new ClusterName("real"), kubeconfig));
        hand.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(other)
                                .endMetadata()
                                .build())
                .create();
        hand.resource(machine("legacy-1")).create();
    }

    @AfterEach
    void stop() {
        onboarding.get(ReconcileQueue.class).stop();
        hand.namespaces().withName(other).delete();
        hand.close();
        onboarding.close();
    }

    @Test
    void whatNobodyManagesIsReportedWithItsMachinesAndLeftAsItIs() {
        var before = version();
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE).until(() -> looked().size() == 2);
        assertThat(findings()).allMatch(one -> one.kind() == Finding.Kind.UNMANAGED);
        var namespace = findings().getFirst();
        assertThat(namespace.host()).isEmpty();
        assertThat(namespace.hosts()).isEqualTo(1);
        assertThat(namespace.vcpu()).isEqualTo(2);
        assertThat(namespace.memoryBytes()).isEqualTo(4L << 30);
        assertThat(findings().getLast().host()).hasValue("legacy-1");
        assertThat(version()).isEqualTo(before);
        var since = namespace.since();
        hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(other)
                .withName("legacy-1")
                .delete();
        await().atMost(PATIENCE).until(() -> looked().size() == 1);
        assertThat(findings().getFirst().since()).isEqualTo(since);
        assertThat(findings().getFirst().hosts()).isZero();
    }

    @Test
    void whatBearsOurLabelAndIsUnknownIsAnOrphanAndIsNotDeleted() {
        hand.namespaces()
                .withName(other)
                .edit(n ->
                        new NamespaceBuilder(n)
                                .editMetadata()
                                .addToLabels("yuntai.io/managed", "true")
                                .endMetadata()
                                .build());
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(looked())
                                .anyMatch(one ->
                                        one.kind() == Finding.Kind.ORPHAN && one.host().isEmpty()));
        onboarding.get(ReconcileQueue.class).sweep();
        assertThat(hand.namespaces().withName(other).get().getMetadata().getDeletionTimestamp())
                .isNull();
    }

    /** As after a restore of etcd, or when somebody copies a machine with its labels. */
    @Test
    void whatComesBackOrIsCopiedIsNotTheHostThatItIsLabelledWith() {
        var submitted = onboarding.submitted(onboarding.person("staff"), 2);
        onboarding.approved(submitted);
        await().atMost(PATIENCE)
                .until(() -> {
                    var _ = Turn.take(onboarding.get(SystemReconciler.class), onboarding.system());
                    return hosts().stream()
                            .allMatch(host -> host.plan().life() == HostLife.State.TRIAL);
                });
        var gone = hosts().getFirst();
        String in = gone.namespace();
        var copy = machine("copy");
        copy.getMetadata().setLabels(labels(hosts().getLast()));
        hand.resource(copy).create();
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(looked())
                                .extracting(one -> one.host().orElse(""), Finding::kind)
                                .containsExactly(
                                        tuple("", Finding.Kind.UNMANAGED),
                                        tuple("copy", Finding.Kind.ORPHAN),
                                        tuple("legacy-1", Finding.Kind.UNMANAGED)));
        assertThat(all(in)).isEmpty();
        // As if it had been destroyed: what is there of it has come back.
        onboarding
                .jdbc()
                .sql(
                        "update host set life = 'DESTROYED', given_up = true, running = false where id = ?")
                .param(gone.id().value())
                .update();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(looked(in))
                                .extracting(
                                        one -> one.host().orElse(""), one -> one.disk().orElse(""))
                                .containsExactlyInAnyOrder(
                                        tuple(gone.name(), ""), tuple("", gone.name())));
        hand.namespaces().withName(in).delete();
    }

    private static Map<String, String> labels(Host host) {
        return Map.of("yuntai.io/managed", "true", "yuntai.io/host", host.id().toString());
    }

    private List<Host> hosts() {
        return onboarding.get(Hosts.class).of(onboarding.system());
    }

    private List<Finding> looked(String in) {
        var _ = looked();
        return all(in);
    }

    @Test
    void theClustersOwnNamespacesAreNobodysToTakeOver() {
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE).until(() -> !looked().isEmpty());
        assertThat(all(""))
                .extracting(one -> one.namespace().value())
                .doesNotContain("default", "kube-system", "kube-public", "kube-node-lease");
    }

    private String version() {
        return hand.namespaces().withName(other).get().getMetadata().getResourceVersion();
    }

    /** As of a look that is due and may still be under way. */
    private List<Finding> looked() {
        onboarding.later(Duration.ofMinutes(6));
        onboarding.get(ReconcileQueue.class).sweep();
        return findings();
    }

    private List<Finding> findings() {
        return all(other);
    }

    private List<Finding> all(String q) {
        return onboarding
                .get(Findings.class)
                .list(
                        new PageQuery(200, Optional.empty(), Optional.empty(), q),
                        new FindingFilter(Optional.of("real"), Optional.empty()))
                .items();
    }

    private GenericKubernetesResource machine(String name) {
        var machine = new GenericKubernetesResource();
        machine.setApiVersion("kubevirt.io/v1");
        machine.setKind("VirtualMachine");
        machine.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(other).build());
        machine.setAdditionalProperty(
                "spec",
                Map.of(
                        "runStrategy",
                        "Always",
                        "template",
                        Map.of(
                                "spec",
                                Map.of(
                                        "domain",
                                        Map.of(
                                                "cpu", Map.of("cores", 2),
                                                "memory", Map.of("guest", "4Gi"),
                                                "devices", Map.of())))));
        return machine;
    }
}
