package io.yuntai.api;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.ledger.IdleLeases;
import io.yuntai.onboarding.ledger.NodeLeases;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Says which nodes of the quota tree a shortfall speaks of. */
@Component
class NodeNames {

    private final QuotaViews quota;
    private final QuotaNodes nodes;
    private final NodeLeases leases;

    NodeNames(QuotaViews quota, QuotaNodes nodes, NodeLeases leases) {
        this.quota = quota;
        this.nodes = nodes;
        this.leases = leases;
    }

    /**
     * A shortfall as it is answered, in base units.
     *
     * @param holders who holds the rest, as far as the caller may know of them
     * @param others what others hold of it together
     * @param idle who below that level holds more than he uses
     */
    record ShortfallView(
            NodeRef node,
            Resource resource,
            long asked,
            long free,
            long missing,
            List<HolderView> holders,
            long others,
            IdleView idle) {}

    /** Leases that could give something back, and what those of others could give together. */
    record IdleView(List<IdleLeaseView> leases, long others) {}

    record IdleLeaseView(
            SystemId system, String systemName, String cluster, String namespace, long amount) {}

    /** Who holds how much of what is short. */
    record HolderView(NodeRef node, long amount) {}

    List<ShortfallView> of(Actor actor, List<Shortfall> shortfalls) {
        var names =
                quota.named(
                        shortfalls.stream()
                                .flatMap(one ->
                                        Stream.concat(
                                                Stream.of(one.node()),
                                                one.holders().stream().map(Shortfall.Holder::node)))
                                .distinct()
                                .toList());
        return shortfalls.stream().map(one -> view(actor, one, names)).toList();
    }

    private ShortfallView view(Actor actor, Shortfall one, Map<NodeId, NodeRef> names) {
        var holders = new ArrayList<HolderView>();
        long others = 0;
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
                others,
                idle(leases.idle(actor, one.node(), one.resource())));
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
