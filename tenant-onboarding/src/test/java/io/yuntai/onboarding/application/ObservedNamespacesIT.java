package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.yuntai.onboarding.host.HostChanges;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.kubernetes.ObservedNamespace;
import io.yuntai.onboarding.kubernetes.ObservedNamespace.Phase;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.namespace.ObservedNamespaces;
import io.yuntai.onboarding.reconcile.NamespaceObserver;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server tells of a namespace comes into the database as it changes. */
class ObservedNamespacesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ClusterName REAL = new ClusterName("real");

    private KubernetesClient hand;
    private Onboarding onboarding;

    @BeforeEach
    void aNamespaceIsDelivered() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        onboarding =
                Onboarding.of(
                        "o" + UUID.randomUUID().toString().substring(0, 12),
                        Fabric8Cluster.connect(REAL, kubeconfig));
        var submitted = onboarding.submitted(onboarding.person("applicant"), 1);
        var _ = onboarding.approved(submitted);
        onboarding.get(NamespaceObserver.class).start();
        onboarding.get(ReconcileQueue.class).start();
        await().atMost(PATIENCE)
                .until(() -> seen().filter(one -> one.phase() == Phase.ACTIVE).isPresent());
    }

    @AfterEach
    void stop() {
        onboarding.get(NamespaceObserver.class).stop();
        onboarding.get(ReconcileQueue.class).stop();
        hand.namespaces().withName(namespace()).delete();
        onboarding.close();
        hand.close();
    }

    @Test
    void aWarningComesAtOnceIsToldOnceAndIsKeptWhenTheClusterHasForgottenIt() throws Exception {
        long position = onboarding.get(HostChanges.class).position();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        warn("one", "ReplicaSet", "web-1", "exceeded quota: yuntai, requested: pods=1", now);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(seen().orElseThrow().warnings())
                                .singleElement()
                                .isEqualTo(
                                        new ObservedNamespace.Warning(
                                                "FailedCreate",
                                                "ReplicaSet/web-1",
                                                "exceeded quota: yuntai, requested: pods=1",
                                                1,
                                                now,
                                                now)));
        var changes = onboarding.get(HostChanges.class);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(changes.since(position).namespaces())
                                .singleElement()
                                .satisfies(one ->
                                        assertThat(one.system()).isEqualTo(onboarding.system())));
        // Seen again as it was, nobody is told.
        long after = changes.position();
        onboarding
                .get(ObservedNamespaces.class)
                .observed(new LeaseId(REAL.value(), namespace()), seen().orElseThrow());
        assertThat(changes.since(after).namespaces()).isEmpty();

        hand.v1().events().inNamespace(namespace()).withName("one").delete();
        warn("two", "Pod", "x", "later", now.plusSeconds(1));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(seen().orElseThrow().warnings())
                                .extracting(ObservedNamespace.Warning::object)
                                .containsExactly("Pod/x", "ReplicaSet/web-1"));
        onboarding.later(Duration.ofHours(25));
        assertThat(seen().orElseThrow().warnings()).isEmpty();
    }

    @Test
    void ofManyWarningsTheLatestAreKeptAndNoMore() {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < 40; i++) {
            warn("w" + i, "Pod", "p" + i, "message ".repeat(100), now.minusSeconds(i));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    var warnings = seen().orElseThrow().warnings();
                    assertThat(warnings).hasSize(ObservedNamespace.MOST_WARNINGS);
                    assertThat(warnings.getFirst().object()).isEqualTo("Pod/p0");
                    assertThat(warnings.getLast().object()).isEqualTo("Pod/p9");
                    assertThat(warnings)
                            .allMatch(one -> one.message().length() <= 500 && one.times() == 1);
                });
        assertThat(
                        onboarding
                                .jdbc()
                                .sql("select count(*) from namespace_warning")
                                .query(Long.class)
                                .single())
                .isEqualTo(ObservedNamespace.MOST_WARNINGS);
    }

    @Test
    void thatItIsBeingDeletedAndIsGoneIsSeen() {
        onboarding.get(ReconcileQueue.class).stop();
        finalizers("\"example.cn/held\"");
        hand.namespaces().withName(namespace()).delete();
        await().atMost(PATIENCE).until(() -> seen().orElseThrow().phase() == Phase.TERMINATING);
        finalizers("");
        await().atMost(PATIENCE).until(() -> seen().orElseThrow().phase() == Phase.ABSENT);
    }

    /** Whatever version it has: who has begun to write it may still be at it. */
    private void finalizers(String all) {
        var _ =
                hand.namespaces()
                        .withName(namespace())
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"finalizers\": [%s]}}".formatted(all));
    }

    private void warn(String event, String kind, String name, String message, Instant at) {
        var _ =
                hand.v1()
                        .events()
                        .inNamespace(namespace())
                        .resource(
                                new EventBuilder()
                                        .withNewMetadata()
                                        .withName(event)
                                        .withNamespace(namespace())
                                        .endMetadata()
                                        .withType("Warning")
                                        .withReason("FailedCreate")
                                        .withMessage(message)
                                        .withCount(1)
                                        .withFirstTimestamp(at.toString())
                                        .withLastTimestamp(at.toString())
                                        .withNewInvolvedObject()
                                        .withKind(kind)
                                        .withName(name)
                                        .withNamespace(namespace())
                                        .endInvolvedObject()
                                        .build())
                        .create();
    }

    private Optional<ObservedNamespace> seen() {
        return onboarding.get(ObservedNamespaces.class).of(onboarding.system()).values().stream()
                .map(ObservedNamespaces.Seen::observed)
                .findFirst();
    }

    private String namespace() {
        return onboarding.code() + "-extranet-o";
    }
}
