package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node of the quota tree as it stands.
 *
 * @param parent empty at a pool
 * @param children how many nodes are right below it
 * @param unit the unit that the node is, if it is one
 * @param system the system that the node is, if it is one
 * @param rows by resource
 */
public record QuotaNode(
        NodeRef ref,
        PoolId pool,
        Optional<NodeId> parent,
        int children,
        Optional<UnitId> unit,
        Optional<SystemId> system,
        List<Row> rows) {

    /**
     * One resource at one node, in base units.
     *
     * @param guaranteed promised to the node
     * @param ceiling what it may not exceed; empty: bounded by its ancestors alone
     * @param handedOut what its children cost it: each one's promise, or what it holds where that
     *     is more
     * @param granted charged to the leaves below it for good
     * @param locked held below it for orders that are not decided yet
     * @param used what the leases below it were last seen to use, in pod units
     * @param debtSince since when more is handed out than its ceiling; empty: it is not
     */
    public record Row(
            Resource resource,
            long guaranteed,
            OptionalLong ceiling,
            long handedOut,
            long granted,
            long locked,
            long used,
            Optional<Instant> debtSince) {

        /** What the node costs its parent. */
        public long committed() {
            return Math.max(guaranteed, handedOut);
        }

        /** What may still be promised or taken below it; empty without a ceiling. */
        public OptionalLong free() {
            return ceiling.isEmpty()
                    ? ceiling
                    : OptionalLong.of(
                            Math.max(0, Math.subtractExact(ceiling.getAsLong(), handedOut)));
        }

        /** By how much more is handed out than the ceiling: nothing new fits until it is gone. */
        public long debt() {
            return ceiling.isEmpty()
                    ? 0
                    : Math.max(0, Math.subtractExact(handedOut, ceiling.getAsLong()));
        }
    }

    public QuotaNode {
        rows = List.copyOf(rows);
    }

    /**
     * Tells two sets of limits apart: equal for equal limits, whatever was in between; of 53 bits,
     * which every reader of JSON can hold.
     */
    public long limitsVersion() {
        long hash = 1125899906842597L;
        for (var row : rows) {
            hash = 31 * hash + row.resource().code().hashCode();
            hash = 31 * hash + row.guaranteed();
            hash = 31 * hash + row.ceiling().orElse(-1);
        }
        return (hash ^ hash >>> 11) & ((1L << 53) - 1);
    }
}
