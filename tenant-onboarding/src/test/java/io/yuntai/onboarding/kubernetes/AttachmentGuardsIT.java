package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a tenant tries to be on a network that is not his zone's, on a real API server. */
class AttachmentGuardsIT {

    private static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    private static final String MULTUS = "[{name: other, multus: {networkName: net/internet}}]";
    private static final String REFUSED = "networks are given by the platform";

    private static TenantNamespace at;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(NamespacePolicy.DEFAULT);
    }

    @AfterAll
    static void close() {
        if (at != null) {
            at.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NETWORKS,
                "v1.multus-cni.io/default-network",
                "ovn.kubernetes.io/logical_switch"
            })
    void aPodChoosesNoNetwork(String annotation) {
        at.assertNobodyMakes(annotated("wired", annotation), REFUSED);
        var name = "later-" + Integer.toHexString(annotation.hashCode());
        var _ = at.staff.resource(at.pod(name)).create();
        at.assertRefused(
                () ->
                        at.staff
                                .pods()
                                .inNamespace(at.name.value())
                                .withName(name)
                                .patch(
                                        PatchContext.of(PatchType.JSON_MERGE),
                                        "{\"metadata\": {\"annotations\": {\"%s\": \"net/internet\"}}}"
                                                .formatted(annotation)),
                REFUSED);
    }

    @Test
    void whatItSaysOtherwiseIsItsMatter() {
        assertThat(at.staff.resource(annotated("plain", "example.cn/team")).create()).isNotNull();
    }

    /** Which KubeVirt makes of a machine whose networks we gave it. */
    @Test
    void aHostsLauncherIsOnTheNetworkOfItsHost() throws IOException {
        try (var kubevirt = at.as("system:serviceaccount:kubevirt:kubevirt-controller")) {
            var launcher = kubevirt.resource(annotated("virt-launcher-web-1", NETWORKS)).create();
            assertThat(launcher).isNotNull();
        }
        // What is there stays, and may change in all else.
        var changed =
                at.staff
                        .pods()
                        .inNamespace(at.name.value())
                        .withName("virt-launcher-web-1")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"labels\": {\"team\": \"web\"}}}");
        assertThat(changed.getMetadata().getAnnotations()).containsKey(NETWORKS);
    }

    @Test
    void aMachineChoosesNoneEither() {
        for (var who : List.of(at.almighty, at.controller)) {
            at.assertRefused(() -> who.resource(machine("mine", MULTUS, "{}")).create(), REFUSED);
            at.assertRefused(
                    () ->
                            who.resource(
                                            machine(
                                                    "mine",
                                                    "[]",
                                                    "{%s: net/internet}".formatted(NETWORKS)))
                                    .create(),
                    REFUSED);
        }
    }

    @Test
    void onTheNetworkThatWeGaveItStaysAndOnNoOther() throws IOException {
        var _ = at.admin.resource(machine("wired", MULTUS, "{}")).create();
        var changed =
                at.almighty
                        .resource(machine("wired", MULTUS, "{}"))
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\": {\"labels\": {\"team\": \"web\"}}}");
        assertThat(changed.getMetadata().getLabels()).containsKey("team");
        // KubeVirt's API server plugs in a network for whoever asks it.
        try (var server = at.as("system:serviceaccount:kubevirt:kubevirt-apiserver")) {
            at.assertRefused(
                    () ->
                            server.resource(machine("wired", MULTUS, "{}"))
                                    .patch(
                                            PatchContext.of(PatchType.JSON_MERGE),
                                            "{\"spec\": {\"template\": {\"spec\": {\"networks\": [{\"name\": \"other\", \"multus\": {\"networkName\": \"net/intranet\"}}]}}}}"),
                    REFUSED);
        }
    }

    private static Pod annotated(String name, String annotation) {
        return new PodBuilder(at.pod(name))
                .editMetadata()
                .addToAnnotations(annotation, "net/internet")
                .endMetadata()
                .build();
    }

    private static GenericKubernetesResource machine(
            String name, String networks, String annotations) {
        return Serialization.unmarshal(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: %s}
                spec:
                  runStrategy: Halted
                  template:
                    metadata: {annotations: %s}
                    spec: {domain: {devices: {}}, networks: %s}
                """
                        .formatted(name, at.name.value(), annotations, networks),
                GenericKubernetesResource.class);
    }
}
