package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.Ledger;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    private final Takers takers;
    private final Effects effects;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Steps(
            ApplicationStore store,
            DelegationStore delegations,
            Takers takers,
            Effects effects,
            Ledger ledger,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.delegations = delegations;
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
     *     NOT_YOUR_PART}, {@code SEPARATION_OF_DUTIES}, {@code ASSIGNED_TO_ANOTHER}
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
        var behalf = behalf(actor, edge, application);
        if (!application.allows(actor.person(), edge.duty())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        if (isForTheAssignee(edge) && isAssignedToAnother(application, actor, behalf)) {
            throw Refused.forbidden("ASSIGNED_TO_ANOTHER");
        }
        return new Taking(application, edge, actor, behalf);
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

    /** Whose part it is: empty when it is the actor's own. */
    private Optional<Delegation> behalf(Actor actor, Workflow.Edge edge, Application application) {
        if (takers.parts(actor.person()).contains(edge.part())) {
            return Optional.empty();
        }
        var delegated = delegated(actor).filter(one -> one.part() == edge.part()).toList();
        if (delegated.isEmpty()) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
        return Optional.of(
                delegated.stream()
                        .filter(one -> application.allows(one.from().id(), edge.duty()))
                        .findFirst()
                        .orElseThrow(() -> Refused.forbidden("SEPARATION_OF_DUTIES")));
    }

    /** Whoever may decide can still hand it on: the one it was assigned to may be away. */
    private static boolean isForTheAssignee(Workflow.Edge edge) {
        return switch (edge.command()) {
            case APPROVE, REFER, RETURN, REJECT, CO_SIGN -> true;
            case SUBMIT,
                    PASS,
                    TO_HUMAN,
                    OPINE,
                    CONCLUDE,
                    TRANSFER,
                    SIGN,
                    WITHDRAW,
                    EXPIRE,
                    DELIVER,
                    OBSERVE,
                    FAIL,
                    RETRY,
                    CANCEL,
                    CONFIRM,
                    DEEM ->
                    false;
        };
    }

    private static boolean isAssignedToAnother(
            Application application, Actor actor, Optional<Delegation> behalf) {
        return application.isAssignedToAnother(actor.person())
                && behalf.map(one -> application.isAssignedToAnother(one.from().id())).orElse(true);
    }

    /** The parts that a person may act in now, his own and those delegated to him. */
    Set<Workflow.Part> parts(Actor actor) {
        var parts = EnumSet.noneOf(Workflow.Part.class);
        parts.addAll(takers.parts(actor.person()));
        delegated(actor).map(Delegation::part).forEach(parts::add);
        return parts;
    }

    /** What is delegated to a person now, by people who still have the part themselves. */
    private Stream<Delegation> delegated(Actor actor) {
        return delegations.to(actor.person(), clock.instant()).stream()
                .filter(one -> takers.parts(one.from().id()).contains(one.part()));
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
                        said.note().strip()),
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

    /**
     * What a person in these parts may say of an application now. That he was asked to sign, or for
     * an opinion, is not looked up here.
     */
    static List<Workflow.Command> commands(
            Application application, PersonId person, Set<Workflow.Part> parts) {
        return Workflow.from(application.state()).stream()
                .filter(edge -> parts.contains(edge.part()))
                .filter(edge -> application.allows(person, edge.duty()))
                .filter(edge -> !isForTheAssignee(edge) || !application.isAssignedToAnother(person))
                .map(Workflow.Edge::command)
                .toList();
    }

    /** Which states somebody in these parts has to do something about, before others can. */
    static List<Workflow.State> awaiting(Set<Workflow.Part> parts) {
        return Workflow.EDGES.stream()
                .filter(edge -> parts.contains(edge.part()))
                .filter(edge ->
                        switch (edge.command()) {
                            case APPROVE, OPINE, RETRY, CONFIRM -> true;
                            case SUBMIT -> edge.from() == Workflow.State.RETURNED;
                            case PASS,
                                    TO_HUMAN,
                                    REFER,
                                    CONCLUDE,
                                    RETURN,
                                    REJECT,
                                    TRANSFER,
                                    CO_SIGN,
                                    SIGN,
                                    WITHDRAW,
                                    EXPIRE,
                                    DELIVER,
                                    OBSERVE,
                                    FAIL,
                                    CANCEL,
                                    DEEM ->
                                    false;
                        })
                .map(Workflow.Edge::from)
                .distinct()
                .toList();
    }
}
