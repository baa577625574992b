package io.yuntai.quota;

import java.util.UUID;

/** Identifies a node of the quota tree: a pool, a region, a unit or a system within one pool. */
public record NodeId(UUID value) {

    public static NodeId of(String text) {
        return new NodeId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
