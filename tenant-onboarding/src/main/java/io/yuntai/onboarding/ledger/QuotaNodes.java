package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The quota tree as an actor may see it: whoever is confined to a unit sees that unit's node in
 * each pool and what is below it; every other node is not there for him.
 */
@Service
@Transactional(readOnly = true)
public class QuotaNodes {

    private final QuotaNodeStore store;

    QuotaNodes(QuotaNodeStore store) {
        this.store = store;
    }

    /**
     * A page of nodes; sorted by {@code name} (own order) or, in the filter's resource, by {@code
     * guaranteed, ceiling, committed, free, granted, used}; {@code q} finds names.
     *
     * @throws Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}; NOT_FOUND {@code
     *     QUOTA_NODE_NOT_FOUND} for a parent that the actor may not see
     */
    public Page<QuotaNode> list(Actor actor, QuotaNodeFilter filter, PageQuery query) {
        filter.parent().ifPresent(parent -> require(actor, parent));
        Sort sort = query.sortOr(Sort.of("name"), QuotaNodeStore.sorts());
        var scope = actor.confinedTo();
        var ids = store.page(query, sort, scope, filter);
        return Page.ofOffset(store.nodes(ids), query, store.count(query, scope, filter));
    }

    /**
     * One node.
     *
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}, also for another tenant's
     */
    public QuotaNode get(Actor actor, NodeId node) {
        return path(actor, node).getLast();
    }

    /**
     * The nodes from the highest that the actor may see down to one, that one included.
     *
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}, also for another tenant's
     */
    public List<QuotaNode> path(Actor actor, NodeId node) {
        var path = store.nodes(store.path(node));
        int from = actor.confinedTo().map(unit -> depthOf(path, unit)).orElse(0);
        if (path.isEmpty() || from < 0) {
            throw Refused.notFound("QUOTA_NODE_NOT_FOUND");
        }
        return path.subList(from, path.size());
    }

    /** Refuses what the actor may not see, as {@link #get} does. */
    public void require(Actor actor, NodeId node) {
        var _ = path(actor, node);
    }

    /** Whether the actor may see a node. */
    public boolean sees(Actor actor, NodeId node) {
        return visible(actor, node).isPresent();
    }

    /** The nodes of a unit or a system that the actor may see, one a pool. */
    public List<QuotaNode> of(Actor actor, UUID unitOrSystem) {
        return store.of(unitOrSystem).stream()
                .map(node -> visible(actor, node))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<QuotaNode> visible(Actor actor, NodeId node) {
        var path = store.nodes(store.path(node));
        boolean sees = actor.confinedTo().map(unit -> depthOf(path, unit)).orElse(0) >= 0;
        return sees && !path.isEmpty() ? Optional.of(path.getLast()) : Optional.empty();
    }

    private static int depthOf(List<QuotaNode> path, UnitId unit) {
        for (int depth = 0; depth < path.size(); depth++) {
            if (path.get(depth).unit().filter(unit::equals).isPresent()) {
                return depth;
            }
        }
        return -1;
    }
}
