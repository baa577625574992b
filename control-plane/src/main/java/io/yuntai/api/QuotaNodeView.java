package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaNode;
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
 * @param version of its limits
 * @param children how many nodes are right below it
 */
record QuotaNodeView(
        NodeRef node,
        PoolId pool,
        Optional<NodeId> parent,
        long version,
        int children,
        Optional<UnitId> unit,
        Optional<SystemId> system,
        List<NodeRow> rows) {

    /**
     * One resource at a node, in base units.
     *
     * @param guaranteed promised to the node
     * @param ceiling what it may not exceed; null: bounded by the levels above alone
     * @param committed what the node costs the level above: the larger of its promise and of what
     *     is handed out
     * @param handedOut what the nodes below cost it, or what a leaf holds
     * @param granted charged below it for good
     * @param locked held below it for orders that are not decided yet
     * @param used what the leases below it were last seen to use, in pod units
     * @param free what may still be promised or taken below it; null without a ceiling
     * @param debt by how much more is handed out than the ceiling, for what ran before it was taken
     *     over; nothing new fits until it is gone
     * @param debtSince null: it is in no debt
     */
    @Schema(name = "QuotaNodeRow")
    record NodeRow(
            Resource resource,
            long guaranteed,
            OptionalLong ceiling,
            long committed,
            long handedOut,
            long granted,
            long locked,
            long used,
            OptionalLong free,
            long debt,
            Optional<Instant> debtSince) {

        static NodeRow of(QuotaNode.Row row) {
            return new NodeRow(
                    row.resource(),
                    row.guaranteed(),
                    row.ceiling(),
                    row.committed(),
                    row.handedOut(),
                    row.granted(),
                    row.locked(),
                    row.used(),
                    row.free(),
                    row.debt(),
                    row.debtSince());
        }
    }

    static QuotaNodeView of(QuotaNode node) {
        return new QuotaNodeView(
                node.ref(),
                node.pool(),
                node.parent(),
                node.limitsVersion(),
                node.children(),
                node.unit(),
                node.system(),
                node.rows().stream().map(NodeRow::of).toList());
    }
}
