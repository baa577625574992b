package io.yuntai.onboarding.rules;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of the rules: proposed by one with the document that they rest on, approved by
 * another before their day has come.
 */
@Service
@Transactional
public class RulesVersions {

    private final RulesStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RulesVersions(RulesStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** The one that takes effect last first. */
    @Transactional(readOnly = true)
    public List<RulesVersion> all() {
        return store.all();
    }

    /**
     * Proposes a version; nobody acts by it before another has approved it.
     *
     * @param id 1 to 63 small letters, digits, dots and dashes
     * @param basis 1 to 500 characters
     * @throws Refused CONFLICT {@code POLICY_EXISTS}: another has the id; INVALID {@code
     *     POLICY_TOO_LATE}: it would take effect on a day that has begun
     */
    public RulesVersion propose(
            Actor actor, String id, LocalDate effectiveFrom, String basis, WorkRules rules) {
        Instant now = clock.instant();
        requireAhead(effectiveFrom, now);
        if (!store.add(id, effectiveFrom, basis, rules, actor, now)) {
            throw Refused.conflict("POLICY_EXISTS");
        }
        return told(actor, "propose", id, now);
    }

    /**
     * Approves or rejects a version.
     *
     * @throws Refused NOT_FOUND {@code POLICY_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON}; CONFLICT
     *     {@code POLICY_DECIDED}, {@code POLICY_DAY_TAKEN}: another takes effect on that day;
     *     INVALID {@code POLICY_TOO_LATE}
     */
    public RulesVersion decide(Actor actor, String id, boolean approved) {
        store.lock();
        Instant now = clock.instant();
        var version = store.find(id).orElseThrow(() -> Refused.notFound("POLICY_NOT_FOUND"));
        if (version.proposal().filter(one -> one.by().equals(actor.person())).isPresent()) {
            throw Refused.forbidden("SAME_PERSON");
        }
        if (version.state() != RulesVersion.State.PROPOSED) {
            throw Refused.conflict("POLICY_DECIDED");
        }
        if (approved) {
            requireAhead(version.effectiveFrom(), now);
            if (store.isTaken(version.effectiveFrom())) {
                throw Refused.conflict("POLICY_DAY_TAKEN");
            }
        }
        store.decide(id, approved, actor, now);
        return told(actor, approved ? "approve" : "reject", id, now);
    }

    private static void requireAhead(LocalDate effectiveFrom, Instant now) {
        if (!effectiveFrom.isAfter(LocalDate.ofInstant(now, WorkingCalendar.ZONE))) {
            throw Refused.invalid(
                    "POLICY_TOO_LATE", List.of(Fault.at("/effectiveFrom", "POLICY_TOO_LATE")));
        }
    }

    private RulesVersion told(Actor actor, String what, String id, Instant at) {
        var version = store.find(id).orElseThrow();
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        "workRules." + what,
                        "work-rules/" + id,
                        Audited.Outcome.SUCCESS,
                        version.basis()));
        return version;
    }
}
