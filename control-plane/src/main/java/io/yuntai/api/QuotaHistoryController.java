package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.ledger.NodeRef;
import io.yuntai.onboarding.ledger.QuotaHistory;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.ledger.QuotaRefusals;
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Leg;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The past of a node of the quota tree, from the entries of the ledger. */
@RestController
@RequestMapping("/api/v1/quota/nodes/{id}")
@Tag(name = "quota")
class QuotaHistoryController {

    private static final int MOST_POINTS = 60;
    private static final Duration USUAL_SPAN = Duration.ofDays(30);

    private final QuotaHistory history;
    private final QuotaNodes nodes;
    private final QuotaViews names;
    private final Applications applications;
    private final QuotaRefusals refusals;
    private final NodeNames shortfalls;
    private final Clock clock;

    QuotaHistoryController(
            QuotaHistory history,
            QuotaNodes nodes,
            QuotaViews names,
            Applications applications,
            QuotaRefusals refusals,
            NodeNames shortfalls,
            Clock clock) {
        this.refusals = refusals;
        this.shortfalls = shortfalls;
        this.history = history;
        this.nodes = nodes;
        this.names = names;
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * One change of what a leaf holds, or of a node's limits.
     *
     * @param phase PENDING, POST, VOID, LEASE, DEBT, LIMIT or MOVE
     * @param amount in base units; below zero when it was given back
     * @param held what the leaf held afterwards
     * @param limits of limits that were changed, what they were and became; null for all others
     * @param ended what has become of a lock, POST or VOID; null while it is pending, and of all
     *     others
     * @param application the order that it belongs to; null when it is none, or one that the caller
     *     may not see
     */
    record MovementView(
            Instant at,
            String transfer,
            String phase,
            NodeRef leaf,
            Resource resource,
            long amount,
            long held,
            Optional<LimitsChanged> limits,
            Optional<String> ended,
            Optional<QuotaLeafController.OfOrder> application) {}

    record LimitsChanged(LimitBody before, LimitBody after) {

        static LimitsChanged of(QuotaHistory.LimitChange change) {
            return new LimitsChanged(LimitBody.of(change.before()), LimitBody.of(change.after()));
        }
    }

    /** What a leaf was to hold more, in base units. */
    @Schema(name = "RefusedAsk")
    record AskedView(NodeRef leaf, Amounts amounts) {}

    /**
     * A refusal, as it was answered.
     *
     * @param phase what was asked for: PENDING (an order), LEASE, LIMIT or MOVE
     * @param asked what each leaf was to hold more; nothing of limits and moves
     * @param shortfalls what was short; who was idle then is not known
     */
    @Schema(name = "QuotaRefusal")
    record RefusalView(
            Instant at,
            String transfer,
            String phase,
            List<AskedView> asked,
            List<NodeNames.ShortfallView> shortfalls) {}

    /**
     * How a node stood at a moment.
     *
     * @param held what was held below it, what was locked included, in base units
     * @param limits what it was promised and could not exceed, by resource
     */
    record StoodAt(Instant at, Amounts held, Map<String, LimitBody> limits) {}

    /** What was held at a moment, what was locked included, in base units. */
    record HeldAt(Instant at, Amounts held) {}

    /** What was held at moments with the same time between them, the earliest first. */
    record HeldOverTime(List<HeldAt> points) {}

    /** What changed at the node or below it, the latest first. */
    @GetMapping("/movements")
    @Requires(Permission.QUOTA_READ)
    Page<MovementView> movements(
            Actor actor,
            PageQuery query,
            @PathVariable NodeId id,
            @RequestParam Optional<Resource> resource,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to) {
        nodes.require(actor, id);
        from.ifPresent(at -> check("/from", at));
        to.ifPresent(at -> check("/to", at));
        var page = history.of(id, query, new QuotaHistory.Filter(resource, from, to));
        var leaves =
                names.named(
                        page.items().stream().map(QuotaHistory.Movement::leaf).distinct().toList());
        var orders =
                applications.lockedBy(
                        actor, page.items().stream().flatMap(one -> one.lock().stream()).toList());
        return page.map(one ->
                new MovementView(
                        one.at(),
                        one.transfer().toString(),
                        one.phase(),
                        Optional.ofNullable(leaves.get(one.leaf())).orElseThrow(),
                        one.resource(),
                        one.amount(),
                        one.held(),
                        one.limits().map(LimitsChanged::of),
                        one.end(),
                        one.lock()
                                .flatMap(lock -> Optional.ofNullable(orders.get(lock)))
                                .map(QuotaLeafController.OfOrder::of)));
    }

    /**
     * What was refused at the node or below it, or asked for from there, the latest first.
     *
     * @param phase only what was asked for so
     */
    @GetMapping("/refusals")
    @Requires(Permission.QUOTA_READ)
    Page<RefusalView> refusals(
            Actor actor,
            PageQuery query,
            @PathVariable NodeId id,
            @RequestParam Optional<QuotaRefusals.Asked> phase) {
        var page = refusals.of(actor, id, query, phase);
        var leaves =
                names.named(
                        page.items().stream()
                                .flatMap(one -> one.asked().stream())
                                .map(Leg::leaf)
                                .distinct()
                                .toList());
        return page.map(one ->
                new RefusalView(
                        one.at(),
                        one.transfer().toString(),
                        one.phase(),
                        one.asked().stream()
                                .map(leg -> asked(actor, leg, leaves.get(leg.leaf())))
                                .flatMap(Optional::stream)
                                .toList(),
                        shortfalls.past(actor, one)));
    }

    /** Leaves that have gone meanwhile, or that the caller may not know of, are left out. */
    private Optional<AskedView> asked(Actor actor, Leg leg, @Nullable NodeRef leaf) {
        return Optional.ofNullable(leaf)
                .filter(ref ->
                        ref.kind() == NodeRef.Kind.INFRASTRUCTURE || nodes.sees(actor, ref.id()))
                .map(ref -> new AskedView(ref, leg.amounts()));
    }

    /** What the node held at a moment, and its limits then; absent: now. */
    @GetMapping("/held")
    @Requires(Permission.QUOTA_READ)
    StoodAt held(Actor actor, @PathVariable NodeId id, @RequestParam Optional<Instant> at) {
        nodes.require(actor, id);
        var moment = at.orElseGet(clock::instant);
        check("/at", moment);
        var limits = new TreeMap<String, LimitBody>();
        history.limits(id, moment)
                .forEach((resource, limit) -> limits.put(resource.code(), LimitBody.of(limit)));
        return new StoodAt(moment, history.held(id, moment), limits);
    }

    /** What the node held over time: at 2 to 60 moments, the last 30 days unless said otherwise. */
    @GetMapping("/held/series")
    @Requires(Permission.QUOTA_READ)
    HeldOverTime series(
            Actor actor,
            @PathVariable NodeId id,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> to,
            @RequestParam(defaultValue = "31") int points) {
        nodes.require(actor, id);
        if (points < 2 || points > MOST_POINTS) {
            throw bad("/points", "OUT_OF_RANGE", 2, MOST_POINTS);
        }
        var end = to.orElseGet(clock::instant);
        check("/to", end);
        var begin = from.orElseGet(() -> end.minus(USUAL_SPAN));
        check("/from", begin);
        if (!begin.isBefore(end)) {
            throw bad("/from", "FROM_AFTER_TO");
        }
        var step = Duration.between(begin, end).dividedBy(points - 1);
        var series = new ArrayList<HeldAt>();
        for (int i = 0; i < points; i++) {
            var at = i == points - 1 ? end : begin.plus(step.multipliedBy(i));
            series.add(new HeldAt(at, history.held(id, at)));
        }
        return new HeldOverTime(series);
    }

    /** Times that the database can hold. */
    private static void check(String pointer, Instant at) {
        if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
            throw bad(pointer, "NOT_READABLE");
        }
    }

    private static Refused bad(String pointer, String code, Object... arguments) {
        return Refused.invalid("INVALID", List.of(Fault.at(pointer, code, arguments)));
    }
}
