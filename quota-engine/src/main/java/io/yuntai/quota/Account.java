package io.yuntai.quota;

import java.util.OptionalLong;

/**
 * How one node stands in one resource, in base units.
 *
 * @param guaranteed what the node's parent has promised it
 * @param ceiling what it may never exceed; empty: bounded by its ancestors alone
 * @param held what its children cost it, or, at a leaf, what it was granted
 */
public record Account(long guaranteed, OptionalLong ceiling, long held) {

    /** A node of which nothing is promised and nothing forbidden. */
    public static final Account UNBOUNDED = new Account(0, OptionalLong.empty(), 0);

    public Account {
        if (guaranteed < 0 || held < 0) {
            throw new IllegalArgumentException("below zero: " + guaranteed + ", " + held);
        }
        if (ceiling.isPresent() && Math.max(guaranteed, held) > ceiling.getAsLong()) {
            throw new IllegalArgumentException("over the ceiling " + ceiling + ": " + held);
        }
    }

    /** What the node costs its parent: the larger of what it is promised and what it holds. */
    public long commit() {
        return Math.max(guaranteed, held);
    }

    /** What is left under the ceiling; empty when there is none. */
    public OptionalLong free() {
        return ceiling.isEmpty()
                ? ceiling
                : OptionalLong.of(Math.subtractExact(ceiling.getAsLong(), held));
    }

    Account holding(long newHeld) {
        return new Account(guaranteed, ceiling, newHeld);
    }
}
