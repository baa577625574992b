package io.yuntai.api;

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
import io.yuntai.onboarding.ledger.QuotaViews;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.NodeId;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Clock clock;

    QuotaHistoryController(
            QuotaHistory history,
            QuotaNodes nodes,
            QuotaViews names,
            Applications applications,
            Clock clock) {
        this.history = history;
        this.nodes = nodes;
        this.names = names;
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * One change of what a leaf holds.
     *
     * @param phase PENDING, POST, VOID, LEASE, LIMIT or MOVE
     * @param amount in base units; below zero when it was given back
     * @param held what the leaf held afterwards
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
            Optional<String> ended,
            Optional<QuotaLeafController.OfOrder> application) {}

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
                        one.end(),
                        one.lock()
                                .flatMap(lock -> Optional.ofNullable(orders.get(lock)))
                                .map(QuotaLeafController.OfOrder::of)));
    }

    /** What the node held at a moment; absent: now. */
    @GetMapping("/held")
    @Requires(Permission.QUOTA_READ)
    HeldAt held(Actor actor, @PathVariable NodeId id, @RequestParam Optional<Instant> at) {
        nodes.require(actor, id);
        var moment = at.orElseGet(clock::instant);
        check("/at", moment);
        return new HeldAt(moment, history.held(id, moment));
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
