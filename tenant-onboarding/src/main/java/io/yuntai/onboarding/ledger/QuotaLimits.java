package io.yuntai.onboarding.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Decision;
import io.yuntai.quota.Limit;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes what nodes of the tree are promised and may not exceed. */
@Service
@Transactional
public class QuotaLimits {

    private final QuotaNodeStore store;
    private final QuotaNodes nodes;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    QuotaLimits(
            QuotaNodeStore store,
            QuotaNodes nodes,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.nodes = nodes;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** What became of new limits. */
    public sealed interface Outcome {

        /**
         * They stand.
         *
         * @param path from the highest node that the actor may see down to the changed one
         */
        record Changed(List<QuotaNode> path) implements Outcome {
            public Changed {
                path = List.copyOf(path);
            }
        }

        /**
         * They cannot be; the old ones stand.
         *
         * @param nearest of the resources that are short, the limits nearest to those asked for
         *     that would pass
         */
        record Denied(List<Shortfall> shortfalls, Map<Resource, Limit> nearest) implements Outcome {
            public Denied {
                shortfalls = List.copyOf(shortfalls);
                nearest = Map.copyOf(nearest);
            }
        }
    }

    /**
     * Gives a node limits; resources that are not named keep theirs. Lowering a ceiling exactly to
     * what is handed out passes, below it does not.
     *
     * @param version the {@link QuotaNode#limitsVersion()} that the change is meant for
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}; STALE {@code STALE_VERSION}
     */
    public Outcome set(Actor actor, NodeId node, long version, Map<Resource, Limit> limits) {
        store.lock(node);
        var before = nodes.get(actor, node);
        if (before.limitsVersion() != version) {
            throw Refused.stale("STALE_VERSION");
        }
        Instant now = clock.instant();
        var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
        return switch (ledger.limit(id, node, limits, now)) {
            case Decision.Granted _ -> {
                audit(now, actor, before, limits, Audited.Outcome.SUCCESS);
                yield new Outcome.Changed(nodes.path(actor, node));
            }
            case Decision.Denied(var shortfalls) -> {
                audit(now, actor, before, limits, Audited.Outcome.FAILURE);
                yield new Outcome.Denied(shortfalls, nearest(node, limits, shortfalls));
            }
        };
    }

    /**
     * A ceiling under what is handed out is raised to that; what the levels above cannot promise is
     * not promised.
     */
    static Map<Resource, Limit> nearest(
            NodeId node, Map<Resource, Limit> asked, List<Shortfall> shortfalls) {
        var nearest = new TreeMap<Resource, Limit>();
        for (var one : shortfalls) {
            var limit =
                    Optional.ofNullable(nearest.get(one.resource()))
                            .or(() -> Optional.ofNullable(asked.get(one.resource())))
                            .orElseThrow();
            if (one.node().equals(node)) {
                limit = new Limit(limit.guaranteed(), OptionalLong.of(one.asked()));
            } else {
                long most =
                        Optional.ofNullable(asked.get(one.resource())).orElseThrow().guaranteed()
                                - one.missing();
                limit = new Limit(Math.clamp(most, 0, limit.guaranteed()), limit.ceiling());
            }
            nearest.put(one.resource(), limit);
        }
        return nearest;
    }

    private void audit(
            Instant at,
            Actor actor,
            QuotaNode before,
            Map<Resource, Limit> limits,
            Audited.Outcome outcome) {
        var old =
                before.rows().stream()
                        .collect(
                                Collectors.toMap(
                                        QuotaNode.Row::resource,
                                        row -> new Limit(row.guaranteed(), row.ceiling())));
        String changes =
                new TreeMap<>(limits)
                        .entrySet().stream()
                                .map(change ->
                                        change.getKey()
                                                + " "
                                                + Optional.ofNullable(old.get(change.getKey()))
                                                        .map(QuotaLimits::text)
                                                        .orElse("-")
                                                + " → "
                                                + text(change.getValue()))
                                .collect(Collectors.joining("; "));
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        "quota.limit",
                        "quotaNode/" + before.ref().id(),
                        outcome,
                        before.ref().name() + ": " + changes));
    }

    private static String text(Limit limit) {
        return limit.guaranteed()
                + "/"
                + (limit.ceiling().isPresent() ? limit.ceiling().getAsLong() : "∞");
    }
}
