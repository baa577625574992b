package io.yuntai.onboarding.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.Fabric8Cluster;
import io.yuntai.onboarding.namespace.DriftFilter;
import io.yuntai.onboarding.namespace.Drifts;
import io.yuntai.onboarding.reconcile.ReconcileQueue;
import io.yuntai.onboarding.reorganization.Answer;
import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.reorganization.ReorganizationId;
import io.yuntai.onboarding.reorganization.Reorganizations;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A system with two hosts comes to another unit, on a real API server and by two servers. */
class RelabelIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ClusterName REAL = new ClusterName("real");
    private static final String UNIT = "yuntai.io/unit";

    private KubernetesClient hand;
    private Onboarding onboarding;
    private Onboarding second;

    @BeforeEach
    void twoHostsRun() throws IOException {
        String kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        hand = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        onboarding =
                Onboarding.of(
                        "r" + UUID.randomUUID().toString().substring(0, 12),
                        Fabric8Cluster.connect(REAL, kubeconfig));
        second = onboarding.another(Fabric8Cluster.connect(REAL, kubeconfig));
        var submitted = onboarding.submitted(onboarding.person("applicant"), 2);
        var _ = onboarding.approved(submitted);
        for (var server : List.of(onboarding, second)) {
            server.get(ReconcileQueue.class).start();
        }
        await().atMost(PATIENCE)
                .until(() ->
                        machines().size() == 2
                                && onboarding.get(Hosts.class).of(onboarding.system()).stream()
                                        .allMatch(host -> host.state() == Host.State.RUNNING)
                                && bindings().size() == 2);
    }

    @AfterEach
    void stop() {
        for (var server : List.of(onboarding, second)) {
            server.get(ReconcileQueue.class).stop();
        }
        hand.namespaces().withName(namespace()).delete();
        second.closeServer();
        onboarding.close();
        hand.close();
    }

    @Test
    void labelsAndGroupsAreThoseOfTheNewUnitOnceAndNoHostIsTouched() {
        var unit = onboarding.otherUnit();
        settle();
        var before = hosts();
        var bureau = onboarding.person("reorganizer");
        assertThat(
                        onboarding
                                .get(Reorganizations.class)
                                .carryOut(
                                        bureau,
                                        new ReorganizationId(UuidCreator.getTimeOrderedEpoch()),
                                        new Reorganization.SystemMove(onboarding.system(), unit),
                                        OptionalInt.empty(),
                                        "机构改革"))
                .isInstanceOf(Answer.Done.class);

        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    sweep();
                    assertThat(
                                    hand.namespaces()
                                            .withName(namespace())
                                            .get()
                                            .getMetadata()
                                            .getLabels())
                            .containsEntry(UNIT, unit.toString());
                    assertThat(groups())
                            .anyMatch(group -> group.startsWith("yuntai:unit:11440700006900002"));
                    assertThat(groups())
                            .noneMatch(group -> group.startsWith("yuntai:unit:11440700006900001"));
                });
        settle();
        var after = all();
        for (int i = 0; i < 3; i++) {
            settle();
        }
        assertThat(all()).isEqualTo(after);
        assertThat(hosts()).isEqualTo(before);
        assertThat(
                        onboarding
                                .get(Drifts.class)
                                .list(bureau, PageQuery.FIRST, DriftFilter.NONE)
                                .items())
                .isEmpty();
    }

    private void sweep() {
        for (var server : List.of(onboarding, second)) {
            server.get(ReconcileQueue.class).sweep();
        }
    }

    /** Until a sweep has been over for a while and nothing changes any more. */
    private void settle() {
        sweep();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    var before = all();
                    Thread.sleep(Duration.ofSeconds(1));
                    return all().equals(before);
                });
    }

    private List<GenericKubernetesResource> machines() {
        return hand.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(namespace())
                .list()
                .getItems();
    }

    private List<io.fabric8.kubernetes.api.model.rbac.RoleBinding> bindings() {
        return hand.rbac().roleBindings().inNamespace(namespace()).list().getItems();
    }

    private List<String> groups() {
        return bindings().stream()
                .flatMap(binding -> binding.getSubjects().stream())
                .map(io.fabric8.kubernetes.api.model.rbac.Subject::getName)
                .toList();
    }

    /** Of each machine and its disks which it is and in what version. */
    private Map<String, String> hosts() {
        return versions(
                Stream.concat(
                        machines().stream(),
                        hand
                                .persistentVolumeClaims()
                                .inNamespace(namespace())
                                .list()
                                .getItems()
                                .stream()));
    }

    private Map<String, String> all() {
        return versions(
                Stream.of(
                                machines(),
                                bindings(),
                                List.of(hand.namespaces().withName(namespace()).get()),
                                hand.network()
                                        .v1()
                                        .networkPolicies()
                                        .inNamespace(namespace())
                                        .list()
                                        .getItems(),
                                hand.limitRanges().inNamespace(namespace()).list().getItems())
                        .flatMap(List::stream));
    }

    private static Map<String, String> versions(Stream<? extends HasMetadata> objects) {
        var versions = new TreeMap<String, String>();
        objects.forEach(object ->
                versions.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getUid()
                                + "@"
                                + object.getMetadata().getResourceVersion()));
        return versions;
    }

    private String namespace() {
        return onboarding.code() + "-extranet-o";
    }
}
