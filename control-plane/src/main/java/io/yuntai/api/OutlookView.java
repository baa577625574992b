package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Resource;
import java.util.List;
import java.util.OptionalLong;

/** How a pool stands before and after an order, and after every order that is locked. */
record OutlookView(OfPool pool, List<PoolRow> rows, List<PathLevel> path, List<RaiseRow> raise) {

    @Schema(name = "OutlookPool")
    record OfPool(PoolId id) {}

    /** In base units. */
    @Schema(name = "OutlookRow")
    record PoolRow(
            Resource resource,
            long capacity,
            long committed,
            long locked,
            long thisOrder,
            long freeNow,
            long freeAfterThis,
            long freeAfterAllLocked) {}

    /**
     * What the unit's limits become, of each resource that it applies for more of.
     *
     * @param missing what the level above that is shortest lacks for it; 0: it can promise it
     */
    @Schema(name = "OutlookRaise")
    record RaiseRow(
            Resource resource,
            long guaranteed,
            OptionalLong ceiling,
            long guaranteedAfter,
            OptionalLong ceilingAfter,
            long missing) {}

    @Schema(name = "OutlookLevel")
    record PathLevel(NodeRef node, List<PathRow> rows) {}

    /** In base units; {@code thisOrder} is part of {@code locked} while it is undecided. */
    @Schema(name = "OutlookLevelRow")
    record PathRow(
            Resource resource,
            long guaranteed,
            OptionalLong ceiling,
            long committed,
            long locked,
            OptionalLong free,
            long thisOrder) {}
}
