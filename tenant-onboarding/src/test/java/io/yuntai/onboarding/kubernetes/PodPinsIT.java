package io.yuntai.onboarding.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pods of a cluster whose nodes are of several pools, on a real API server. */
class PodPinsIT {

    private static final NamespacePolicy PINNED =
            NamespacePolicyTest.bind(Map.of("yuntai.namespaces.pin-pods", "true"));

    private static final String DAEMON_SETS =
            "system:serviceaccount:kube-system:daemon-set-controller";

    private static TenantNamespace at;

    @BeforeAll
    static void open() throws IOException {
        at = TenantNamespace.open(PINNED);
        await().atMost(TenantNamespace.PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        selector(at.staff.resource(at.pod(any())).dryRun().create()).size() == 2);
    }

    @AfterAll
    static void close() {
        if (at != null) {
            at.close();
        }
    }

    @Test
    void eachPodIsGivenItsPlace() {
        for (var who : List.of(at.staff, at.almighty, at.controller)) {
            assertThat(selector(who.resource(at.pod(any())).create()))
                    .containsOnly(
                            Map.entry("yuntai.io/zone", "extranet"),
                            Map.entry("yuntai.io/processor", "ordinary"));
        }
    }

    @Test
    void whatAPodSaysBesideIsKept() {
        assertThat(selector(at.staff.resource(selecting("disk", "fast")).create()))
                .containsOnly(
                        Map.entry("disk", "fast"),
                        Map.entry("yuntai.io/zone", "extranet"),
                        Map.entry("yuntai.io/processor", "ordinary"));
    }

    @Test
    void aPodThatNamesAnotherPlaceIsRefused() {
        at.assertNobodyMakes(selecting("yuntai.io/zone", "internet"), "zone and processor family");
        at.assertNobodyMakes(
                selecting("yuntai.io/processor", "domestic"), "zone and processor family");
        at.assertNobodyMakes(TenantNamespace.onNode(at.pod(any()), "node-1"), "scheduler chooses");
    }

    /** Its controller names the node of each; that has to be of the place, too. */
    @Test
    void thePodsOfADaemonSetAreGivenTheirPlaceBesideTheirNode() throws IOException {
        var place = Map.of("yuntai.io/zone", "extranet", "yuntai.io/processor", "ordinary");
        var onNode = TenantNamespace.requiringNode(at.pod(any()), "node-of-another-zone");
        try (var controller = at.as(DAEMON_SETS)) {
            assertThat(selector(controller.resource(onNode).dryRun().create())).isEqualTo(place);
            at.assertRefused(
                    () ->
                            controller
                                    .resource(
                                            new PodBuilder(onNode)
                                                    .editSpec()
                                                    .addToNodeSelector("yuntai.io/zone", "internet")
                                                    .endSpec()
                                                    .build())
                                    .dryRun()
                                    .create(),
                    "zone and processor family");
        }
    }

    private static Pod selecting(String label, String value) {
        return new PodBuilder(at.pod(any()))
                .editSpec()
                .addToNodeSelector(label, value)
                .endSpec()
                .build();
    }

    private static Map<String, String> selector(Pod pod) {
        return pod.getSpec().getNodeSelector();
    }

    private static String any() {
        return "p" + UUID.randomUUID().toString().substring(0, 13);
    }
}
