package io.yuntai.sandbox.bench;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An object as somebody would write it: without what the server has added. */
final class Stripped {

    private static final List<String> ADDED =
            List.of(
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "managedFields",
                    "finalizers",
                    "selfLink");

    private Stripped() {}

    static ObjectNode of(JsonNode object) {
        var copy = (ObjectNode) object.deepCopy();
        var _ = copy.remove("status");
        var metadata = (ObjectNode) copy.get("metadata");
        ADDED.forEach(metadata::remove);
        if (copy.get("spec") instanceof ObjectNode spec) {
            // Of a namespace, set by the server.
            var _ = spec.remove("finalizers");
        }
        return copy;
    }
}
