package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Refused;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of the rules for instant approval: proposed by one, tried, and put in force by
 * another. Before the first is in force, everything goes to people.
 */
@Service
@Transactional
public class InstantRules {

    private static final int MOST = 200;
    private static final int SALT = 32;

    private final RuleStore store;
    private final RuleTrials trials;
    private final Expressions expressions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    InstantRules(
            RuleStore store,
            RuleTrials trials,
            Expressions expressions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.trials = trials;
        this.expressions = expressions;
        this.events = events;
        this.clock = clock;
    }

    /** The latest versions, the latest first. */
    @Transactional(readOnly = true)
    public List<RuleVersion> latest() {
        return store.latest(MOST);
    }

    /** The one version that is asked now, if any is in force. */
    @Transactional(readOnly = true)
    public Optional<RuleVersion> inForce() {
        return store.inForce(clock.instant());
    }

    /**
     * One version.
     *
     * @throws Refused NOT_FOUND {@code RULE_NOT_FOUND}
     */
    @Transactional(readOnly = true)
    public RuleVersion get(RuleId id) {
        return store.find(id).orElseThrow(() -> Refused.notFound("RULE_NOT_FOUND"));
    }

    /**
     * Proposes a version; nothing goes by it until somebody else approves it. The same id with the
     * same content is proposed once.
     *
     * @throws Refused INVALID, with a fault {@code BAD_EXPRESSION} for each thing that is wrong
     *     with an expression: line, column and why; CONFLICT {@code ID_REUSED}
     */
    public RuleVersion propose(Actor actor, RuleId id, RuleProposal asked) {
        var says =
                new RuleProposal(
                        asked.predicates(),
                        asked.limits(),
                        asked.auditPercent(),
                        asked.effectiveFrom().truncatedTo(ChronoUnit.SECONDS),
                        asked.basis());
        var faults = expressions.faults(says.predicates(), "/predicates");
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        store.lock();
        var before = store.digest(id);
        if (before.isPresent()) {
            if (!before.get().equals(says.digest())) {
                throw Refused.conflict("ID_REUSED");
            }
            return get(id);
        }
        Instant now = clock.instant();
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        store.insert(id, says, salt, actor, now);
        tell(now, actor, "instantRule.propose", id, says.basis());
        var proposed = get(id);
        events.publishEvent(
                new Notice(
                        now,
                        new Notice.To.Holders("INSTANT_RULE_APPROVE", Optional.empty()),
                        Notice.Kind.RULE_PROPOSED,
                        List.of(
                                Integer.toString(proposed.number()),
                                Notice.shown(actor.name()),
                                Notice.shown(says.basis())),
                        "/instant-approval",
                        "RULE_PROPOSED/" + id));
        return proposed;
    }

    /**
     * What a version would have done in the last quarter; it need not be in force.
     *
     * @throws Refused NOT_FOUND {@code RULE_NOT_FOUND}
     */
    @Transactional(readOnly = true)
    public RuleTrial tryOut(RuleId id) {
        return trials.run(get(id), clock.instant());
    }

    /**
     * Puts a version in force, from the moment it names or from now, whichever is later. It is
     * tried once more, and what came of that is kept with the approval. Again changes nothing.
     *
     * @throws Refused NOT_FOUND {@code RULE_NOT_FOUND}; FORBIDDEN {@code SEPARATION_OF_DUTIES} for
     *     its author; CONFLICT {@code RULE_APPROVED} when somebody else has, {@code
     *     RULE_SAME_MOMENT} when another one begins in the same moment
     */
    public RuleVersion approve(Actor actor, RuleId id) {
        store.lock();
        var version = get(id);
        if (version.author().id().equals(actor.person())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        if (version.approval().isPresent()) {
            if (version.approval().get().by().id().equals(actor.person())) {
                return version;
            }
            throw Refused.conflict("RULE_APPROVED");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is read back
        var effective = version.says().effectiveFrom();
        Instant from = effective.isAfter(now) ? effective : now;
        if (store.beginsAt(from)) {
            throw Refused.conflict("RULE_SAME_MOMENT");
        }
        var trial = trials.run(version, now);
        store.approve(version, actor, now, from, trial.applications(), trial.passing());
        tell(
                now,
                actor,
                "instantRule.approve",
                id,
                "version %d, tried on %d, passing %d"
                        .formatted(version.number(), trial.applications(), trial.passing()));
        return get(id);
    }

    private void tell(Instant at, Actor actor, String action, RuleId id, String detail) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action,
                        "instantRule/" + id,
                        Audited.Outcome.SUCCESS,
                        detail));
    }
}
