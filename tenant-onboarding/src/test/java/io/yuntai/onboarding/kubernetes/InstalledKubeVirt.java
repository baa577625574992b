package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;

/** The object that says how a cluster's KubeVirt is set up; nothing here acts by it. */
public final class InstalledKubeVirt {

    private InstalledKubeVirt() {}

    /**
     * @param ratio its {@code cpuAllocationRatio}; as it is to be installed, 1: launchers request
     *     whole processors
     */
    public static void with(KubernetesClient admin, int ratio) {
        var kubevirt = new GenericKubernetesResource();
        kubevirt.setApiVersion("kubevirt.io/v1");
        kubevirt.setKind("KubeVirt");
        kubevirt.setMetadata(new ObjectMetaBuilder().withName("kubevirt").build());
        kubevirt.setAdditionalProperty(
                "spec",
                Map.of(
                        "configuration",
                        Map.of("developerConfiguration", Map.of("cpuAllocationRatio", ratio))));
        remove(admin);
        var _ = admin.resource(kubevirt).inNamespace("default").create();
    }

    public static void remove(KubernetesClient admin) {
        var _ = kubevirt(admin).delete();
    }

    private static Resource<GenericKubernetesResource> kubevirt(KubernetesClient admin) {
        return admin.genericKubernetesResources("kubevirt.io/v1", "KubeVirt")
                .inNamespace("default")
                .withName("kubevirt");
    }
}
