package io.yuntai.sandbox.bench;

import io.yuntai.sandbox.bench.OurObjects.Found;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One object of a hundred, changed or deleted by hand in twelve ways, each as often. */
final class Damage {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int ONE_IN = 100;

    /** What a hand does to an object of some kind: a merge patch, or nothing: it deletes it. */
    private record Way(String kind, String patch) {}

    private static final List<Way> WAYS =
            List.of(
                    new Way("namespaces", "{\"metadata\":{\"labels\":{\"yuntai.io/zone\":null}}}"),
                    new Way(
                            "namespaces",
                            "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"privileged\"}}}"),
                    new Way("resourcequotas", "{\"spec\":{\"hard\":{\"requests.cpu\":\"9k\"}}}"),
                    new Way(
                            "limitranges",
                            "{\"spec\":{\"limits\":[{\"type\":\"Container\",\"defaultRequest\":{\"cpu\":\"1m\"}}]}}"),
                    new Way("limitranges", ""),
                    new Way("networkpolicies", "{\"spec\":{\"egress\":[{}]}}"),
                    new Way("persistentvolumeclaims", ""),
                    new Way("secrets", "{\"data\":{\"userdata\":\"I2Nsb3VkLWNvbmZpZwo=\"}}"),
                    new Way("secrets", ""),
                    new Way(
                            "rolebindings",
                            "{\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Group\",\"name\":\"everybody\"}]}"),
                    new Way("virtualmachines", ""),
                    new Way(
                            "virtualmachines",
                            "{\"spec\":{\"template\":{\"spec\":{\"domain\":{\"cpu\":{\"cores\":64}}}}}}"));

    private final BareClient client;
    private final Map<Found, Way> damaged;
    private final Map<String, String> untouched;

    private Damage(BareClient client, Map<Found, Way> damaged, Map<String, String> untouched) {
        this.client = client;
        this.damaged = damaged;
        this.untouched = untouched;
    }

    /** Chooses: objects of as many namespaces as there are, so that no two meet in one. */
    static Damage of(BareClient client, List<Found> all) {
        var chosen = new HashMap<Found, Way>();
        Set<String> taken = new HashSet<>();
        int each = Math.ceilDiv(all.size(), ONE_IN * WAYS.size());
        for (var way : WAYS) {
            all.stream()
                    .filter(one -> one.kind().equals(way.kind()) && taken.add(in(one)))
                    .limit(each)
                    .forEach(one -> chosen.put(one, way));
        }
        var others = new HashMap<String, String>();
        all.stream()
                .filter(one -> !chosen.containsKey(one))
                .forEach(one -> others.put(one.path(), one.version()));
        return new Damage(client, chosen, others);
    }

    private static String in(Found one) {
        var namespace = one.object().at("/metadata/namespace").asString("");
        return namespace.isEmpty() ? one.object().at("/metadata/name").asString() : namespace;
    }

    int size() {
        return damaged.size();
    }

    void make() throws IOException, InterruptedException {
        for (var one : damaged.entrySet()) {
            if (one.getValue().patch().isEmpty()) {
                client.delete(one.getKey().path());
            } else {
                client.merge(
                        one.getKey().path(), JsonMapper.shared().readTree(one.getValue().patch()));
            }
        }
    }

    /**
     * Until all are as they were, or for some minutes.
     *
     * @param sweep looks through the cluster, and at a part of the Secrets by turns
     */
    void await(Runnable sweep) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (repaired() < size() && System.nanoTime() - begun < PATIENCE.toNanos()) {
            sweep.run();
            Thread.sleep(BETWEEN);
        }
    }

    /** How many are as they were, but for what the server writes. */
    long repaired() throws IOException, InterruptedException {
        long repaired = 0;
        var now = new HashMap<String, JsonNode>();
        for (var one : new OurObjects(client).all()) {
            now.put(one.path(), content(one.object()));
        }
        for (var one : damaged.keySet()) {
            repaired += content(one.object()).equals(now.get(one.path())) ? 1 : 0;
        }
        return repaired;
    }

    private static JsonNode content(JsonNode object) {
        var copy = (ObjectNode) object.deepCopy();
        var _ = copy.remove("status");
        var metadata = (ObjectNode) copy.get("metadata");
        for (var server :
                List.of(
                        "uid",
                        "resourceVersion",
                        "generation",
                        "creationTimestamp",
                        "managedFields")) {
            var _ = metadata.remove(server);
        }
        // A lease that was put right has the next epoch.
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            var _ = annotations.remove("yuntai.io/epoch");
        }
        return copy;
    }

    int others() {
        return untouched.size();
    }

    /** Which of the others have changed. */
    List<String> othersTouched() throws IOException, InterruptedException {
        var now = new HashMap<String, String>();
        for (var one : new OurObjects(client).all()) {
            now.put(one.path(), one.version());
        }
        var changed = new ArrayList<String>();
        untouched.forEach((path, version) -> {
            if (!version.equals(now.get(path))) {
                changed.add(path);
            }
        });
        return changed;
    }
}
