package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.kubernetes.Cluster.Reading;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
import io.yuntai.testkit.LocalKubernetes;
import io.yuntai.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Kinds that a cluster does not serve, or serves no longer. On a cluster of its own: whatever else
 * is there would be gone with the kind.
 */
class MissingKindsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PoolId POOL = PoolId.of("extranet-ordinary");
    private static final NamespaceName NAMESPACE = new NamespaceName("kinds");
    private static final long GIB = 1L << 30;

    private static LocalKubernetes server;
    private static KubernetesClient admin;
    private static Fabric8Cluster cluster;

    @BeforeAll
    static void start() throws IOException {
        if (!LocalKubernetes.canRun()) {
            throw Requirement.missing("a cluster of one's own: install Go 1.26 or later");
        }
        server = LocalKubernetes.start(LocalKubernetes.Options.forTests().withoutKwok());
        String kubeconfig = Files.readString(server.kubeconfig());
        admin = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
        InstalledKubeVirt.with(admin, 1);
        cluster = Fabric8Cluster.connect(new ClusterName("kinds"), kubeconfig);
        assertThat(
                        cluster.apply(
                                new Desired.SystemNamespace(
                                        NAMESPACE,
                                        new UnitId(UUID.randomUUID()),
                                        new SystemId(UUID.randomUUID()),
                                        POOL)))
                .isEqualTo(new ApplyOutcome.Applied());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
            admin.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void withoutVirtualMachinesAHostWaitsWithAReasonAndNothingOfItIsMade() {
        assertThat(cluster.apply(host("before", Optional.empty())))
                .isEqualTo(new ApplyOutcome.Applied());
        var kind = takeAway("virtualmachines.kubevirt.io");
        try {
            assertThat(cluster.apply(host("web", Optional.empty())))
                    .isInstanceOfSatisfying(
                            ApplyOutcome.Unknown.class,
                            later ->
                                    assertThat(later.reason())
                                            .contains("no VirtualMachine of kubevirt.io/v1"));
            assertThat(cluster.apply(host("web-2", Optional.empty())))
                    .isInstanceOf(ApplyOutcome.Unknown.class);
            assertThat(
                            admin.persistentVolumeClaims()
                                    .inNamespace(NAMESPACE.value())
                                    .withName("web-2")
                                    .get())
                    .isNull();
            // Nobody is told that a host is destroyed whose kind cannot be asked for.
            assertThat(cluster.deleteHost(NAMESPACE, "before"))
                    .isInstanceOf(ApplyOutcome.Unknown.class);
            // Nor that it is gone.
            assertThat(cluster.hosts(NAMESPACE))
                    .isInstanceOfSatisfying(
                            Reading.Unreachable.class,
                            silent ->
                                    assertThat(silent.reason())
                                            .contains("no VirtualMachine of kubevirt.io/v1"));
            var begun = new ArrayList<Difference>();
            assertThat(cluster.mend(host("before", Optional.empty()), begun::addAll).outcome())
                    .isInstanceOf(ApplyOutcome.Unknown.class);
            assertThat(begun).isEmpty();
            assertThat(read(cluster.census()).hosts(NAMESPACE)).isEmpty();
            assertThat(read(cluster.namespaces()))
                    .anyMatch(found -> found.name().equals(NAMESPACE));
            assertThat(read(cluster.measure(NAMESPACE))).isInstanceOf(Amounts.class);
            assertThat(cluster.reachable()).isTrue();
        } finally {
            putBack(kind);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(cluster.apply(host("web", Optional.empty())))
                                .isEqualTo(new ApplyOutcome.Applied()));
        assertThat(cluster.deleteHost(NAMESPACE, "web")).isEqualTo(new ApplyOutcome.Applied());
    }

    @Test
    void withoutMigrationsNobodyIsToldThatOneIsOver() {
        String name = "move-web";
        var kind = takeAway("virtualmachineinstancemigrations.kubevirt.io");
        try {
            assertThat(cluster.migration(NAMESPACE, name))
                    .isInstanceOfSatisfying(
                            Reading.Unreachable.class,
                            silent ->
                                    assertThat(silent.reason())
                                            .contains("no VirtualMachineInstanceMigration"));
        } finally {
            putBack(kind);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(cluster.migration(NAMESPACE, name))
                                .isEqualTo(new Reading.Read<>(Optional.empty())));
    }

    @Test
    void withoutInstancetypesASizeIsWrittenOutInTheHostAndAfterwardsReferredToAgain() {
        var size = Optional.of("s2-v1");
        assertThat(cluster.apply(host("sized-1", size))).isEqualTo(new ApplyOutcome.Applied());
        assertThat(isPlain("sized-1")).isFalse();
        var kind = takeAway("virtualmachineclusterinstancetypes.instancetype.kubevirt.io");
        try {
            assertThat(cluster.apply(host("sized-2", size))).isEqualTo(new ApplyOutcome.Applied());
            assertThat(isPlain("sized-2")).isTrue();
        } finally {
            putBack(kind);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(cluster.apply(host("sized-3", size)))
                            .isEqualTo(new ApplyOutcome.Applied());
                    assertThat(isPlain("sized-3")).isFalse();
                });
    }

    private static boolean isPlain(String name) {
        GenericKubernetesResource machine =
                admin.genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                        .inNamespace(NAMESPACE.value())
                        .withName(name)
                        .get();
        return machine.get("spec", "instancetype") == null
                && machine.get("spec", "template", "spec", "domain", "cpu") != null;
    }

    private static CustomResourceDefinition takeAway(String name) {
        var definition = admin.apiextensions().v1().customResourceDefinitions().withName(name);
        var kept = definition.get();
        definition.delete();
        String group = kept.getSpec().getGroup();
        String plural = kept.getSpec().getNames().getPlural();
        await().atMost(PATIENCE)
                .until(() ->
                        definition.get() == null
                                && admin.raw("/apis/" + group + "/" + version(kept) + "/" + plural)
                                        == null);
        return kept;
    }

    private static void putBack(CustomResourceDefinition kept) {
        admin.resource(
                        new CustomResourceDefinitionBuilder()
                                .withNewMetadata()
                                .withName(kept.getMetadata().getName())
                                .withAnnotations(kept.getMetadata().getAnnotations())
                                .endMetadata()
                                .withSpec(kept.getSpec())
                                .build())
                .create();
    }

    private static String version(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().getFirst().getName();
    }

    private static <T> T read(Reading<T> reading) {
        return switch (reading) {
            case Reading.Read<T>(var value) -> value;
            case Reading.Unreachable<T>(var why) -> throw new AssertionError(why);
        };
    }

    private static Desired.Host host(String name, Optional<String> size) {
        return new Desired.Host(
                NAMESPACE,
                name,
                new HostId(UUID.randomUUID()),
                2,
                4 * GIB,
                2 * GIB,
                "ssd",
                POOL,
                new HostBuild(
                        true,
                        List.of(),
                        size,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty()));
    }
}
