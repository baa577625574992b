package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a sweep reads of a cluster, read by a client that does nothing else. */
record OurObjects(BareClient client) {

    private static final int PAGE = 500;
    private static final String OURS = "&labelSelector=yuntai.io%2Fmanaged%3Dtrue";

    private static final List<String> LISTED =
            List.of(
                    "/api/v1/namespaces?limit=" + PAGE,
                    "/api/v1/resourcequotas?limit=" + PAGE,
                    "/api/v1/limitranges?limit=" + PAGE + OURS,
                    "/apis/networking.k8s.io/v1/networkpolicies?limit=" + PAGE + OURS,
                    "/apis/rbac.authorization.k8s.io/v1/rolebindings?limit=" + PAGE + OURS,
                    "/api/v1/persistentvolumeclaims?limit=" + PAGE + OURS,
                    "/apis/kubevirt.io/v1/virtualmachineinstances?limit=" + PAGE + OURS,
                    "/apis/kubevirt.io/v1/virtualmachines?limit=" + PAGE + OURS);

    /** An object, and where it is. */
    record Found(String path, JsonNode object) {

        String kind() {
            return path.substring(
                    path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1, path.lastIndexOf('/'));
        }

        String version() {
            return object.at("/metadata/resourceVersion").asString();
        }
    }

    /** How long it takes to list all of it. */
    Duration list() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        if (all().isEmpty()) {
            throw new IllegalStateException("there is nothing");
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** All of it, but of namespaces and quotas only what is ours. */
    List<Found> all() throws IOException, InterruptedException {
        var found = new ArrayList<Found>();
        for (var list : LISTED) {
            var collection = list.substring(0, list.indexOf('?'));
            var plural = collection.substring(collection.lastIndexOf('/') + 1);
            var prefix = collection.substring(0, collection.lastIndexOf('/') + 1);
            var next = "";
            do {
                var page = client.get(list + next);
                for (var object : page.at("/items")) {
                    var in = object.at("/metadata/namespace").asString("");
                    var name = object.at("/metadata/name").asString();
                    if (object.at("/metadata/labels").has("yuntai.io/managed")) {
                        found.add(
                                new Found(
                                        prefix
                                                + (in.isEmpty() ? "" : "namespaces/" + in + "/")
                                                + plural
                                                + "/"
                                                + name,
                                        object));
                    }
                }
                var more = page.at("/metadata/continue").asString("");
                next = more.isEmpty() ? "" : "&continue=" + more;
            } while (!next.isEmpty());
        }
        return found;
    }
}
