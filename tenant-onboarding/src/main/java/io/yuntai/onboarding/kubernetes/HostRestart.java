package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Restarts one machine. Most are started again by KubeVirt as soon as their instance is gone, so it
 * is deleted. One of {@code RerunOnFailure} is not, for what ends without a fault stays ended: such
 * a machine is asked to stop that instance and to start another one, in the words of its status by
 * which KubeVirt's own restart asks ({@code RestartVMRequestHandler}).
 */
record HostRestart(KubernetesClient client, NamespaceName namespace, String host) {

    private static final String STAYS_ENDED = "RerunOnFailure";

    void end(String instance) {
        var machine = one(HostManifests.VIRTUAL_MACHINES).get();
        if (machine != null && STAYS_ENDED.equals(machine.get("spec", "runStrategy"))) {
            ask(machine, instance);
        } else if (!instance.isEmpty()) {
            delete(instance);
        }
    }

    /** Only at the version that was read, so that nobody else's request is lost. */
    private void ask(GenericKubernetesResource machine, String instance) {
        var requests = new ArrayList<Map<String, Object>>();
        if (!instance.isEmpty()) {
            requests.add(Map.of("action", "Stop", "uid", instance));
        }
        requests.add(Map.of("action", "Start"));
        List<Map<String, Object>> present = machine.get("status", "stateChangeRequests");
        if (requests.equals(present)) {
            return;
        }
        var _ =
                one(HostManifests.VIRTUAL_MACHINES)
                        .subresource("status")
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                Serialization.asJson(
                                        Map.of(
                                                "metadata",
                                                Map.of(
                                                        "resourceVersion",
                                                        machine.getMetadata().getResourceVersion()),
                                                "status",
                                                Map.of("stateChangeRequests", requests))));
    }

    /** That one and no other: whoever asks twice restarts once. */
    private void delete(String instance) {
        var kind = HostManifests.INSTANCES;
        String place =
                "/apis/%s/%s/namespaces/%s/%s/%s"
                        .formatted(
                                kind.getGroup(),
                                kind.getVersion(),
                                namespace.value(),
                                kind.getPlural(),
                                host);
        try {
            var _ = client.raw(place, "DELETE", Map.of("preconditions", Map.of("uid", instance)));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
                    && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private Resource<GenericKubernetesResource> one(ResourceDefinitionContext kind) {
        return client.genericKubernetesResources(kind)
                .inNamespace(namespace.value())
                .withName(host);
    }
}
