package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.kubernetes.GuardDifference;
import io.yuntai.onboarding.ledger.LeaseId;
import io.yuntai.onboarding.ledger.LeaseRepair;
import io.yuntai.onboarding.ledger.LeaseRepairBegun;
import io.yuntai.onboarding.ledger.LeaseRepaired;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The record of what was changed by hand on the clusters: append-only, with before and after. What
 * is about to be put right is {@link #begin noted before}, and {@link #complete recorded} when it
 * is: so nobody reads of a repair that never was, and of whoever dies between the two the next one
 * who looks {@link #settle records} what he has done, or does it.
 */
@Service
@Transactional
public class Drifts {

    private static final int LONGEST_DETAIL = 1000;
    private static final String HARD = "/spec/hard";

    private final DriftStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Drifts(DriftStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** Enters drifts; one that was reported before and is as it was is not entered again. */
    public void record(List<Drift> drifts) {
        for (var drift : drifts) {
            if (drift.action() != Drift.Action.REPORTED || !store.isLast(drift)) {
                store.insert(drift);
            }
        }
    }

    /** Notes what is about to be put right, each with what is to become of it. */
    public void begin(DriftPart part, List<Drift> found) {
        var before = store.begun(part);
        found.stream()
                .filter(drift -> before.stream().noneMatch(drift::isHalfOf))
                .forEach(drift -> store.begin(part, drift));
    }

    /**
     * Records what became of what was begun. What nobody has begun, or somebody else has recorded
     * since, is not recorded.
     */
    public void complete(DriftPart part, List<Drift> became) {
        for (var end : became) {
            record(
                    store.begun(part).stream()
                            .filter(end::isWhere)
                            .filter(begun -> store.take(part, begun))
                            .map(begun -> begun.became(end))
                            .toList());
        }
    }

    /** Records all that was begun of a part that was found as it should be. */
    public void settle(DriftPart part) {
        record(taken(part));
    }

    /** Records all that was begun of a part that is gone: nobody will find it as it should be. */
    public void leave(DriftPart part) {
        record(taken(part).stream().map(Drift::left).toList());
    }

    private List<Drift> taken(DriftPart part) {
        return store.begun(part).stream().filter(begun -> store.take(part, begun)).toList();
    }

    /** What was begun on a cluster, and is not recorded yet; the oldest first. */
    @Transactional(readOnly = true)
    public List<DriftBegun> begun(String cluster) {
        return store.begun(cluster);
    }

    /** What is about to be put right of a lease, or beside it, is noted here, too. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(LeaseRepairBegun begun) {
        store.begin(
                DriftPart.quota(begun.lease()), drift(begun.lease(), begun.repair(), begun.at()));
    }

    /**
     * What was put right of a lease stands here, too, and in its transaction. Whoever comes after
     * somebody else who has said so finds no note, and is not audited.
     */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(LeaseRepaired repaired) {
        var drift = drift(repaired.lease(), repaired.repair(), repaired.at());
        var part = DriftPart.quota(repaired.lease());
        var taken =
                store.begun(part).stream()
                        .filter(begun -> begun.isSame(drift) && store.take(part, begun))
                        .toList();
        taken.forEach(begun -> store.insert(begun.became(drift)));
        if (!taken.isEmpty()) {
            var repair = repaired.repair();
            events.publishEvent(
                    new Audited(
                            repaired.at(),
                            Optional.empty(),
                            "lease." + repair.kind().code(),
                            "lease/" + repaired.lease(),
                            Audited.Outcome.SUCCESS,
                            repair.before() + " → " + repair.after()));
        }
    }

    /** What was begun of a lease, or beside it, as it is told once it is done. */
    public static LeaseRepair repair(Drift begun) {
        var kind =
                switch (begun.action()) {
                    case REPAIRED, REPORTED ->
                            begun.field().equals(HARD)
                                    ? LeaseRepair.Kind.EDITED
                                    : LeaseRepair.Kind.EPOCH_SPOILT;
                    case REMADE -> LeaseRepair.Kind.DELETED;
                    case REMOVED -> LeaseRepair.Kind.SECOND_QUOTA;
                };
        return new LeaseRepair(kind, begun.before(), begun.after(), begun.seen());
    }

    private static Drift drift(LeaseId lease, LeaseRepair repair, Instant at) {
        return new Drift(
                at,
                lease,
                "ResourceQuota",
                "yuntai",
                switch (repair.kind()) {
                    case EDITED -> HARD;
                    case EPOCH_SPOILT -> "/metadata/annotations/yuntai.io~1epoch";
                    case DELETED, SECOND_QUOTA -> "";
                },
                bounded(repair.before()),
                bounded(repair.after()),
                switch (repair.kind()) {
                    case EDITED, EPOCH_SPOILT -> Drift.Action.REPAIRED;
                    case DELETED -> Drift.Action.REMADE;
                    case SECOND_QUOTA -> Drift.Action.REMOVED;
                },
                repair.seen());
    }

    /**
     * What is put right of a cluster's guards belongs to no system: it stands in the audit, before
     * it is done. Whoever dies between the two finds it once more, and it stands there twice.
     */
    public void guards(String cluster, List<GuardDifference> found) {
        var byObject =
                found.stream()
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.kind() + "/" + one.name(),
                                        TreeMap::new,
                                        Collectors.mapping(
                                                one ->
                                                        one.field()
                                                                + " "
                                                                + one.before()
                                                                + " → "
                                                                + one.after(),
                                                Collectors.joining("; "))));
        byObject.forEach((object, differences) -> {
            String detail = object + " " + differences;
            events.publishEvent(
                    new Audited(
                            clock.instant(),
                            Optional.empty(),
                            "cluster.guardRepaired",
                            "cluster/" + cluster,
                            Audited.Outcome.SUCCESS,
                            detail.length() <= LONGEST_DETAIL
                                    ? detail
                                    : detail.substring(0, LONGEST_DETAIL - 1) + "…"));
        });
    }

    private static String bounded(String text) {
        return text.length() <= 2000 ? text : text.substring(0, 1999) + "…";
    }

    /**
     * A page of drifts; sorted by {@code at} (own order, the latest first), {@code system}, {@code
     * object}. A unit's people see those of its systems.
     */
    @Transactional(readOnly = true)
    public Page<DriftEntry> list(Actor actor, PageQuery query, DriftFilter filter) {
        var scope = actor.confinedTo();
        Sort sort = query.sortOr(new Sort("at", true), Set.of("at", "system", "object"));
        return Page.ofOffset(
                store.page(query, sort, scope, filter), query, store.count(query, scope, filter));
    }
}
