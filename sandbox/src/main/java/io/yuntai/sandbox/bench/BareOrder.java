package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects of one delivered order, read back from the cluster, to be applied again under other
 * names by a client that does nothing else.
 */
record BareOrder(
        String namespaceName,
        String hostName,
        JsonNode namespace,
        JsonNode limits,
        JsonNode network,
        List<JsonNode> bindings,
        JsonNode lease,
        JsonNode claim,
        JsonNode machine) {

    /** Reads the lease from a watch of the API server, so it may be a moment behind. */
    private static final String LEASE_GUARD = "yuntai-lease";

    /** Reads what an order with one host has left in its namespace. */
    static BareOrder of(BareClient client, String namespace, String host)
            throws IOException, InterruptedException {
        var in = "/api/v1/namespaces/" + namespace;
        return new BareOrder(
                namespace,
                host,
                Stripped.of(client.get(in)),
                Stripped.of(client.get(in + "/limitranges/yuntai")),
                Stripped.of(client.get(network(namespace))),
                List.of(
                        Stripped.of(client.get(binding(namespace, "yuntai-edit"))),
                        Stripped.of(client.get(binding(namespace, "yuntai-view")))),
                Stripped.of(client.get(in + "/resourcequotas/yuntai")),
                Stripped.of(client.get(in + "/persistentvolumeclaims/" + host)),
                Stripped.of(client.get(machines(namespace) + host)));
    }

    /** The same with another namespace's name. */
    BareOrder in(String other) {
        return new BareOrder(
                other,
                hostName,
                renamed(namespace, other),
                renamed(limits, other),
                renamed(network, other),
                bindings.stream().map(binding -> renamed(binding, other)).toList(),
                renamed(lease, other),
                renamed(claim, other),
                renamed(machine, other));
    }

    /**
     * Applies all in the order in which Yuntai does, and reads until the cluster shows them.
     *
     * @return how long that took
     */
    Duration deliver(BareClient client) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        var in = "/api/v1/namespaces/" + namespaceName;
        client.apply(in, namespace);
        client.apply(in + "/limitranges/yuntai", limits);
        client.apply(network(namespaceName), network);
        client.create(in + "/resourcequotas", lease);
        client.await(
                in + "/resourcequotas/yuntai",
                quota -> quota.at("/status/hard").equals(quota.at("/spec/hard")));
        for (var binding : bindings) {
            client.apply(binding(namespaceName, binding.at("/metadata/name").asString()), binding);
        }
        client.apply(in + "/persistentvolumeclaims/" + hostName, claim, LEASE_GUARD);
        var path = machines(namespaceName) + hostName;
        client.apply(path, machine, LEASE_GUARD);
        client.await(path, found -> found.at("/status/ready").asBoolean(false));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String network(String namespace) {
        return "/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies/yuntai";
    }

    private static String binding(String namespace, String name) {
        return "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/%s"
                .formatted(namespace, name);
    }

    private static String machines(String namespace) {
        return "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachines/";
    }

    private JsonNode renamed(JsonNode object, String other) {
        var mapper = JsonMapper.shared();
        return mapper.readTree(
                mapper.writeValueAsString(object)
                        .replace("\"" + namespaceName + "\"", "\"" + other + "\""));
    }
}
