package io.yuntai.api;

import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Says which nodes of the quota tree a shortfall speaks of. */
@Component
class NodeNames {

    private final QuotaViews quota;

    NodeNames(QuotaViews quota) {
        this.quota = quota;
    }

    /** A shortfall as it is answered, in base units. */
    record ShortfallView(
            NodeRef node,
            Resource resource,
            long asked,
            long free,
            long missing,
            List<HolderView> holders) {}

    /** Who holds how much of what is short. */
    record HolderView(NodeRef node, long amount) {}

    List<ShortfallView> of(List<Shortfall> shortfalls) {
        var names =
                quota.named(
                        shortfalls.stream()
                                .flatMap(one ->
                                        Stream.concat(
                                                Stream.of(one.node()),
                                                one.holders().stream().map(Shortfall.Holder::node)))
                                .distinct()
                                .toList());
        return shortfalls.stream().map(one -> view(one, names)).toList();
    }

    private static ShortfallView view(Shortfall one, Map<NodeId, NodeRef> names) {
        return new ShortfallView(
                name(one.node(), names),
                one.resource(),
                one.asked(),
                one.free(),
                one.missing(),
                one.holders().stream()
                        .map(holder -> new HolderView(name(holder.node(), names), holder.amount()))
                        .toList());
    }

    /** A node that went with its transaction, as a trial's does, has no name any more. */
    private static NodeRef name(NodeId node, Map<NodeId, NodeRef> names) {
        return names.getOrDefault(node, new NodeRef(node, NodeRef.Kind.SYSTEM, ""));
    }
}
