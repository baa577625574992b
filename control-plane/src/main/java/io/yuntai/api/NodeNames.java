package io.yuntai.api;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.ledger.IdleLeases;
import io.yuntai.onboarding.ledger.LeafHolders;
import io.yuntai.onboarding.ledger.NodeLeases;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.QuotaRefusals;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Says which nodes of the quota tree a shortfall speaks of. */
@Component
class NodeNames {

    private final QuotaViews quota;
    private final QuotaNodes nodes;
    private final NodeLeases leases;
    private final Applications applications;

    NodeNames(QuotaViews quota, QuotaNodes nodes, NodeLeases leases, Applications applications) {
        this.applications = applications;
        this.quota = quota;
        this.nodes = nodes;
        this.leases = leases;
    }

    /**
     * A shortfall as it is answered, in base units.
     *
     * @param holders who holds the rest, as far as the caller may know of them
     * @param leases of a leaf, which has no nodes below it: what its leases are charged
     * @param locks of a leaf: what undecided orders have locked there
     * @param others what all others hold of it together
     * @param idle who below that level holds more than he uses
     */
    record ShortfallView(
            NodeRef node,
            Resource resource,
            long asked,
            long free,
            long missing,
            List<HolderView> holders,
            List<LeaseHolderView> leases,
            List<LockHolderView> locks,
            long others,
            IdleView idle) {}

    /** Leases that could give something back, and what those of others could give together. */
    record IdleView(List<IdleLeaseView> leases, long others) {

        boolean isSome() {
            return !leases.isEmpty() || others > 0;
        }
    }

    record IdleLeaseView(
            SystemId system, String systemName, String cluster, String namespace, long amount) {}

    /** Who holds how much of what is short. */
    record HolderView(NodeRef node, long amount) {}

    /** What a lease of a leaf that is short is charged. */
    record LeaseHolderView(String cluster, String namespace, long amount) {}

    /**
     * What is locked at a leaf that is short.
     *
     * @param application null when it is no order, or one that the caller may not see
     */
    record LockHolderView(Optional<QuotaLeafController.OfOrder> application, long amount) {}

    /** Shortfalls of now. */
    List<ShortfallView> of(Actor actor, List<Shortfall> shortfalls) {
        var names = named(shortfalls);
        return shortfalls.stream()
                .map(one ->
                        view(
                                actor,
                                one,
                                names,
                                switch (name(one.node(), names).kind()) {
                                    case POOL, REGION, UNIT -> LeafHolders.NONE;
                                    case SYSTEM, INFRASTRUCTURE ->
                                            leases.holders(actor, one.node(), one.resource());
                                },
                                idle(leases.idle(actor, one.node(), one.resource()))))
                .toList();
    }

    /** Shortfalls of the past: who held what then is kept, who was idle is not. */
    List<ShortfallView> past(Actor actor, QuotaRefusals.Refusal refusal) {
        var names = named(refusal.shortfalls());
        return refusal.shortfalls().stream()
                .map(one -> {
                    var leaf = refusal.leaves().getOrDefault(one.key(), LeafHolders.NONE);
                    return view(
                            actor,
                            one,
                            names,
                            nodes.sees(actor, one.node()) ? leaf : leaf.unnamed(),
                            new IdleView(List.of(), 0));
                })
                .toList();
    }

    private Map<NodeId, NodeRef> named(List<Shortfall> shortfalls) {
        return quota.named(
                shortfalls.stream()
                        .flatMap(one ->
                                Stream.concat(
                                        Stream.of(one.node()),
                                        one.holders().stream().map(Shortfall.Holder::node)))
                        .distinct()
                        .toList());
    }

    private ShortfallView view(
            Actor actor,
            Shortfall one,
            Map<NodeId, NodeRef> names,
            LeafHolders leaf,
            IdleView idle) {
        var holders = new ArrayList<HolderView>();
        long others = one.others();
        for (var holder : one.holders()) {
            var node = name(holder.node(), names);
            if (maySee(actor, node)) {
                holders.add(new HolderView(node, holder.amount()));
            } else {
                others += holder.amount();
            }
        }
        return new ShortfallView(
                name(one.node(), names),
                one.resource(),
                one.asked(),
                one.free(),
                one.missing(),
                holders,
                leaf.leases().stream()
                        .map(held ->
                                new LeaseHolderView(
                                        held.lease().cluster(),
                                        held.lease().namespace(),
                                        held.amount()))
                        .toList(),
                locks(actor, leaf.locks()),
                others + leaf.others(),
                idle);
    }

    private List<LockHolderView> locks(Actor actor, List<LeafHolders.OfLock> locks) {
        var orders =
                applications.lockedBy(actor, locks.stream().map(LeafHolders.OfLock::lock).toList());
        return locks.stream()
                .map(held ->
                        new LockHolderView(
                                Optional.ofNullable(orders.get(held.lock()))
                                        .map(QuotaLeafController.OfOrder::of),
                                held.amount()))
                .toList();
    }

    /** Regions are no secret; what a unit holds is its own. */
    private boolean maySee(Actor actor, NodeRef node) {
        return switch (node.kind()) {
            case POOL, REGION, INFRASTRUCTURE -> true;
            case UNIT, SYSTEM -> nodes.sees(actor, node.id());
        };
    }

    private static IdleView idle(IdleLeases idle) {
        return new IdleView(
                idle.leases().stream()
                        .map(one ->
                                new IdleLeaseView(
                                        one.system(),
                                        one.systemName(),
                                        one.lease().cluster(),
                                        one.lease().namespace(),
                                        one.amount()))
                        .toList(),
                idle.others());
    }

    /** A node that went with its transaction, as a trial's does, has no name any more. */
    private static NodeRef name(NodeId node, Map<NodeId, NodeRef> names) {
        return names.getOrDefault(node, new NodeRef(node, NodeRef.Kind.SYSTEM, ""));
    }
}
