package io.yuntai.onboarding.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;
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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes what nodes of the tree are promised and may not exceed. */
@Service
@Transactional
public class QuotaLimits {

    private final QuotaNodeStore store;
    private final QuotaNodes nodes;
    private final QuotaTree tree;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate nested;

    QuotaLimits(
            QuotaNodeStore store,
            QuotaNodes nodes,
            QuotaTree tree,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.tree = tree;
        this.nested = new TransactionTemplate(transactions);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
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
     * what is handed out passes, below it does not. The same id with the same content gives the
     * first answer again, whatever has become of the node since.
     *
     * @param id made by the caller
     * @param version the {@link QuotaNode#limitsVersion()} that the change is meant for
     * @throws Refused NOT_FOUND {@code QUOTA_NODE_NOT_FOUND}; STALE {@code STALE_VERSION}; CONFLICT
     *     {@code ID_REUSED}
     */
    public Outcome set(
            Actor actor, TransferId id, NodeId node, long version, Map<Resource, Limit> limits) {
        store.lock(node);
        var before = nodes.get(actor, node);
        boolean isFirst = !ledger.isKnown(id);
        if (isFirst && before.limitsVersion() != version) {
            throw Refused.stale("STALE_VERSION");
        }
        Instant now = clock.instant();
        return switch (ledger.limit(id, node, limits, now)) {
            case Decision.Granted _ -> {
                if (isFirst) {
                    audit(now, actor, before, limits, Audited.Outcome.SUCCESS);
                }
                yield new Outcome.Changed(nodes.path(actor, node));
            }
            case Decision.Denied(var shortfalls) -> {
                if (isFirst) {
                    audit(now, actor, before, limits, Audited.Outcome.FAILURE);
                }
                yield new Outcome.Denied(shortfalls, nearest(node, limits, shortfalls));
            }
        };
    }

    /**
     * Has the limits of a unit rise by so much, as part of the transaction of whoever grants it:
     * what it is promised, and its ceiling, where it has one.
     *
     * @param application its number, for people
     * @return what the levels above are short of; empty: it stands
     * @throws Refused CONFLICT {@code NO_QUOTA_IN_POOL} when the unit has no place there
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Shortfall> raise(
            PoolId pool, UnitId unit, Amounts more, String application, Instant at) {
        var node = tree.unit(pool, unit).orElseThrow(() -> Refused.conflict("NO_QUOTA_IN_POOL"));
        store.lock(node);
        var before = store.limits(node);
        var after = new TreeMap<Resource, Limit>();
        more.asMap()
                .forEach((resource, by) ->
                        after.put(
                                resource,
                                Optional.ofNullable(before.get(resource))
                                        .orElse(Limit.fixed(0))
                                        .plus(by)));
        var id = new TransferId(UuidCreator.getTimeOrderedEpoch());
        return switch (ledger.limit(id, node, after, at)) {
            case Decision.Denied(var shortfalls) -> shortfalls;
            case Decision.Granted _ -> {
                audit(
                        at,
                        Optional.empty(),
                        node,
                        application,
                        before,
                        after,
                        Audited.Outcome.SUCCESS);
                yield List.of();
            }
        };
    }

    /**
     * What {@link #raise} would be short of; it is tried and undone.
     *
     * @throws Refused as it does
     */
    public List<Shortfall> shortOf(PoolId pool, UnitId unit, Amounts more, Instant at) {
        return Optional.ofNullable(
                        nested.execute(status -> {
                            status.setRollbackOnly();
                            return raise(pool, unit, more, "", at);
                        }))
                .orElseThrow();
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

    private static Map<Resource, Limit> limits(QuotaNode node) {
        return node.rows().stream()
                .collect(
                        Collectors.toMap(
                                QuotaNode.Row::resource,
                                row -> new Limit(row.guaranteed(), row.ceiling())));
    }

    private void audit(
            Instant at,
            Actor actor,
            QuotaNode before,
            Map<Resource, Limit> limits,
            Audited.Outcome outcome) {
        var ref = before.ref();
        audit(at, Optional.of(actor), ref.id(), ref.name(), limits(before), limits, outcome);
    }

    /**
     * @param about whose limits they are, or why they have changed; for people
     */
    private void audit(
            Instant at,
            Optional<Actor> actor,
            NodeId node,
            String about,
            Map<Resource, Limit> before,
            Map<Resource, Limit> limits,
            Audited.Outcome outcome) {
        String changes =
                new TreeMap<>(limits)
                        .entrySet().stream()
                                .map(change ->
                                        change.getKey()
                                                + " "
                                                + Optional.ofNullable(before.get(change.getKey()))
                                                        .map(QuotaLimits::text)
                                                        .orElse("-")
                                                + " → "
                                                + text(change.getValue()))
                                .collect(Collectors.joining("; "));
        events.publishEvent(
                new Audited(
                        at,
                        actor,
                        "quota.limit",
                        "quotaNode/" + node,
                        outcome,
                        about + ": " + changes));
    }

    private static String text(Limit limit) {
        return limit.guaranteed()
                + "/"
                + (limit.ceiling().isPresent() ? limit.ceiling().getAsLong() : "∞");
    }
}
