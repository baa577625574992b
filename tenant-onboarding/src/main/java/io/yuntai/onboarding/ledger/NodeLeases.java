package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is at the leaves below a node of the quota tree, as far as an actor may see it. */
@Service
@Transactional(readOnly = true)
public class NodeLeases {

    /** So many idle leases are named; the others are added up. */
    private static final int NAMED = 5;

    private final NodeLeaseStore store;
    private final QuotaNodes nodes;

    NodeLeases(NodeLeaseStore store, QuotaNodes nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    /**
     * A page of the leases below a node; sorted by {@code namespace} (own order), {@code system}
     * or, in one resource, {@code granted, charged, used}; {@code q} finds namespaces, systems and
     * units.
     *
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}; INVALID {@code BAD_SORT}, {@code
     *     BAD_CURSOR}
     */
    public Page<NodeLease> list(Actor actor, NodeId node, PageQuery query, Resource resource) {
        nodes.require(actor, node);
        Sort sort = query.sortOr(Sort.of("namespace"), NodeLeaseStore.sorts());
        return Page.ofOffset(
                store.page(node, query, sort, resource), query, store.count(node, query));
    }

    /**
     * A page of what undecided orders have locked below a node, the oldest first.
     *
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}; INVALID {@code BAD_CURSOR}
     */
    public Page<LockedOrder> locks(Actor actor, NodeId node, PageQuery query) {
        nodes.require(actor, node);
        return Page.ofOffset(store.locks(node, query), query, store.countLocks(node));
    }

    /**
     * Who holds what at a leaf: its leases, and what orders have locked. Whoever may not see the
     * leaf is told how much that is.
     */
    public LeafHolders holders(Actor actor, NodeId leaf, Resource resource) {
        var holders = store.holders(leaf, resource);
        return nodes.sees(actor, leaf) ? holders : holders.unnamed();
    }

    /**
     * Who below a node holds more than he uses, for somebody who is short of it there. The node
     * need not be the actor's; who is not, is not named.
     */
    public IdleLeases idle(Actor actor, NodeId node, Resource resource) {
        var named = store.idle(node, resource, actor.confinedTo(), NAMED);
        long sum = named.stream().mapToLong(IdleLeases.Idle::amount).sum();
        return new IdleLeases(named, Math.max(0, store.idle(node, resource) - sum));
    }
}
