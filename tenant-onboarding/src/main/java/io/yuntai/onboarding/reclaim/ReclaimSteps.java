package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Command;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Duty;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Edge;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.Part;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes the edges of {@link ReclaimWorkflow}: the one place in which is asked who may take one.
 * Step, effect, audit and notices are one transaction, the caller's.
 */
@Component
class ReclaimSteps {

    private final ReclaimStore store;
    private final ProgressStore progress;
    private final ReclaimNotices notices;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ReclaimSteps(
            ReclaimStore store,
            ProgressStore progress,
            ReclaimNotices notices,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.progress = progress;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** Whether somebody may know of an order: a unit's people from when they are told of it. */
    static boolean isVisible(Actor actor, Reclaim reclaim) {
        return actor.sees(reclaim.unit())
                && (actor.confinedTo().isEmpty() || reclaim.noticedAt().isPresent());
    }

    /**
     * Locks an order and asks all that may forbid a person this command.
     *
     * @throws Refused NOT_FOUND {@code RECLAIM_NOT_FOUND}, also for another tenant's; STALE {@code
     *     STALE_VERSION}; CONFLICT {@code ILLEGAL_TRANSITION}; FORBIDDEN {@code NOT_YOUR_PART},
     *     {@code SEPARATION_OF_DUTIES}
     */
    Reclaim begin(Actor actor, ReclaimId id, int version, Command command) {
        var reclaim = store.lock(id);
        if (!isVisible(actor, reclaim)) {
            throw Refused.notFound("RECLAIM_NOT_FOUND");
        }
        if (reclaim.version() != version) {
            throw Refused.stale("STALE_VERSION");
        }
        var edge = edge(reclaim, command);
        // A person of a unit is nothing but that, whatever roles he has.
        boolean isHis =
                edge.part() == Part.UNIT_OWNER
                        ? actor.confinedTo().equals(Optional.of(reclaim.unit()))
                        : actor.confinedTo().isEmpty();
        if (!isHis) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
        if (!reclaim.allows(actor.person(), edge.duty())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        return reclaim;
    }

    private static Edge edge(Reclaim reclaim, Command command) {
        return ReclaimWorkflow.edge(reclaim.state(), command)
                .filter(one -> one.part() != Part.CONTROL_PLANE)
                .orElseThrow(() -> Refused.conflict("ILLEGAL_TRANSITION"));
    }

    /** Takes the step of an order that {@link #begin} has given. */
    Reclaim take(Actor actor, Reclaim reclaim, Command command, String note) {
        return step(reclaim, edge(reclaim, command), Optional.of(actor), note, Optional.empty());
    }

    /** As the other, with a delay. */
    Reclaim postpone(Actor actor, Reclaim reclaim, Command command, String note, LocalDate until) {
        return step(reclaim, edge(reclaim, command), Optional.of(actor), note, Optional.of(until));
    }

    /** Takes an edge that the control plane itself takes. */
    Reclaim advance(Reclaim reclaim, Command command) {
        var edge = ReclaimWorkflow.edge(reclaim.state(), command).orElseThrow();
        return step(reclaim, edge, Optional.empty(), "", Optional.empty());
    }

    private Reclaim step(
            Reclaim reclaim,
            Edge edge,
            Optional<Actor> actor,
            String note,
            Optional<LocalDate> until) {
        Instant now = clock.instant();
        if (!store.advance(reclaim, edge, until, now)) {
            throw Refused.stale("STALE_VERSION");
        }
        store.insertStep(
                reclaim.id(),
                new Reclaim.Step(
                        reclaim.version() + 1,
                        now,
                        actor.map(ReclaimSteps::participant),
                        edge.command(),
                        Optional.of(edge.from()),
                        edge.to(),
                        note),
                edge.duty());
        switch (edge.effect()) {
            // With the step itself.
            case NONE, CLOCK, POSTPONE -> {}
            case RUN -> progress.retry(reclaim.id());
            case RELEASE -> progress.release(reclaim.id());
        }
        audit(now, actor, edge.command(), reclaim.id(), note);
        var stepped = store.find(reclaim.id()).orElseThrow();
        notices.stepped(stepped, edge);
        return stepped;
    }

    /** Notes that an order was begun. */
    Reclaim begun(Actor actor, ReclaimId id, String note) {
        Instant now = clock.instant();
        store.insertStep(
                id,
                new Reclaim.Step(
                        1,
                        now,
                        Optional.of(participant(actor)),
                        Command.PROPOSE,
                        Optional.empty(),
                        ReclaimWorkflow.State.PROPOSED,
                        note),
                Duty.PROPOSER);
        audit(now, Optional.of(actor), Command.PROPOSE, id, note);
        return store.find(id).orElseThrow();
    }

    private void audit(
            Instant at, Optional<Actor> actor, Command command, ReclaimId id, String detail) {
        events.publishEvent(
                new Audited(
                        at,
                        actor,
                        Audited.action("reclaim", command),
                        "reclaim/" + id,
                        Audited.Outcome.SUCCESS,
                        detail));
    }

    private static Reclaim.Participant participant(Actor actor) {
        return new Reclaim.Participant(actor.person(), actor.name());
    }
}
