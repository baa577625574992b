package io.yuntai.onboarding.namespace;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.kubernetes.GuardDifference;
import io.yuntai.onboarding.ledger.LeaseRepaired;
import java.time.Clock;
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
 * The record of what was changed by hand on the clusters: append-only, with before and after. It is
 * written after the repair: whoever dies between the two has repaired something that nobody reads
 * of, which is better than to read of a repair that never was.
 */
@Service
@Transactional
public class Drifts {

    private static final int LONGEST_DETAIL = 1000;

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

    /** What was put right of a lease stands here, too, and in its transaction. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(LeaseRepaired repaired) {
        var repair = repaired.repair();
        store.insert(
                new Drift(
                        repaired.at(),
                        repaired.lease(),
                        "ResourceQuota",
                        "yuntai",
                        switch (repair.kind()) {
                            case EDITED -> "/spec/hard";
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
                        repair.seen()));
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
