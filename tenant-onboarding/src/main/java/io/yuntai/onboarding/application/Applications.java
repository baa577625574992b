package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.ledger.QuotaLimits;
import io.yuntai.onboarding.ledger.RoomRefused;
import io.yuntai.onboarding.ledger.TransferId;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.system.BusinessSystem;
import io.yuntai.onboarding.system.Systems;
import io.yuntai.quota.Shortfall;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handing in applications, and looking at them. What becomes of them is decided in {@link Reviews}
 * and {@link Deliveries}. Each command is one transaction: the step, the quota and the audit stand
 * or fall together.
 */
@Service
@Transactional
public class Applications {

    private static final int SIMILAR_MONTHS = 12;
    private static final int MOST_SIMILAR = 20;

    private final ApplicationStore store;
    private final ApplicationListStore lists;
    private final DraftStore drafts;
    private final AttachmentStore attachments;
    private final ReviewStore reviews;
    private final Systems systems;
    private final Ledger ledger;
    private final QuotaLocks locks;
    private final Placement placement;
    private final NamespaceReturns returns;
    private final QuotaLimits limits;
    private final Steps steps;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Applications(
            ApplicationStore store,
            ApplicationListStore lists,
            DraftStore drafts,
            AttachmentStore attachments,
            ReviewStore reviews,
            Systems systems,
            Ledger ledger,
            QuotaLocks locks,
            Placement placement,
            NamespaceReturns returns,
            QuotaLimits limits,
            Steps steps,
            ApplicationEventPublisher events,
            Clock clock) {
        this.events = events;
        this.store = store;
        this.lists = lists;
        this.drafts = drafts;
        this.attachments = attachments;
        this.reviews = reviews;
        this.systems = systems;
        this.ledger = ledger;
        this.locks = locks;
        this.placement = placement;
        this.returns = returns;
        this.limits = limits;
        this.steps = steps;
        this.clock = clock;
    }

    /**
     * Submits an application and locks its quota. A draft of the same id is used up; whoever has
     * edited it has submitted it, too. The same id with the same content gives the first answer
     * again, unless that was that there is no room: then it is looked for anew.
     *
     * @throws Refused NOT_FOUND {@code SYSTEM_NOT_FOUND}; FORBIDDEN {@code NOT_YOUR_PART}; CONFLICT
     *     {@code ID_REUSED}, {@code WRONG_ZONE} when the pool is of another zone than the system,
     *     {@code ZONE_CHANGED} when it is to change from a zone that it is not in, {@code
     *     DOMESTIC_REQUIRED}, {@code NO_QUOTA_IN_POOL}, {@code NO_CLUSTER_FOR_POOL}, {@code
     *     NAMESPACE_IN_USE} with what is used of the room that is to be handed back, {@code
     *     QUOTA_SHORT} when the levels above the unit cannot promise what its quota is to rise by
     */
    public Submission submit(Actor actor, ApplicationId id, Order order) {
        ledger.holdShape();
        var system = systems.get(actor, order.system()).system();
        store.claim(id);
        var before = store.digest(id);
        if (before.isPresent()) {
            if (!before.get().equals(order.digest())) {
                throw Refused.conflict("ID_REUSED");
            }
            return new Submission.Accepted(get(actor, id).application(), true);
        }
        steps.requirePart(actor, Workflow.Part.APPLICANT);
        requireFitting(system, order);
        Instant now = clock.instant();
        var lock = locks.unused(QuotaLocks.of(id, 1));
        var shortfalls = locks.lock(lock, order, system.owner(), now);
        if (!shortfalls.isEmpty()) {
            return tooLarge(actor, id, order, system, shortfalls, now);
        }
        store.insert(id, order, system.owner(), lock, actor.person(), now);
        store.insertItems(id, 1, order.items());
        takeDraft(actor, store.find(id).orElseThrow());
        store.insertStep(
                id,
                1,
                new Application.Step(
                        now,
                        1,
                        Optional.of(Steps.participant(actor)),
                        Optional.empty(),
                        Optional.empty(),
                        Workflow.Command.SUBMIT,
                        Optional.of(Workflow.State.DRAFT),
                        Workflow.State.DEPT_REVIEW,
                        Optional.empty(),
                        "",
                        Application.Terms.NONE),
                Workflow.Duty.SUBMITTER);
        steps.audit(now, Optional.of(actor), Workflow.Command.SUBMIT, id, Audited.Outcome.SUCCESS);
        var submitted = store.find(id).orElseThrow();
        steps.announce(
                submitted,
                Workflow.edge(Workflow.State.DRAFT, Workflow.Command.SUBMIT).orElseThrow(),
                Optional.empty());
        return new Submission.Accepted(submitted, false);
    }

    /**
     * Hands in again what was returned: another revision under the same number, whose quota is
     * looked for anew. Approvals of earlier ones are void. The same once more, at the version that
     * it was based on, gives the first answer again.
     *
     * @throws Refused as {@link #submit} and {@link Steps#begin}; CONFLICT {@code
     *     TOO_MANY_REVISIONS}; FORBIDDEN {@code EDITOR_HAS_ANOTHER_DUTY} when somebody has written
     *     in its draft who has decided about it
     */
    public Submission resubmit(Actor actor, ApplicationId id, int version, Order order) {
        if (isHandedIn(actor, id, version, order)) {
            return new Submission.Accepted(get(actor, id).application(), true);
        }
        var taking = steps.begin(actor, id, version, Workflow.Command.SUBMIT);
        int revision = taking.application().revision() + 1;
        if (revision > Order.MAX_REVISIONS) {
            throw Refused.conflict("TOO_MANY_REVISIONS");
        }
        var system = systems.get(actor, order.system()).system();
        if (!system.owner().equals(taking.application().unit())) {
            throw Refused.notFound("SYSTEM_NOT_FOUND");
        }
        requireFitting(system, order);
        Instant now = clock.instant();
        var lock = locks.unused(QuotaLocks.of(id, revision));
        var shortfalls = locks.lock(lock, order, system.owner(), now);
        if (!shortfalls.isEmpty()) {
            return tooLarge(actor, id, order, system, shortfalls, now);
        }
        store.revise(id, revision, order, system.owner(), lock);
        takeDraft(actor, taking.application());
        var revised = taking.of(store.find(id).orElseThrow());
        return new Submission.Accepted(steps.finish(revised, Taking.Said.note("")), false);
    }

    /** Whether this very revision stands: its answer was lost, and it is sent again. */
    private boolean isHandedIn(Actor actor, ApplicationId id, int version, Order order) {
        return store.find(id)
                .filter(found -> actor.sees(found.unit()))
                .filter(found -> found.version() == version + 1)
                .filter(found ->
                        found.state() == Workflow.State.DEPT_REVIEW && found.revision() > 1)
                .filter(found -> found.requested().equals(order))
                .isPresent();
    }

    private void requireFitting(BusinessSystem system, Order order) {
        requireZone(system, order);
        if (system.xinchuangRequired() && order.pool().processor() != ProcessorFamily.DOMESTIC) {
            throw Refused.conflict("DOMESTIC_REQUIRED");
        }
        placement.requireSome(order.pool());
        returns.requireFree(order);
        if (!order.raise().isZero()) {
            var shortfalls =
                    limits.shortOf(order.pool(), system.owner(), order.raise(), clock.instant());
            if (!shortfalls.isEmpty()) {
                throw Refused.quotaShort(shortfalls);
            }
        }
    }

    /**
     * What takes quota is of the system's zone, or of the one that it changes to with the same
     * order. What is given back or renewed may be left of a zone before.
     */
    private static void requireZone(BusinessSystem system, Order order) {
        var change = order.zoneChange();
        if (change.isPresent() && !change.get().from().equals(system.zone())) {
            throw Refused.conflict("ZONE_CHANGED");
        }
        if (change.isEmpty()
                && !order.takesNothing()
                && !system.zone().equals(order.pool().zone())) {
            throw Refused.conflict("WRONG_ZONE");
        }
    }

    private Submission tooLarge(
            Actor actor,
            ApplicationId id,
            Order order,
            BusinessSystem system,
            List<Shortfall> shortfalls,
            Instant now) {
        steps.audit(now, Optional.of(actor), Workflow.Command.SUBMIT, id, Audited.Outcome.FAILURE);
        events.publishEvent(new RoomRefused(shortfalls));
        return locks.tooLarge(order, system.owner(), shortfalls);
    }

    /**
     * Uses up what was being written: whoever has written in it submits it, too, and nobody submits
     * what somebody has written who decides about it, or what another unit is writing.
     */
    private void takeDraft(Actor actor, Application application) {
        var id = application.id();
        // Whoever attaches a file meanwhile has to be done: he is one of its editors.
        if (drafts.hold(id).filter(unit -> !unit.equals(application.unit())).isPresent()) {
            throw Refused.conflict("ID_REUSED");
        }
        for (var editor : drafts.editors(id)) {
            if (!application.allows(editor, Workflow.Duty.SUBMITTER)) {
                throw Refused.forbidden("EDITOR_HAS_ANOTHER_DUTY");
            }
            if (!editor.equals(actor.person())) {
                store.take(id, editor, Workflow.Duty.SUBMITTER);
            }
        }
        drafts.delete(id);
        attachments.handIn(id);
    }

    /**
     * A page of applications; sorted by {@code submittedAt} (own order: the newest first), {@code
     * number}, {@code enteredAt}. {@code q} finds a number as a whole, or a part of a purpose or of
     * the name or code of a system or unit, in capitals or not.
     */
    @Transactional(readOnly = true)
    public Listed list(Taker taker, PageQuery query, ApplicationFilter filter) {
        var page = page(taker.actor(), query, filter);
        return new Listed(page, commands(taker, page.items()));
    }

    private Page<Application> page(Actor actor, PageQuery query, ApplicationFilter filter) {
        Sort sort =
                query.sortOr(Sort.of("-submittedAt"), Set.of("submittedAt", "number", "enteredAt"));
        return lists.page(query, sort, actor.confinedTo(), filter);
    }

    /**
     * The applications that were submitted from a moment on, the latest first, for work that is not
     * done for one actor.
     *
     * @param limit at most so many
     */
    @Transactional(readOnly = true)
    public List<Application> submittedSince(Instant moment, int limit) {
        return store.submittedSince(moment, limit);
    }

    /**
     * Which applications wait for this person to do something that he may do, for himself or for
     * who has delegated it: to decide, to sign, to give an opinion, to look after a delivery or
     * confirm it, to revise. No other duty and no other assignee keeps him from it.
     */
    @Transactional(readOnly = true)
    public Listed inbox(Taker taker, PageQuery query) {
        var hands = steps.hands(taker);
        var page = page(taker.actor(), query, ApplicationFilter.waitingFor(hands));
        return new Listed(page, commands(hands, page.items()));
    }

    /** A page, and what whoever asks may say of each of its applications. */
    public record Listed(
            Page<Application> page, Map<ApplicationId, List<Workflow.Command>> commands) {
        public Listed {
            commands = Map.copyOf(commands);
        }
    }

    /** What this person may say of each of these now, for himself or for who has delegated it. */
    @Transactional(readOnly = true)
    public Map<ApplicationId, List<Workflow.Command>> commands(
            Taker taker, Collection<Application> some) {
        return some.isEmpty() ? Map.of() : commands(steps.hands(taker), some);
    }

    private Map<ApplicationId, List<Workflow.Command>> commands(
            Hands hands, Collection<Application> some) {
        var awaited = reviews.awaited(some);
        var commands = new HashMap<ApplicationId, List<Workflow.Command>>();
        for (var application : some) {
            commands.put(
                    application.id(),
                    hands.commands(
                            application, awaited.getOrDefault(application.id(), Awaited.NOBODY)));
        }
        return commands;
    }

    /**
     * What was decided in the last {@value #SIMILAR_MONTHS} months for the same system or the same
     * unit, and asks for a thing of the same kind; at most {@value #MOST_SIMILAR}.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<Application> similar(Actor actor, ApplicationId id) {
        var application = get(actor, id).application();
        Instant since =
                clock.instant().atOffset(ZoneOffset.UTC).minusMonths(SIMILAR_MONTHS).toInstant();
        return store.similar(application, since, actor.confinedTo(), MOST_SIMILAR);
    }

    /**
     * An application as it would be with these cuts; nothing is changed.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's; INVALID
     *     with a fault for each cut that is none
     */
    @Transactional(readOnly = true)
    public Order lowered(Actor actor, ApplicationId id, List<Cut> cuts) {
        var application = get(actor, id).application();
        return cuts.isEmpty()
                ? application.order()
                : application.requested().cut(Cut.onTop(store.cuts(application), cuts));
    }

    /**
     * The applications that have locked quota by these transfers, by transfer; those of others than
     * the actor's are left out.
     */
    @Transactional(readOnly = true)
    public Map<TransferId, Application.Reference> lockedBy(
            Actor actor, Collection<TransferId> transfers) {
        return store.numbers(transfers, actor.confinedTo());
    }

    /**
     * What each revision of an application has asked for, the first first.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<Application.Revision> revisions(Actor actor, ApplicationId id) {
        return store.revisions(get(actor, id).application().id());
    }

    /**
     * One application with its steps.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public Application.History get(Actor actor, ApplicationId id) {
        var application =
                store.find(id)
                        .filter(found -> actor.sees(found.unit()))
                        .orElseThrow(() -> Refused.notFound("APPLICATION_NOT_FOUND"));
        return new Application.History(application, store.steps(id));
    }
}
