package io.yuntai.onboarding.ledger;

import io.yuntai.quota.NodeId;

/**
 * A node of the tree as people know it.
 *
 * @param name the pool's id, or the name of the region, unit or system; empty for infrastructure
 */
public record NodeRef(NodeId id, Kind kind, String name) {

    /** The levels there are. */
    public enum Kind {
        POOL,
        REGION,
        UNIT,
        SYSTEM,
        /** What the pool charges that no tenant asked for. */
        INFRASTRUCTURE
    }
}
