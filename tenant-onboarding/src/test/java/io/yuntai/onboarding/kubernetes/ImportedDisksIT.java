package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.kubernetes.Cluster.ApplyOutcome;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hosts whose disk CDI fills from an image, taken by CDI's own schema on a real API server. */
class ImportedDisksIT {

    private static final long GIB = 1L << 30;

    /** Where no lease counts what is only tried. */
    private static final String ELSEWHERE = "default";

    private static TenantNamespace at;
    private static DataVolumes cdi;
    private static Fabric8Cluster cluster;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(NamespacePolicy.DEFAULT);
        cdi = new DataVolumes(at.admin);
        // Of its own, for what kinds there are is remembered.
        cluster =
                Fabric8Cluster.connect(
                        new ClusterName("real"),
                        Files.readString(TestCluster.shared().kubeconfig()));
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
        if (cdi != null) {
            cdi.close();
        }
        if (at != null) {
            at.close();
        }
    }

    @Test
    void theDisksOfBothSourcesAreAsCdiTakesThem() {
        for (var image :
                List.of(
                        new HostBuild.Image(
                                HostBuild.Source.REGISTRY, "registry.example.cn/gov/os:1"),
                        new HostBuild.Image(HostBuild.Source.HTTP, "https://x.cn/os.qcow2"))) {
            String name = "web-" + image.source().name().toLowerCase(Locale.ROOT);
            // The one before is counted until the quota's controller has seen that it is gone.
            await().atMost(TenantNamespace.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(cluster.apply(host(name, image)))
                                    .isEqualTo(new ApplyOutcome.Applied()));
            var machine = Instances.machine(at.admin, at.name, name);
            assertThat(
                            at.admin
                                    .persistentVolumeClaims()
                                    .inNamespace(at.name.value())
                                    .withName(name)
                                    .get())
                    .as("is CDI's to make")
                    .isNull();
            assertThat(machine.<Object>get("spec", "template", "spec", "volumes", 0, "dataVolume"))
                    .isEqualTo(Map.of("name", name));
            // A schema prunes what it does not know: strictly, nothing of it may be unknown.
            var _ = strictly(copy(machine), ELSEWHERE);
            var made = madeOf(machine);
            assertThat(strictly(made, ELSEWHERE).<Object>get("spec")).isEqualTo(made.get("spec"));
            assertThat(cluster.deleteHost(at.name, name)).isEqualTo(new ApplyOutcome.Applied());
        }
    }

    @Test
    void whatCdiDoesNotKnowIsRefused() {
        var wrong = cdi.of(at.name, "wrong", "registry: {url: 7}");
        assertThatThrownBy(() -> strictly(wrong, at.name.value()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.source.registry.url");
        var unknown = cdi.of(at.name, "unknown", "registri: {url: 'docker://x/y:1'}");
        assertThatThrownBy(() -> strictly(unknown, at.name.value()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("registri");
    }

    private static GenericKubernetesResource strictly(
            GenericKubernetesResource object, String namespace) {
        return at.admin
                .resource(object)
                .inNamespace(namespace)
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create();
    }

    private static GenericKubernetesResource copy(GenericKubernetesResource machine) {
        var copy = new GenericKubernetesResource();
        copy.setApiVersion(machine.getApiVersion());
        copy.setKind(machine.getKind());
        copy.setMetadata(new ObjectMetaBuilder().withName("copy").build());
        copy.setAdditionalProperty("spec", machine.get("spec"));
        return copy;
    }

    /** As KubeVirt makes it of a machine's template. */
    private static GenericKubernetesResource madeOf(GenericKubernetesResource machine) {
        Map<String, Object> template = machine.get("spec", "dataVolumeTemplates", 0);
        var made = new GenericKubernetesResource();
        made.setApiVersion("cdi.kubevirt.io/v1beta1");
        made.setKind("DataVolume");
        made.setMetadata(new ObjectMetaBuilder().withName(machine.getMetadata().getName()).build());
        made.setAdditionalProperty("spec", new HashMap<>((Map<?, ?>) template.get("spec")));
        return made;
    }

    private static Desired.Host host(String name, HostBuild.Image image) {
        return new Desired.Host(
                at.name,
                name,
                new HostId(UUID.randomUUID()),
                2,
                4 * GIB,
                2 * GIB,
                "ssd",
                PoolId.of("extranet-ordinary"),
                new HostBuild(
                        true,
                        List.of(),
                        Optional.empty(),
                        Optional.of(image),
                        "",
                        Optional.empty(),
                        Optional.empty()));
    }
}
