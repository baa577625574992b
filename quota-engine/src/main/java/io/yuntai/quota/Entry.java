package io.yuntai.quota;

/**
 * One line of the double entry: the entries of a transfer add up to zero for each resource.
 *
 * @param amount in base units, never zero
 */
public record Entry(NodeId node, Resource resource, Side side, long amount) {

    /** Which of a node's accounts the line is on. */
    public enum Side {
        /** Granted to a leaf. */
        HELD,
        /** Promised to a node, or its capacity, and not handed on. */
        FREE,
        /** The world outside: where capacity comes from. */
        OUTSIDE
    }

    public Entry {
        if (amount == 0) {
            throw new IllegalArgumentException("an entry of nothing at " + node);
        }
    }
}
