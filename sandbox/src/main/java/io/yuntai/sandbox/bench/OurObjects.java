package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a sweep reads of a cluster, read by a client that does nothing else. */
record OurObjects(BareClient client) {

    private static final String OURS = "?labelSelector=yuntai.io%2Fmanaged%3Dtrue";

    private static final List<String> LISTED =
            List.of(
                    "/api/v1/namespaces",
                    "/api/v1/resourcequotas",
                    "/api/v1/limitranges" + OURS,
                    "/apis/networking.k8s.io/v1/networkpolicies" + OURS,
                    "/apis/rbac.authorization.k8s.io/v1/rolebindings" + OURS,
                    "/api/v1/secrets" + OURS,
                    "/api/v1/persistentvolumeclaims" + OURS,
                    "/apis/kubevirt.io/v1/virtualmachineinstances" + OURS,
                    "/apis/kubevirt.io/v1/virtualmachines" + OURS);

    /** An object, and where it is. */
    record Found(String path, JsonNode object) {

        String kind() {
            return path.substring(
                    path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1, path.lastIndexOf('/'));
        }

        /**
         * Another one when somebody has written it; of a quota, which Kubernetes counts, its
         * limits.
         */
        String version() {
            return kind().equals("resourcequotas")
                    ? object.at("/metadata/uid").asString()
                            + object.at("/metadata/annotations")
                            + object.at("/spec")
                    : object.at("/metadata/resourceVersion").asString();
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
            var collection = list.split("\\?", 2)[0];
            client.eachPage(
                    list,
                    page -> {
                        for (var object : page.at("/items")) {
                            if (object.at("/metadata/labels").has("yuntai.io/managed")) {
                                found.add(new Found(path(collection, object), object));
                            }
                        }
                    });
        }
        return found;
    }

    private static String path(String collection, JsonNode object) {
        int plural = collection.lastIndexOf('/') + 1;
        var in = object.at("/metadata/namespace").asString("");
        return collection.substring(0, plural)
                + (in.isEmpty() ? "" : "namespaces/" + in + "/")
                + collection.substring(plural)
                + "/"
                + object.at("/metadata/name").asString();
    }
}
