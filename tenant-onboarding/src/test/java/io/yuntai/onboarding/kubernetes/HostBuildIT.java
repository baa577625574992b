package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What hosts are made of, taken by KubeVirt's own schema on a real API server without CDI. */
class HostBuildIT {

    private static final long GIB = 1L << 30;

    private static TenantNamespace at;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(NamespacePolicy.DEFAULT);
        InstalledKubeVirt.with(at.admin, 1);
    }

    @AfterAll
    static void close() {
        if (at != null) {
            InstalledKubeVirt.remove(at.admin);
            at.close();
        }
    }

    @Test
    void whereKubeVirtRequestsATenthOfAProcessorTheSizeIsWrittenOut() throws IOException {
        var kubeconfig = Files.readString(TestCluster.shared().kubeconfig());
        InstalledKubeVirt.with(at.admin, 10);
        var names =
                ResourceNames.with(
                        Map.of("gpus/a30", "requests.nvidia.com/A30, pods nvidia.com/A30, always"));
        try (var other =
                Fabric8Cluster.connect(
                        new ClusterName("real"), kubeconfig, names, NamespacePolicy.DEFAULT)) {
            var host =
                    new Desired.Host(
                            at.name,
                            "gpu-1",
                            new HostId(UUID.randomUUID()),
                            2,
                            4 * GIB,
                            2 * GIB,
                            "ssd",
                            PoolId.of("extranet-ordinary"),
                            new HostBuild(
                                    false,
                                    List.of(),
                                    Optional.of("it-plain-v1"),
                                    Optional.empty(),
                                    "",
                                    Optional.of(new HostBuild.Gpu("a30", 2)),
                                    Optional.of("net/vlan12"),
                                    Optional.empty(),
                                    Optional.of("extranet")));
            assertThat(other.apply(host)).isEqualTo(new ApplyOutcome.Applied());
        } finally {
            InstalledKubeVirt.with(at.admin, 1);
        }
        var machine = Instances.machine(at.admin, at.name, "gpu-1");
        assertThat(machine.<Object>get("spec", "instancetype")).isNull();
        Map<String, Object> spec = machine.get("spec", "template", "spec");
        assertThat(spec.get("nodeSelector"))
                .isEqualTo(Map.of("yuntai.io/processor", "ordinary", "yuntai.io/zone", "extranet"));
        assertThat(spec.get("networks"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "name",
                                        "default",
                                        "multus",
                                        Map.of("networkName", "net/vlan12"))));
        assertThat(machine.<List<?>>get("spec", "template", "spec", "domain", "devices", "gpus"))
                .hasSize(2);
        assertThat(
                        machine.<Object>get(
                                "spec", "template", "spec", "domain", "devices", "interfaces"))
                .isEqualTo(List.of(Map.of("name", "default", "bridge", Map.of())));
        assertThat(at.cluster.deleteHost(at.name, "gpu-1")).isEqualTo(new ApplyOutcome.Applied());
    }

    @Test
    void aSizeIsTheClustersOwnAndLongUserDataAreASecret() {
        String size = "it-" + UUID.randomUUID().toString().substring(0, 8) + "-v1";
        String userData = "#cloud-config\n# %s".formatted("a".repeat(HostManifests.MOST_INLINE));
        var host =
                host(
                        new HostBuild(
                                true,
                                List.of(new HostBuild.Disk(1, GIB, "ssd")),
                                Optional.of(size),
                                Optional.of(
                                        new HostBuild.Image(
                                                HostBuild.Source.REGISTRY,
                                                "registry.example.cn/os:1")),
                                userData,
                                Optional.empty(),
                                Optional.of("net/vlan12")));
        await().atMost(TenantNamespace.PATIENCE)
                .untilAsserted(() ->
                        assertThat(at.cluster.apply(host)).isEqualTo(new ApplyOutcome.Applied()));
        var machine = machine();
        String type = machine.get("spec", "instancetype", "name");
        assertThat(type).isEqualTo("yuntai-" + size);
        var made =
                at.admin
                        .genericKubernetesResources(HostManifests.INSTANCETYPES)
                        .withName("yuntai-" + size)
                        .get();
        Integer vcpu = made.get("spec", "cpu", "guest");
        assertThat(vcpu).isEqualTo(2);
        assertThat(
                        at.admin
                                .secrets()
                                .inNamespace(at.name.value())
                                .withName("web-1-cloudinit")
                                .get()
                                .getData())
                .containsKey("userdata");
        assertThat(machine.getMetadata().getAnnotations().get(Labels.NOTICE)).contains("no CDI");
        assertThat(at.cluster.deleteHost(at.name, "web-1")).isEqualTo(new ApplyOutcome.Applied());
        await().atMost(TenantNamespace.PATIENCE)
                .until(() ->
                        at.admin
                                        .secrets()
                                        .inNamespace(at.name.value())
                                        .withName("web-1-cloudinit")
                                        .get()
                                == null);
    }

    @Test
    void anImageFromAnAddressIsRefusedInWordsWhereThereIsNoCdi() {
        var host =
                host(
                        new HostBuild(
                                true,
                                List.of(),
                                Optional.empty(),
                                Optional.of(
                                        new HostBuild.Image(
                                                HostBuild.Source.HTTP, "https://x/os.qcow2")),
                                "",
                                Optional.empty(),
                                Optional.empty()));
        assertThat(at.cluster.apply(host))
                .isInstanceOfSatisfying(
                        ApplyOutcome.Rejected.class,
                        refused -> assertThat(refused.reason()).contains("no CDI"));
    }

    private static GenericKubernetesResource machine() {
        return at.admin
                .genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                .inNamespace(at.name.value())
                .withName("web-1")
                .get();
    }

    private static Desired.Host host(HostBuild build) {
        return new Desired.Host(
                at.name,
                "web-1",
                new HostId(UUID.randomUUID()),
                2,
                4 * GIB,
                2 * GIB,
                "ssd",
                PoolId.of("extranet-ordinary"),
                build);
    }
}
