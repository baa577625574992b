package io.yuntai.sandbox.bench;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects as somebody who does not know of us would write them. */
final class Manifest {

    private Manifest() {}

    static JsonNode namespace(String name) {
        return json(
                """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
                """
                        .formatted(name));
    }

    /**
     * A ResourceQuota.
     *
     * @param hard its {@code spec.hard}
     */
    static JsonNode quota(String name, JsonNode hard) {
        return json(
                """
                {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "%s"},
                 "spec": {"hard": %s}}
                """
                        .formatted(name, hard));
    }

    /** A pod that no scheduler places: it is charged all the same. */
    static JsonNode pod(String name, long cpuMillis, long memoryMib) {
        return json(
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
                 "spec": {"automountServiceAccountToken": false, "containers": [
                   {"name": "main", "image": "none.invalid/none", "resources":
                     {"requests": {"cpu": "%dm", "memory": "%dMi"}}}]}}
                """
                        .formatted(name, cpuMillis, memoryMib));
    }

    /** A virtual machine as a tenant makes it; what runs it is its launcher, a pod. */
    static JsonNode machine(String name) {
        return json(
                """
                {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachine",
                 "metadata": {"name": "%s"},
                 "spec": {"runStrategy": "Always", "template": {"spec": {"domain":
                   {"devices": {}, "memory": {"guest": "1Gi"}}}}}}
                """
                        .formatted(name));
    }

    /**
     * What a controller notes when a pod of its own was refused.
     *
     * @param message what admission said
     */
    static JsonNode refusal(String namespace, String controller, String message) {
        var event =
                (ObjectNode)
                        json(
                                """
                                {"apiVersion": "v1", "kind": "Event", "type": "Warning",
                                 "metadata": {"generateName": "%2$s-", "namespace": "%1$s"},
                                 "involvedObject": {"apiVersion": "apps/v1", "kind": "ReplicaSet",
                                   "namespace": "%1$s", "name": "%2$s"},
                                 "source": {"component": "replicaset-controller"},
                                 "reason": "FailedCreate"}
                                """
                                        .formatted(namespace, controller));
        return event.put("message", "Error creating: " + message);
    }

    /**
     * A change of a ResourceQuota.
     *
     * @param epoch counts the changes
     */
    static JsonNode limit(long cpuMillis, long epoch) {
        return json(
                """
                {"metadata": {"annotations": {"%s": "%d"}}, "spec": {"hard": {"requests.cpu": "%dm"}}}
                """
                        .formatted(Witness.EPOCH, epoch, cpuMillis));
    }

    /** That a ResourceQuota limits processors to so much, and nothing else. */
    static JsonNode hard(long cpuMillis) {
        return json("{\"requests.cpu\": \"%dm\"}".formatted(cpuMillis));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
