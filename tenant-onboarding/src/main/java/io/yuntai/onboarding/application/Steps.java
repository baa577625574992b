package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes the edges of the workflow. The one place in which is asked who may take one, and in which
 * its effect follows: step, quota and audit are one transaction, the caller's.
 */
@Component
class Steps {

    private final ApplicationStore store;
    private final DelegationStore delegations;
    private final ReviewStore reviews;
    private final Takers takers;
    private final Effects effects;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Steps(
            ApplicationStore store,
            DelegationStore delegations,
            ReviewStore reviews,
            Takers takers,
            Effects effects,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.delegations = delegations;
        this.reviews = reviews;
        this.takers = takers;
        this.effects = effects;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Locks an application and asks all that may forbid a person this command.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's; STALE
     *     {@code STALE_VERSION}; CONFLICT {@code ILLEGAL_TRANSITION}; FORBIDDEN {@code
     *     NOT_YOUR_PART}, {@code SEPARATION_OF_DUTIES}, {@code ASSIGNED_TO_ANOTHER}, {@code
     *     ALREADY_SIGNED}, {@code NOT_ASKED}; CONFLICT {@code CO_SIGNATURE_MISSING}, {@code
     *     SIGNATURE_GIVEN}, {@code OPINION_GIVEN}
     */
    Taking begin(Actor actor, ApplicationId id, int version, Workflow.Command command) {
        ledger.holdShape();
        var application = store.lock(id);
        if (!actor.sees(application.unit())) {
            throw Refused.notFound("APPLICATION_NOT_FOUND");
        }
        if (application.version() != version) {
            throw Refused.stale("STALE_VERSION");
        }
        var edge =
                Workflow.edge(application.state(), command)
                        .filter(one -> one.part() != Workflow.Part.CONTROL_PLANE)
                        .orElseThrow(() -> Refused.conflict("ILLEGAL_TRANSITION"));
        var awaited = reviews.awaited(application);
        return switch (hands(new Taker(actor, takers.parts(actor.person())))
                .choose(application, edge, awaited)) {
            case Hands.Choice.May(var behalf) -> new Taking(application, edge, actor, behalf);
            case Hands.Choice.MayNot(var why) -> throw why;
        };
    }

    /**
     * For what begins without an application.
     *
     * @throws Refused FORBIDDEN {@code NOT_YOUR_PART}
     */
    void requirePart(Actor actor, Workflow.Part part) {
        if (!takers.parts(actor.person()).contains(part)) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
    }

    /**
     * For what is done to an application beside its steps.
     *
     * @throws Refused FORBIDDEN {@code SEPARATION_OF_DUTIES}
     */
    static void requireFree(Actor actor, Application application, Workflow.Duty duty) {
        if (!application.allows(actor.person(), duty)) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
    }

    /** For whom a person can act now. */
    Hands hands(Taker taker) {
        var person = taker.actor().person();
        return new Hands(
                person,
                taker.parts(),
                delegations.to(person, clock.instant()).stream()
                        .filter(one -> takers.parts(one.from().id()).contains(one.part()))
                        .toList());
    }

    /** Takes the step that was begun, with its effect. */
    Application finish(Taking taking, Taking.Said said) {
        return step(
                taking.application(),
                taking.edge(),
                Optional.of(taking.by()),
                taking.behalf(),
                said);
    }

    /** Takes an edge that the control plane itself takes; where there is none, nothing happens. */
    Application advance(Application application, Workflow.Command command, String note) {
        ledger.holdShape();
        var current = store.lock(application.id());
        return Workflow.edge(current.state(), command)
                .map(edge ->
                        step(
                                current,
                                edge,
                                Optional.empty(),
                                Optional.empty(),
                                Taking.Said.note(note)))
                .orElse(current);
    }

    private Application step(
            Application application,
            Workflow.Edge edge,
            Optional<Actor> actor,
            Optional<Delegation> behalf,
            Taking.Said said) {
        Instant now = clock.instant();
        var id = application.id();
        if (!store.advance(application, edge, actor.map(Actor::person), now)) {
            throw Refused.stale("STALE_VERSION");
        }
        store.insertStep(
                id,
                application.version() + 1,
                new Application.Step(
                        now,
                        application.revision(),
                        actor.map(Steps::participant),
                        behalf.map(Delegation::from),
                        said.other(),
                        edge.command(),
                        Optional.of(edge.from()),
                        edge.to(),
                        said.opinion(),
                        said.note().strip(),
                        said.terms()),
                edge.duty(),
                behalf.map(Delegation::id));
        effects.follow(application, edge, now);
        audit(now, actor, edge.command(), id, Audited.Outcome.SUCCESS);
        var stepped = store.find(id).orElseThrow();
        announce(stepped, edge, said.other());
        return stepped;
    }

    /** Tells the rest of this module, in the step's transaction. */
    void announce(
            Application stepped, Workflow.Edge edge, Optional<Application.Participant> other) {
        events.publishEvent(new ApplicationStepped(stepped, edge, other));
    }

    void audit(
            Instant at,
            Optional<Actor> actor,
            Workflow.Command command,
            ApplicationId id,
            Audited.Outcome outcome) {
        events.publishEvent(
                new Audited(
                        at,
                        actor,
                        Audited.action("application", command),
                        "application/" + id,
                        outcome,
                        ""));
    }

    static Application.Participant participant(Actor actor) {
        return new Application.Participant(actor.person(), actor.name());
    }
}
