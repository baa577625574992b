package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the nodes of a cluster offer to pods.
 *
 * @param nodes how many there are
 * @param ready those that are ready
 * @param open those that are ready and take new pods: neither cordoned nor tainted against all
 * @param shares what the open ones offer, by the family of their processors
 */
public record NodeCapacity(int nodes, int ready, int open, List<Share> shares) {

    /**
     * What the open nodes of one kind offer.
     *
     * @param processor by the node's label {@code yuntai.io/processor}; empty: it bears none, and
     *     hosts of no pool are placed there
     */
    public record Share(Optional<ProcessorFamily> processor, int nodes, Amounts allocatable) {}

    public NodeCapacity {
        shares = List.copyOf(shares);
    }

    /** What all open nodes offer. */
    public Amounts allocatable() {
        return shares.stream().map(Share::allocatable).reduce(Amounts.NONE, Amounts::plus);
    }

    /** Adds nodes up. */
    static final class Sum {

        private final ResourceNames names;
        private final Map<ProcessorFamily, Share> labelled = new EnumMap<>(ProcessorFamily.class);
        private Share bare = new Share(Optional.empty(), 0, Amounts.NONE);
        private int nodes;
        private int ready;
        private int open;

        Sum(ResourceNames names) {
            this.names = names;
        }

        void add(Node node) {
            nodes++;
            if (!isReady(node)) {
                return;
            }
            ready++;
            if (isClosed(node)) {
                return;
            }
            open++;
            var family = family(node);
            var one = new Share(family, 1, allocatable(node));
            if (family.isEmpty()) {
                bare = both(bare, one);
            } else {
                labelled.merge(family.get(), one, Sum::both);
            }
        }

        NodeCapacity total() {
            var shares = new ArrayList<>(labelled.values());
            if (bare.nodes() > 0) {
                shares.add(bare);
            }
            return new NodeCapacity(nodes, ready, open, shares);
        }

        private static Share both(Share one, Share other) {
            return new Share(
                    one.processor(),
                    one.nodes() + other.nodes(),
                    one.allocatable().plus(other.allocatable()));
        }

        private static boolean isReady(Node node) {
            return node.getStatus() != null
                    && node.getStatus().getConditions().stream()
                            .anyMatch(condition ->
                                    "Ready".equals(condition.getType())
                                            && "True".equals(condition.getStatus()));
        }

        private static boolean isClosed(Node node) {
            var spec = node.getSpec();
            return spec != null
                    && (Boolean.TRUE.equals(spec.getUnschedulable())
                            || spec.getTaints().stream()
                                    .anyMatch(taint ->
                                            !"PreferNoSchedule".equals(taint.getEffect())));
        }

        private static Optional<ProcessorFamily> family(Node node) {
            var labels = node.getMetadata().getLabels();
            String code = labels == null ? null : labels.get(Labels.PROCESSOR);
            return List.of(ProcessorFamily.values()).stream()
                    .filter(family -> family.code().equals(code))
                    .findFirst();
        }

        /** In the units of a lease: a node calls processors as a pod does that requests them. */
        private Amounts allocatable(Node node) {
            var amounts = new HashMap<Resource, Long>();
            Optional.ofNullable(node.getStatus().getAllocatable())
                    .orElse(Map.of())
                    .forEach((name, quantity) -> put(amounts, name, quantity));
            return Amounts.of(amounts);
        }

        private void put(Map<Resource, Long> amounts, String name, Quantity quantity) {
            names.requested(name)
                    .ifPresent(resource -> {
                        long amount = ResourceNames.inBaseUnits(resource, quantity);
                        var _ = amounts.merge(resource, amount, Long::sum);
                    });
        }
    }
}
