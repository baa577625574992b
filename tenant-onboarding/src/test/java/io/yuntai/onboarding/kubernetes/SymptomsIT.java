package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a real cluster that answers, and is not as it should be all the same. */
class SymptomsIT {

    private static final String NAME = "symptoms";
    private static final NamespaceName NAMESPACE = new NamespaceName("any");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Config config;
    private KubernetesClient admin;

    @BeforeEach
    void somebodyWhoMayDoNothing() throws IOException {
        config = Config.fromKubeconfig(Files.readString(TestCluster.shared().kubeconfig()));
        admin = new KubernetesClientBuilder().withConfig(config).build();
        var _ =
                admin.resource(
                                new ServiceAccountBuilder()
                                        .withNewMetadata()
                                        .withName(NAME)
                                        .withNamespace("default")
                                        .endMetadata()
                                        .build())
                        .create();
    }

    @AfterEach
    void nobodyIsLeft() {
        var _ = admin.rbac().clusterRoleBindings().withName(NAME).delete();
        var _ = admin.serviceAccounts().inNamespace("default").withName(NAME).delete();
        admin.close();
    }

    private Cluster cluster() {
        String token =
                admin.serviceAccounts()
                        .inNamespace("default")
                        .withName(NAME)
                        .tokenRequest(new TokenRequest())
                        .getStatus()
                        .getToken();
        return Fabric8Cluster.connect(
                new ClusterName(NAME),
                """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: somebody, user: {token: %s}}]
                contexts: [{name: test, context: {cluster: test, user: somebody}}]
                """
                        .formatted(config.getMasterUrl(), config.getCaCertData(), token));
    }

    private void allowEverything() {
        var _ =
                admin.resource(
                                new ClusterRoleBindingBuilder()
                                        .withNewMetadata()
                                        .withName(NAME)
                                        .endMetadata()
                                        .withNewRoleRef(
                                                "rbac.authorization.k8s.io",
                                                "ClusterRole",
                                                "cluster-admin")
                                        .addNewSubject("", "ServiceAccount", NAME, "default")
                                        .build())
                        .create();
    }

    private static List<Symptom.Kind> kinds(Cluster cluster) {
        return cluster.symptoms(Clock.systemUTC()).stream().map(Symptom::kind).toList();
    }

    @Test
    void aClockThatDiffersIsSaidByHowMuchUntilItAgrees() {
        allowEverything();
        try (var cluster = cluster()) {
            assertThat(cluster.lease(NAMESPACE)).isInstanceOf(Reading.Read.class);

            assertThat(cluster.symptoms(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1))))
                    .singleElement()
                    .satisfies(symptom -> {
                        assertThat(symptom.kind()).isEqualTo(Symptom.Kind.CLOCK);
                        // Told to the second.
                        assertThat(symptom.detail()).matches("-(59|60|61) s");
                    });
            assertThat(kinds(cluster)).isEmpty();
        }
    }

    @Test
    void whoeverMayDoNothingIsToldSoAndItsGuardsAndWatchesAreMissedUntilItMay() {
        try (var cluster = cluster();
                var _ = cluster.watch(_ -> {})) {
            assertThat(cluster.lease(NAMESPACE)).isInstanceOf(Reading.Unreachable.class);
            assertThat(cluster.guard()).isInstanceOf(ApplyOutcome.Rejected.class);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(kinds(cluster))
                                    .containsExactly(
                                            Symptom.Kind.FORBIDDEN,
                                            Symptom.Kind.UNGUARDED,
                                            Symptom.Kind.WATCH_BROKEN));
            assertThat(cluster.symptoms(Clock.systemUTC()))
                    .allSatisfy(symptom ->
                            assertThat(symptom.detail()).containsIgnoringCase("forbidden"));
            assertThat(cluster.reachable()).isTrue();

            allowEverything();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(cluster.guard()).isEqualTo(new ApplyOutcome.Applied());
                        // That something was missing is remembered for a while.
                        assertThat(kinds(cluster)).containsExactly(Symptom.Kind.FORBIDDEN);
                    });
        }
    }
}
