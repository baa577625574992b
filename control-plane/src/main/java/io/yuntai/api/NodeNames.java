package io.yuntai.api;

import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says which nodes of the quota tree a shortfall speaks of. */
@Component
class NodeNames {

    /** A shortfall as it is answered, in base units. */
    record ShortfallView(
            NodeId node,
            Resource resource,
            long asked,
            long free,
            long missing,
            List<Shortfall.Holder> holders) {}

    List<ShortfallView> of(List<Shortfall> shortfalls) {
        return shortfalls.stream()
                .map(one ->
                        new ShortfallView(
                                one.node(),
                                one.resource(),
                                one.asked(),
                                one.free(),
                                one.missing(),
                                one.holders()))
                .toList();
    }
}
