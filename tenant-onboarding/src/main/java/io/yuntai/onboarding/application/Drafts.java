package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people of a unit are writing. Colleagues see and go on with each other's; each of them has
 * then submitted what is submitted. Also for what was returned, under the application's own id.
 */
@Service
@Transactional
public class Drafts {

    private final DraftStore store;
    private final ApplicationStore applications;
    private final AttachmentStore attachments;
    private final Steps steps;
    private final Clock clock;

    Drafts(
            DraftStore store,
            ApplicationStore applications,
            AttachmentStore attachments,
            Steps steps,
            Clock clock) {
        this.attachments = attachments;
        this.store = store;
        this.applications = applications;
        this.steps = steps;
        this.clock = clock;
    }

    /**
     * Saves what is typed so far. What was saved already is saved again.
     *
     * @param version that it is based on; 0: it is new
     * @param content JSON of at most {@value Draft#MAX_BYTES} bytes
     * @throws Refused FORBIDDEN {@code NOT_YOUR_PART}, also for who belongs to no unit, {@code
     *     SEPARATION_OF_DUTIES} for who has another duty in what was returned; STALE {@code
     *     STALE_VERSION}; NOT_FOUND {@code DRAFT_NOT_FOUND}, also for another tenant's; CONFLICT
     *     {@code ALREADY_SUBMITTED}, {@code TOO_MANY_DRAFTS}
     */
    public Draft save(Actor actor, ApplicationId id, int version, String content) {
        steps.requirePart(actor, Workflow.Part.APPLICANT);
        UnitId unit = unit(actor);
        // Nothing is written beside what is submitted in this moment.
        applications.claim(id);
        requireWritable(actor, id, unit);
        boolean saved =
                version == 0
                        ? insert(actor, id, unit, content)
                        : isOf(id, unit)
                                && store.update(
                                        id, version, content, actor.person(), clock.instant());
        if (!saved) {
            requireOwn(id, unit);
            throw Refused.stale("STALE_VERSION");
        }
        store.addEditor(id, actor.person());
        return store.find(id).orElseThrow();
    }

    private boolean insert(Actor actor, ApplicationId id, UnitId unit, String content) {
        if (store.count(unit) >= Draft.MAX_OF_UNIT) {
            throw Refused.conflict("TOO_MANY_DRAFTS");
        }
        return store.insert(id, unit, content, actor.person(), clock.instant());
    }

    /**
     * Nothing is written under the id of an application that is not its applicant's to change, and
     * nothing by somebody who has decided about it.
     */
    private void requireWritable(Actor actor, ApplicationId id, UnitId unit) {
        if (applications.digest(id).isPresent()) {
            var application = applications.lock(id);
            if (!application.unit().equals(unit)) {
                throw Refused.notFound("DRAFT_NOT_FOUND");
            }
            if (application.state() != Workflow.State.RETURNED) {
                throw Refused.conflict("ALREADY_SUBMITTED");
            }
            Steps.requireFree(actor, application, Workflow.Duty.SUBMITTER);
        }
    }

    private boolean isOf(ApplicationId id, UnitId unit) {
        return store.find(id).filter(draft -> draft.unit().equals(unit)).isPresent();
    }

    private void requireOwn(ApplicationId id, UnitId unit) {
        if (!isOf(id, unit)) {
            throw Refused.notFound("DRAFT_NOT_FOUND");
        }
    }

    private static UnitId unit(Actor actor) {
        return actor.confinedTo().orElseThrow(() -> Refused.forbidden("NOT_YOUR_PART"));
    }

    /** The drafts of the actor's unit, the latest first; of nobody else's. */
    @Transactional(readOnly = true)
    public List<Draft> list(Actor actor) {
        return actor.confinedTo().map(store::of).orElse(List.of());
    }

    /**
     * One draft.
     *
     * @throws Refused NOT_FOUND {@code DRAFT_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public Draft get(Actor actor, ApplicationId id) {
        return store.find(id)
                .filter(draft -> actor.confinedTo().filter(draft.unit()::equals).isPresent())
                .orElseThrow(() -> Refused.notFound("DRAFT_NOT_FOUND"));
    }

    /**
     * Throws a draft away, with what it has changed of the files: nobody is known any more who
     * answers for that. One that is gone already is gone.
     *
     * @throws Refused NOT_FOUND {@code DRAFT_NOT_FOUND} for another tenant's
     */
    public void discard(Actor actor, ApplicationId id) {
        if (store.hold(id).isPresent()) {
            requireOwn(id, unit(actor));
            store.delete(id);
            attachments.discard(id);
        }
    }
}
