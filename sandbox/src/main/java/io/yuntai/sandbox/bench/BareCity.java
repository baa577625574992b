package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The very objects that a delivered city consists of, read back from its clusters, to be created
 * again by a client that does nothing else.
 *
 * @param namespaces each one's objects, the namespace itself first and the machines last
 */
record BareCity(List<List<Made>> namespaces) {

    /** So many namespaces are made at once: as many requests as the control plane sends. */
    static final int AT_ONCE = 48;

    private static final String OURS = "labelSelector=yuntai.io%2Fmanaged%3Dtrue";

    /** In the order in which they are made; a machine's claim comes before it. */
    private static final List<String> KINDS =
            List.of(
                    "/api/v1/limitranges",
                    "/api/v1/resourcequotas",
                    "/apis/networking.k8s.io/v1/networkpolicies",
                    "/apis/rbac.authorization.k8s.io/v1/rolebindings",
                    "/api/v1/secrets",
                    "/api/v1/persistentvolumeclaims",
                    "/apis/kubevirt.io/v1/virtualmachines");

    /** An object, and the collection that it is created in. */
    record Made(String collection, JsonNode object) {}

    BareCity {
        namespaces = List.copyOf(namespaces);
    }

    /** Reads all that is labelled as ours. */
    static BareCity of(List<BareClient> clients) throws IOException, InterruptedException {
        var all = new ArrayList<List<Made>>();
        for (var client : clients) {
            Map<String, List<Made>> byNamespace = new LinkedHashMap<>();
            for (var namespace : list(client, "/api/v1/namespaces")) {
                byNamespace
                        .computeIfAbsent(name(namespace), _ -> new ArrayList<>())
                        .add(new Made("/api/v1/namespaces", namespace));
            }
            for (var kind : KINDS) {
                var prefix = kind.substring(0, kind.lastIndexOf('/') + 1);
                var plural = kind.substring(kind.lastIndexOf('/') + 1);
                for (var object : list(client, kind)) {
                    var in = object.at("/metadata/namespace").asString();
                    byNamespace
                            .computeIfAbsent(in, _ -> new ArrayList<>())
                            .add(new Made(prefix + "namespaces/" + in + "/" + plural, object));
                }
            }
            all.addAll(byNamespace.values());
        }
        return new BareCity(all);
    }

    private static List<JsonNode> list(BareClient client, String path)
            throws IOException, InterruptedException {
        var objects = new ArrayList<JsonNode>();
        client.eachPage(
                path + "?" + OURS,
                page -> {
                    var version = page.at("/apiVersion").asString();
                    var kind = page.at("/kind").asString().replaceFirst("List$", "");
                    for (var item : page.at("/items")) {
                        objects.add(Stripped.of(item).put("apiVersion", version).put("kind", kind));
                    }
                });
        return objects;
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    long objects() {
        return namespaces.stream().mapToLong(List::size).sum();
    }

    /** The first so many namespaces, and the rest. */
    List<BareCity> split(int first) {
        int at = Math.min(first, namespaces.size());
        return Stream.of(namespaces.subList(0, at), namespaces.subList(at, namespaces.size()))
                .map(BareCity::new)
                .toList();
    }

    /** Creates all of it on an empty server; returns how long that took. */
    Duration create(BareClient client) throws Exception {
        long begun = System.nanoTime();
        var work = new ArrayList<Callable<Void>>();
        for (var objects : namespaces) {
            work.add(() -> {
                for (var made : objects) {
                    client.create(made.collection(), made.object());
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
