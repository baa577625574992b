package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person lets another act for him in one part of the workflow, for a while. It gives no role: it
 * ends with the role of whoever has delegated, and cannot be delegated on.
 */
@Service
@Transactional
public class Delegations {

    private static final int SHOWN = 200;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final DelegationStore store;
    private final ReviewStore reviews;
    private final Takers takers;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Delegations(
            DelegationStore store,
            ReviewStore reviews,
            Takers takers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.reviews = reviews;
        this.takers = takers;
        this.events = events;
        this.clock = clock;
    }

    /** What is asked for; see {@link Delegation}. */
    public record Wish(
            PersonId to, Workflow.Part part, Instant begin, Instant until, String reason) {}

    /**
     * Delegates. The same id with the same content gives the first answer again.
     *
     * @throws Refused FORBIDDEN {@code NOT_YOUR_PART} of a part that is not one's own, and of those
     *     that are nobody's to give; CONFLICT {@code ID_REUSED}; INVALID with faults at {@code
     *     /to}, {@code /from}, {@code /until}, {@code /reason}
     */
    public Delegation delegate(Actor actor, DelegationId id, Wish wish) {
        boolean canBeGiven =
                switch (wish.part()) {
                    case UNIT_OWNER, REVIEWER, EXPERT, BUREAU, OPERATOR -> true;
                    case APPLICANT, CONTROL_PLANE -> false;
                };
        if (!canBeGiven || !takers.parts(actor.person()).contains(wish.part())) {
            throw Refused.forbidden("NOT_YOUR_PART");
        }
        var to = reviews.person(wish.to());
        requireValid(actor, wish, to);
        Instant now = clock.instant();
        var delegation =
                new Delegation(
                        id,
                        Steps.participant(actor),
                        to.orElseThrow().participant(),
                        wish.part(),
                        wish.begin(),
                        wish.until(),
                        wish.reason(),
                        Optional.empty());
        if (store.insert(delegation, now)) {
            audit(actor, "delegation.give", id, now);
            tell(delegation, now);
        } else if (!store.find(id).orElseThrow().equals(delegation)) {
            throw Refused.conflict("ID_REUSED");
        }
        return delegation;
    }

    /** Whoever is to act has to know of it; with the days that people read. */
    private void tell(Delegation delegation, Instant now) {
        events.publishEvent(
                new Notice(
                        now,
                        new Notice.To.Person(delegation.to().id()),
                        Notice.Kind.DELEGATION_RECEIVED,
                        List.of(
                                Notice.shown(delegation.from().name()),
                                day(delegation.begin()),
                                day(delegation.until()),
                                Notice.shown(delegation.reason())),
                        "/delegations",
                        "DELEGATION_RECEIVED/" + delegation.id()));
    }

    private static String day(Instant moment) {
        return moment.atZone(ZONE).toLocalDate().toString();
    }

    private void requireValid(Actor actor, Wish wish, Optional<ReviewStore.Named> to) {
        var faults = new ArrayList<Fault>();
        if (to.isEmpty() || !isOfTheSameHouse(actor, to.get())) {
            faults.add(Fault.at("/to", "NO_SUCH_PERSON"));
        } else if (wish.to().equals(actor.person())) {
            faults.add(Fault.at("/to", "MAY_NOT_DECIDE"));
        }
        var length = Duration.between(wish.begin(), wish.until());
        if (!length.isPositive() || length.compareTo(Duration.ofDays(Delegation.MAX_DAYS)) > 0) {
            faults.add(Fault.at("/until", "OUT_OF_RANGE", wish.begin(), Delegation.MAX_DAYS));
        } else if (!wish.until().isAfter(clock.instant())) {
            faults.add(Fault.at("/until", "IN_THE_PAST"));
        }
        if (wish.reason().isBlank()) {
            faults.add(Fault.at("/reason", "REQUIRED"));
        } else if (wish.reason().length() > Delegation.MAX_REASON) {
            faults.add(Fault.at("/reason", "TOO_LONG", Delegation.MAX_REASON));
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
    }

    /**
     * A unit's people delegate within the unit, those of the platform and the bureau among them.
     */
    private static boolean isOfTheSameHouse(Actor actor, ReviewStore.Named to) {
        return actor.confinedTo().equals(to.unit());
    }

    /**
     * Ends a delegation now; what was done by it stays done.
     *
     * @throws Refused NOT_FOUND {@code DELEGATION_NOT_FOUND}, also for those of others
     */
    public Delegation revoke(Actor actor, DelegationId id) {
        boolean own =
                store.find(id).filter(one -> one.from().id().equals(actor.person())).isPresent();
        if (!own) {
            throw Refused.notFound("DELEGATION_NOT_FOUND");
        }
        Instant now = clock.instant();
        store.revoke(id, now);
        audit(actor, "delegation.revoke", id, now);
        return store.find(id).orElseThrow();
    }

    /** What this person has delegated or was delegated, over or not; the latest 200. */
    @Transactional(readOnly = true)
    public List<Delegation> of(Actor actor) {
        return store.of(actor.person(), SHOWN);
    }

    private void audit(Actor actor, String action, DelegationId id, Instant at) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action,
                        "delegation/" + id,
                        Audited.Outcome.SUCCESS,
                        ""));
    }
}
