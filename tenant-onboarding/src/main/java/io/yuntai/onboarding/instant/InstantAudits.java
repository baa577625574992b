package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Workflow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The evidence of what was decided by rule, and what people say of the sample of it. A failed audit
 * suspends the unit from instant approval until somebody else lifts it.
 */
@Service
@Transactional
public class InstantAudits {

    private final CheckStore checks;
    private final SampleStore audits;
    private final Applications applications;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    InstantAudits(
            CheckStore checks,
            SampleStore audits,
            Applications applications,
            ApplicationEventPublisher events,
            Clock clock) {
        this.checks = checks;
        this.audits = audits;
        this.applications = applications;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What was decided about an application, a revision each that came so far, the first first.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<Check> evidence(Actor actor, ApplicationId id) {
        var _ = applications.get(actor, id);
        return checks.of(id);
    }

    /**
     * The sample, the latest first.
     *
     * @param open only what nobody has looked at yet
     */
    @Transactional(readOnly = true)
    public Page<Sampled> sample(PageQuery query, boolean open) {
        return Page.ofOffset(audits.page(query, open), query, audits.count(query, open));
    }

    /**
     * What somebody finds who looks at a pass of the sample again. Said again, the same is done
     * once.
     *
     * @param passed false suspends the unit
     * @param reason 1 to 2000 characters
     * @throws Refused NOT_FOUND {@code AUDIT_NOT_FOUND}: it is not in the sample; FORBIDDEN {@code
     *     SEPARATION_OF_DUTIES} for whoever has a duty in the application; CONFLICT {@code
     *     AUDIT_DONE}
     */
    public Check.Audit audit(Actor actor, ApplicationId id, boolean passed, String reason) {
        int revision = sampled(id);
        var before = audits.audit(id);
        if (before.isPresent()) {
            var one = before.get();
            if (one.by().id().equals(actor.person())
                    && one.passed() == passed
                    && one.reason().equals(reason)) {
                return one;
            }
            throw Refused.conflict("AUDIT_DONE");
        }
        var application = applications.get(actor, id).application();
        if (application.duties().stream().anyMatch(duty -> duty.person().equals(actor.person()))) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        Instant now = clock.instant();
        audits.insert(id, revision, actor, now, passed, reason);
        tell(now, actor, passed ? "instant.auditPassed" : "instant.auditFailed", id, reason);
        if (!passed) {
            announce(now, Notice.Kind.UNIT_SUSPENDED, application, reason);
        }
        return audits.audit(id).orElseThrow();
    }

    /** The unit's owner, and whoever can lift it. */
    private void announce(Instant at, Notice.Kind kind, Application application, String reason) {
        var unit = Optional.of(application.unit());
        for (var to :
                List.of(
                        new Notice.To.Takers(Workflow.Part.UNIT_OWNER, unit),
                        new Notice.To.Holders("INSTANT_RULE_APPROVE", Optional.empty()))) {
            events.publishEvent(
                    new Notice(
                            at,
                            to,
                            kind,
                            List.of(
                                    Notice.shown(application.unitName()),
                                    application.number(),
                                    Notice.shown(reason)),
                            "/applications/" + application.id(),
                            kind + "/" + application.id()));
        }
    }

    /**
     * Lifts the suspension that a failed audit brought.
     *
     * @throws Refused NOT_FOUND {@code AUDIT_NOT_FOUND}; CONFLICT {@code NOT_SUSPENDED}: the audit
     *     has not failed, or it was lifted; FORBIDDEN {@code SEPARATION_OF_DUTIES} for whoever has
     *     failed it
     */
    public Check.Audit lift(Actor actor, ApplicationId id, String reason) {
        int revision = sampled(id);
        var failed =
                audits.audit(id)
                        .filter(audit -> !audit.passed() && audit.lift().isEmpty())
                        .orElseThrow(() -> Refused.conflict("NOT_SUSPENDED"));
        if (failed.by().id().equals(actor.person())) {
            throw Refused.forbidden("SEPARATION_OF_DUTIES");
        }
        Instant now = clock.instant();
        audits.lift(id, revision, failed.by().id(), actor, now, reason);
        tell(now, actor, "instant.lift", id, reason);
        announce(
                now,
                Notice.Kind.SUSPENSION_LIFTED,
                applications.get(actor, id).application(),
                reason);
        return audits.audit(id).orElseThrow();
    }

    private int sampled(ApplicationId id) {
        return audits.lockSampled(id).orElseThrow(() -> Refused.notFound("AUDIT_NOT_FOUND"));
    }

    private void tell(Instant at, Actor actor, String action, ApplicationId id, String detail) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action,
                        "application/" + id,
                        Audited.Outcome.SUCCESS,
                        detail));
    }
}
