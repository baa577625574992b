package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant tries with pods, by himself and by his controllers, on a real API server. */
class PodGuardsIT {

    private static final NamespacePolicy POLICY =
            NamespacePolicyTest.bind(
                    Map.of(
                            "yuntai.namespaces.registries[0]",
                            "registry.example.cn/gov",
                            "yuntai.namespaces.kubevirt-namespace",
                            "virt"));

    private static final Map<String, String> PLACE =
            Map.of("yuntai.io/zone", "extranet", "yuntai.io/processor", "ordinary");

    private static TenantNamespace at;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(POLICY);
        var nginx =
                new PodBuilder(at.pod("probe"))
                        .editSpec()
                        .editFirstContainer()
                        .withImage("nginx")
                        .endContainer()
                        .endSpec()
                        .build();
        // The cluster may have had a policy without registries until now.
        await().atMost(TenantNamespace.PATIENCE)
                .until(() ->
                        TenantNamespace.refusal(() -> at.staff.resource(nginx).dryRun().create())
                                .isPresent());
        // Pods are pinned by another policy than the one that looks whether they are.
        await().atMost(TenantNamespace.PATIENCE)
                .until(() ->
                        TenantNamespace.refusal(
                                        () -> at.staff.resource(at.pod("probe")).dryRun().create())
                                .isEmpty());
    }

    @AfterAll
    static void close() {
        if (at != null) {
            at.close();
        }
    }

    @Test
    void aPodOfAnAllowedRegistryIsMade() {
        assertThat(at.staff.resource(at.pod("allowed")).create()).isNotNull();
        assertThat(at.controller.resource(at.pod("allowed-too")).create()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx",
                "docker.io/library/nginx:1",
                "registry.example.cn/other/web:1",
                "registry.example.cn/gov.evil/web:1",
                "evil.example/registry.example.cn/gov/web:1",
                "REGISTRY.example.cn/gov/web:1"
            })
    void imagesOfOtherRegistriesAreRefusedInEveryKindOfContainer(String image) {
        at.assertNobodyMakes(
                new PodBuilder(at.pod("main"))
                        .editSpec()
                        .editFirstContainer()
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .build(),
                "images come from");
        at.assertNobodyMakes(
                new PodBuilder(at.pod("init"))
                        .editSpec()
                        .withInitContainers(
                                new ContainerBuilder().withName("init").withImage(image).build())
                        .endSpec()
                        .build(),
                "images come from");
    }

    @Test
    void aVolumeThatIsAnImageIsAnImage() {
        at.assertNobodyMakes(
                new PodBuilder(at.pod("volume"))
                        .editSpec()
                        .addNewVolume()
                        .withName("image")
                        .withNewImage("IfNotPresent", "docker.io/library/nginx:1")
                        .endVolume()
                        .endSpec()
                        .build(),
                "images come from");
    }

    @Test
    void aPodThatRunsTakesNoOtherImageEither() {
        var pod = at.staff.resource(at.pod("running")).create();
        var found = at.staff.pods().inNamespace(at.name.value()).withName("running");
        at.assertRefused(
                () ->
                        found.patch(
                                PatchContext.of(PatchType.STRATEGIC_MERGE),
                                """
                                {"spec": {"containers": [{"name": "main", "image": "nginx"}]}}
                                """),
                "images come from");
        at.assertRefused(() -> found.edit(PodGuardsIT::withNginx), "images come from");
        at.assertRefused(
                () ->
                        at.almighty
                                .pods()
                                .inNamespace(at.name.value())
                                .withName("running")
                                .ephemeralContainers()
                                .edit(p ->
                                        new PodBuilder(p)
                                                .editSpec()
                                                .withEphemeralContainers(
                                                        new EphemeralContainerBuilder()
                                                                .withName("debug")
                                                                .withImage("busybox")
                                                                .build())
                                                .endSpec()
                                                .build()),
                "images come from");
        assertThat(pod.getSpec().getEphemeralContainers()).isEmpty();
        // What is no image he changes as he likes.
        assertThat(
                        found.edit(p ->
                                        new PodBuilder(p)
                                                .editMetadata()
                                                .addToLabels("team", "web")
                                                .endMetadata()
                                                .build())
                                .getMetadata()
                                .getLabels())
                .containsKey("team");
    }

    @Test
    void aPodChoosesNoNode() {
        at.assertNobodyMakes(TenantNamespace.onNode(at.pod("node"), "node-1"), "scheduler chooses");
        var _ = at.staff.resource(at.pod("unbound")).create();
        var binding =
                new BindingBuilder()
                        .withNewMetadata()
                        .withName("unbound")
                        .withNamespace(at.name.value())
                        .endMetadata()
                        .withNewTarget()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName("node-1")
                        .endTarget()
                        .build();
        at.assertRefused(
                () -> at.almighty.bindings().resource(binding).create(), "binds pods to nodes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yuntai.io/zone", "yuntai.io/processor", "yuntai.io/pool"})
    void aPodLeavesNeitherItsZoneNorItsProcessorFamily(String label) {
        at.assertNobodyMakes(
                new PodBuilder(at.pod("elsewhere"))
                        .editSpec()
                        .addToNodeSelector(label, "other")
                        .endSpec()
                        .build(),
                "zone and processor family");
        at.assertNobodyMakes(
                new PodBuilder(at.pod("elsewhere"))
                        .editSpec()
                        .withNewAffinity()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addToMatchExpressions(
                                new NodeSelectorRequirement(label, "In", List.of("other")))
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .endAffinity()
                        .endSpec()
                        .build(),
                "affinity");
        at.assertNobodyMakes(
                new PodBuilder(at.pod("elsewhere"))
                        .editSpec()
                        .withTolerations(
                                new TolerationBuilder()
                                        .withKey(label)
                                        .withOperator("Exists")
                                        .build())
                        .endSpec()
                        .build(),
                "tolerate");
    }

    @Test
    void aPodNamesNoNodeByAFieldAndToleratesNotEverything() {
        at.assertNobodyMakes(TenantNamespace.requiringNode(at.pod("field"), "node-1"), "affinity");
        at.assertNobodyMakes(
                new PodBuilder(at.pod("tolerant"))
                        .editSpec()
                        .withTolerations(new TolerationBuilder().withOperator("Exists").build())
                        .endSpec()
                        .build(),
                "tolerate");
    }

    @Test
    void aPodThatWaitsAtAGateIsNotSentElsewhereLater() {
        var _ =
                at.staff
                        .resource(
                                new PodBuilder(at.pod("gated"))
                                        .editSpec()
                                        .addNewSchedulingGate("example.cn/later")
                                        .endSpec()
                                        .build())
                        .create();
        var gated = at.staff.pods().inNamespace(at.name.value()).withName("gated");
        at.assertRefused(
                () ->
                        gated.edit(p ->
                                new PodBuilder(p)
                                        .editSpec()
                                        .addToNodeSelector("yuntai.io/zone", "internet")
                                        .endSpec()
                                        .build()),
                "zone and processor family");
    }

    /**
     * Of its pods its controller says the node alone: in them nobody sees any more what it chose.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yuntai.io/zone",
                "yuntai.io/processor",
                "kubernetes.io/hostname",
                "kubernetes.io/arch",
                "rack"
            })
    void aDaemonSetThatNamesNoPlaceChoosesNoNodes(String label) {
        at.assertNobodyMakes(daemonSet("chooses", label, Map.of()), "names both");
        assertThat(at.staff.resource(daemonSet("placed", label, PLACE)).dryRun().create())
                .isNotNull();
    }

    @Test
    void aDaemonSetOfAllNodesIsMadeAndChoosesNoneLater() {
        var everywhere = daemonSet("everywhere", "kubernetes.io/os", Map.of());
        assertThat(at.staff.resource(everywhere).create()).isNotNull();
        var choosing = daemonSet("everywhere", "rack", Map.of());
        at.assertRefused(
                () ->
                        at.staff
                                .apps()
                                .daemonSets()
                                .inNamespace(at.name.value())
                                .withName("everywhere")
                                .edit(found ->
                                        new DaemonSetBuilder(found)
                                                .withSpec(choosing.getSpec())
                                                .build()),
                "names both");
    }

    /** One that requires of its nodes to bear a label. */
    private static DaemonSet daemonSet(String name, String label, Map<String, String> place) {
        var pod = at.pod(name);
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(at.name.value())
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpecLike(pod.getSpec())
                .addToNodeSelector(place)
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addToMatchExpressions(
                        new NodeSelectorRequirement(label, "In", List.of("other", "linux")))
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void whatATenantSaysOfNodesOtherwiseIsHisMatter() {
        var pod =
                new PodBuilder(at.pod("spread"))
                        .editSpec()
                        .addToNodeSelector("yuntai.io/zone", "extranet")
                        .addToNodeSelector("yuntai.io/processor", "ordinary")
                        .addToNodeSelector("disk", "fast")
                        .withTolerations(
                                new TolerationBuilder()
                                        .withKey("node.kubernetes.io/not-ready")
                                        .withOperator("Exists")
                                        .build())
                        .endSpec()
                        .build();
        assertThat(at.staff.resource(pod).create()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes.io/hostname",
                "kubernetes.io/arch",
                "topology.kubernetes.io/zone",
                "node.kubernetes.io/instance-type",
                "cpu-model.node.kubevirt.io/Kunpeng-920",
                "rack"
            })
    void aPodThatNamesNoPoolChoosesNoNodeByAnyOtherLabel(String label) {
        var requirement = new NodeSelectorRequirement(label, "In", List.of("other"));
        var selecting =
                new PodBuilder(at.pod("chooses"))
                        .editSpec()
                        .addToNodeSelector(label, "other")
                        .endSpec()
                        .build();
        at.assertNobodyMakes(selecting, "names both");
        at.assertNobodyMakes(
                new PodBuilder(at.pod("requires"))
                        .editSpec()
                        .withNewAffinity()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addToMatchExpressions(requirement)
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .endAffinity()
                        .endSpec()
                        .build(),
                "names both");
        at.assertNobodyMakes(
                new PodBuilder(at.pod("prefers"))
                        .editSpec()
                        .withNewAffinity()
                        .withNewNodeAffinity()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(100)
                        .withNewPreference()
                        .addToMatchExpressions(requirement)
                        .endPreference()
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .endAffinity()
                        .endSpec()
                        .build(),
                "names both");
        assertThat(at.staff.resource(named(selecting)).dryRun().create()).isNotNull();
    }

    private static Pod named(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .addToNodeSelector("yuntai.io/zone", "extranet")
                .addToNodeSelector("yuntai.io/processor", "ordinary")
                .endSpec()
                .build();
    }

    @Test
    void aPodIsNotDrawnToPodsOfOtherNamespaces() {
        at.assertNobodyMakes(
                new PodBuilder(at.pod("drawn"))
                        .editSpec()
                        .withNewAffinity()
                        .withNewPodAffinity()
                        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .withTopologyKey("kubernetes.io/hostname")
                        .withNewNamespaceSelector()
                        .endNamespaceSelector()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endPodAffinity()
                        .endAffinity()
                        .endSpec()
                        .build(),
                "names both");
    }

    /**
     * As KubeVirt makes them: an architecture, and its own labels, beside our own host's family.
     */
    @Test
    void aHostsLauncherIsLetInAsItWasBeforeHostsNamedTheirZone() throws IOException {
        var launcher =
                new PodBuilder(at.pod("virt-launcher-web-1"))
                        .editSpec()
                        .addToNodeSelector("yuntai.io/processor", "ordinary")
                        .addToNodeSelector("kubernetes.io/arch", "amd64")
                        .addToNodeSelector("kubevirt.io/schedulable", "true")
                        .endSpec()
                        .build();
        try (var kubevirt = at.as("system:serviceaccount:virt:kubevirt-controller")) {
            assertThat(kubevirt.resource(launcher).dryRun().create()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry: {url: 'docker://docker.io/library/os:1'}",
                "registry: {url: 'docker://registry.example.cn/gov.evil/os:1'}",
                "registry: {url: 'oci-archive://registry.example.cn/gov/os:1'}",
                "registry: {imageStream: os}",
                "http: {url: 'https://evil.example/os.qcow2'}",
                "s3: {url: 'https://evil.example/os.qcow2'}",
                "gcs: {url: 'https://evil.example/os.qcow2'}",
                "imageio: {url: 'https://evil.example', diskId: '1'}",
                "vddk: {url: 'https://evil.example'}",
                "upload: {}"
            })
    void noDiskIsFilledFromElsewhere(String source) {
        for (var who : List.of(at.almighty, at.controller)) {
            at.assertRefused(
                    () -> who.resource(machine("from", source)).create(), "disks are filled");
        }
    }

    @Test
    void noDataVolumeIsEither() throws IOException {
        try (var cdi = new DataVolumes(at.admin);
                var kubevirt = at.as("system:serviceaccount:virt:kubevirt-controller")) {
            for (var source :
                    List.of(
                            "registry: {url: 'docker://docker.io/library/os:1'}",
                            "http: {url: 'https://evil.example/os.qcow2'}",
                            "upload: {}")) {
                for (var who : List.of(at.almighty, at.controller)) {
                    at.assertRefused(
                            () -> who.resource(cdi.of(at.name, "from", source)).create(),
                            "disks are filled");
                }
                // What a machine says was looked at: KubeVirt makes that.
                assertThat(kubevirt.resource(cdi.of(at.name, "made", source)).dryRun().create())
                        .isNotNull();
            }
            var allowed = "registry: {url: 'docker://registry.example.cn/gov/os:1'}";
            assertThat(at.almighty.resource(cdi.of(at.name, "own", allowed)).create()).isNotNull();
        }
    }

    @Test
    void aDiskIsFilledFromAnAllowedRegistryOrFromWhatIsThere() {
        for (var source :
                List.of(
                        "registry: {url: 'docker://registry.example.cn/gov/os:1'}",
                        "pvc: {name: golden, namespace: images}",
                        "blank: {}")) {
            assertThat(at.almighty.resource(machine("from", source)).dryRun().create()).isNotNull();
        }
        var plain = machine("plain", "blank: {}");
        var _ = at.almighty.resource(plain).create();
        var made =
                at.almighty
                        .genericKubernetesResources(HostManifests.VIRTUAL_MACHINES)
                        .inNamespace(at.name.value())
                        .withName("plain");
        at.assertRefused(
                () ->
                        made.patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                """
                                {"spec": {"dataVolumeTemplates": [{"metadata": {"name": "x"},
                                  "spec": {"source": {"http": {"url": "https://evil.example/os"}},
                                           "storage": {}}}]}}
                                """),
                "disks are filled");
        assertThat(
                        made.patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"labels\": {\"team\": \"web\"}}}"))
                .isNotNull();
        made.delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cdi.kubevirt.io/storage.import.endpoint",
                "cdi.kubevirt.io/storage.import.source",
                "cdi.kubevirt.io/storage.upload.target"
            })
    void noClaimIsFilledByWhatItSaysItself(String annotation) {
        var claim =
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("import")
                        .withNamespace(at.name.value())
                        .addToAnnotations(annotation, "https://evil.example/os.qcow2")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("ssd")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build();
        at.assertNobodyMakes(claim, "filled by a DataVolume");
    }

    @Test
    void whichNamespaceKubeVirtIsInIsSaidByTheBureau() throws IOException {
        var order = HostManifests.migration(at.name, "web-1", "drain");
        try (var kubevirt = at.as("system:serviceaccount:virt:kubevirt-controller")) {
            assertThat(kubevirt.resource(order).dryRun().create()).isNotNull();
        }
        try (var other = at.as("system:serviceaccount:kubevirt:kubevirt-controller")) {
            at.assertRefused(() -> other.resource(order).create(), "only the platform");
        }
    }

    private static GenericKubernetesResource machine(String name, String source) {
        return Serialization.unmarshal(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: %s}
                spec:
                  runStrategy: Halted
                  dataVolumeTemplates:
                    - metadata: {name: %s}
                      spec:
                        source: {%s}
                        storage: {resources: {requests: {storage: 1Gi}}}
                  template: {spec: {domain: {devices: {}}}}
                """
                        .formatted(name, at.name.value(), name, source),
                GenericKubernetesResource.class);
    }

    private static Pod withNginx(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withImage("nginx")
                .endContainer()
                .endSpec()
                .build();
    }
}
