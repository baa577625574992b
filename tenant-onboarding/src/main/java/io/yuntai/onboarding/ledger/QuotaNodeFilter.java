package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import java.util.Optional;

/**
 * Which nodes of the tree are looked for.
 *
 * @param pool of one pool; empty: of all
 * @param parent below which node; empty: the highest that the actor may see
 * @param deep whether all that is below counts, and not only what is right below
 * @param resource which one amounts are sorted by
 */
public record QuotaNodeFilter(
        Optional<PoolId> pool, Optional<NodeId> parent, boolean deep, Resource resource) {}
