package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real API server and its quota controller really tell of admissions. */
class AdmissionLogIT {

    /** Long enough for all that one test charges. */
    private static final Duration LIFETIME = Duration.ofSeconds(20);

    /** Longer than what clocks are taken to differ by: pods of before then are nobody's. */
    private static final Duration SHORT_LIFETIME = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Amounts NOTHING = Amounts.NONE;

    private final String namespace = "admission-" + UUID.randomUUID().toString().substring(0, 13);
    private AdmissionLog log;
    private KubernetesClient client;
    private Cluster.Watching leases;
    private Cluster.Watching pods;

    private void follow(Duration lifetime) throws IOException {
        log = new AdmissionLog(ResourceNames.DEFAULT, lifetime);
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        client =
                new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
        client.resource(
                        new ResourceQuotaBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName(Labels.LEASE_NAME)
                                .addToLabels(Labels.MANAGED, "true")
                                .endMetadata()
                                .withNewSpec()
                                .addToHard("requests.cpu", new Quantity("1000"))
                                .endSpec()
                                .build())
                .create();
        await().atMost(PATIENCE).until(() -> quota().getStatus().getHard() != null);
        leases =
                watch(
                        client.resourceQuotas().inAnyNamespace().withLabel(Labels.MANAGED, "true"),
                        log.ofLeases());
    }

    private <T extends io.fabric8.kubernetes.api.model.HasMetadata> Cluster.Watching watch(
            io.fabric8.kubernetes.client.dsl.Watchable<T> watched, ChangeWatch.Ear<T> ear) {
        return ChangeWatch.start(
                new ClusterName("real"),
                watched,
                _ -> Amounts.NONE,
                _ -> {},
                _ -> {},
                ear,
                log.longAgo());
    }

    @AfterEach
    void leave() {
        leases.close();
        if (pods != null) {
            pods.close();
        }
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    /**
     * Pods come and go faster than the quota controller can count: whatever it recounts meanwhile,
     * all that was charged is soon known to be there.
     */
    @Test
    void allThatWasChargedIsSoonKnownToBeThere() throws Exception {
        follow(LIFETIME);
        followPods();
        awaitKnown();
        var work = new ArrayList<Callable<Void>>();
        for (int creator = 0; creator < 8; creator++) {
            int number = creator;
            work.add(() -> {
                for (int i = 0; i < 30; i++) {
                    create("pod-%d-%d".formatted(number, i));
                    if (i % 3 != 0) {
                        delete("pod-%d-%d".formatted(number, i));
                    }
                }
                return null;
            });
        }
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(underway()).contains(NOTHING));
        // So it was not because the charges were too old to count.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIFETIME);
    }

    @Test
    void whatWasChargedAndNeverMadeCountsForAsLongAsARequestCanLive() throws IOException {
        follow(SHORT_LIFETIME);
        followPods();
        awaitKnown();
        create("one");
        assertThatThrownBy(() -> create("one"))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        taken -> assertThat(taken.getCode()).isEqualTo(409));
        assertThat(underway()).contains(Amounts.of(Resource.CPU, 100));
        create("another");
        await().pollDelay(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(underway()).contains(Amounts.of(Resource.CPU, 100)));
        await().atMost(SHORT_LIFETIME.plusSeconds(10))
                .untilAsserted(() -> assertThat(underway()).contains(NOTHING));
    }

    @Test
    void withoutAWatchOfPodsAllThatWasChargedCounts() throws IOException {
        follow(SHORT_LIFETIME);
        awaitKnown();
        create("one");
        assertThat(underway()).contains(Amounts.of(Resource.CPU, 100));
        followPods();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(underway()).contains(NOTHING));
    }

    @Test
    void ofALeaseThatWasMadeAnewNothingIsKnown() throws IOException {
        follow(SHORT_LIFETIME);
        awaitKnown();
        var found = quota();
        client.resource(found).delete();
        assertThat(heardAfter(found)).isEmpty();
    }

    private Optional<Amounts> heardAfter(ResourceQuota found) {
        await().atMost(PATIENCE).until(() -> log.heard(new NamespaceName(namespace)).isEmpty());
        return log.underway(found, 0, Clock.systemUTC());
    }

    private void followPods() {
        pods =
                watch(
                        client.pods().inAnyNamespace().withField("status.phase", "Pending"),
                        log.ofPods());
    }

    private void awaitKnown() {
        await().atMost(PATIENCE).until(() -> log.heard(new NamespaceName(namespace)).isPresent());
    }

    private Optional<Amounts> underway() {
        var heard = log.heard(new NamespaceName(namespace));
        return heard.isEmpty()
                ? Optional.empty()
                : log.underway(quota(), heard.getAsLong(), Clock.systemUTC());
    }

    private ResourceQuota quota() {
        return client.resourceQuotas().inNamespace(namespace).withName(Labels.LEASE_NAME).get();
    }

    private void create(String name) {
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("none")
                        .withNewResources()
                        .addToRequests("cpu", new Quantity("100m"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build();
        while (true) {
            try {
                client.resource(pod).create();
                return;
            } catch (KubernetesClientException e) {
                // Admission gives up after a few conflicts, without a charge.
                if (e.getCode() != 409
                        || String.valueOf(e.getMessage()).contains("already exists")) {
                    throw e;
                }
            }
        }
    }

    private void delete(String name) {
        client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
    }
}
