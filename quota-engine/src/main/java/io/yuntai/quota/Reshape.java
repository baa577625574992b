package io.yuntai.quota;

import java.util.Map;

/**
 * One step of a change of the tree's shape. The steps of one change are taken in their order and
 * stand or fall together; each moment between two of them is nobody's.
 */
public sealed interface Reshape {

    /**
     * A node, with all that is below it, leaves its parent: what it costs is given back there.
     *
     * @param node no pool
     */
    record Leave(NodeId node) implements Reshape {}

    /**
     * A node, with all that is below it, comes to a parent, which must have room for what it costs.
     *
     * @param node one that has left its parent before
     */
    record Join(NodeId node, NodeId parent) implements Reshape {}

    /** A node gets limits; resources that are not named keep theirs. */
    record SetLimits(NodeId node, Map<Resource, Limit> limits) implements Reshape {
        public SetLimits {
            limits = Map.copyOf(limits);
        }
    }

    /** A leaf is to hold more, or, where negative, less. */
    record Shift(Leg leg) implements Reshape {}
}
