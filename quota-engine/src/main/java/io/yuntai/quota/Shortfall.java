package io.yuntai.quota;

import java.util.List;

/**
 * Why a request does not fit: one node that is short of one resource, in base units.
 *
 * @param node the node whose ceiling stands in the way
 * @param resource what is short
 * @param asked how much the request would add at this node
 * @param free how much the node has left
 * @param holders who holds the rest, the largest first
 */
public record Shortfall(
        NodeId node, Resource resource, long asked, long free, List<Holder> holders) {

    /** A child of the short node, and what it costs that node. */
    public record Holder(NodeId node, long amount) {}

    public Shortfall {
        if (asked <= free) {
            throw new IllegalArgumentException("nothing is short: " + asked + " of " + free);
        }
        holders = List.copyOf(holders);
    }

    /** By how much it is short. */
    public long missing() {
        return Math.subtractExact(asked, free);
    }
}
