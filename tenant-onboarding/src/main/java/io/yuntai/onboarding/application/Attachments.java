package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The files that are handed in with applications. They change only while there is a draft: what was
 * submitted does not change under the hands of whoever reviews it. Whoever attaches a file has
 * edited the draft.
 */
@Service
@Transactional
public class Attachments {

    private final AttachmentStore store;
    private final DraftStore drafts;
    private final ApplicationStore applications;
    private final Steps steps;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Attachments(
            AttachmentStore store,
            DraftStore drafts,
            ApplicationStore applications,
            Steps steps,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.drafts = drafts;
        this.applications = applications;
        this.steps = steps;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Attaches a file to a draft. The same id with the same content gives the first answer again.
     *
     * @param digest of the content, SHA-256
     * @throws Refused FORBIDDEN {@code NOT_YOUR_PART}, {@code SEPARATION_OF_DUTIES} for who has
     *     another duty in what was returned; NOT_FOUND {@code DRAFT_NOT_FOUND}, also for another
     *     tenant's and for what was submitted; INVALID at {@code /name} and, for a file of another
     *     type, {@code /content}; CONFLICT {@code ID_REUSED}, {@code TOO_MANY_FILES}, {@code
     *     ATTACHMENTS_FULL}
     */
    public AttachedFile add(
            Actor actor,
            ApplicationId application,
            AttachedFileId id,
            String name,
            byte[] content,
            String digest) {
        steps.requirePart(actor, Workflow.Part.APPLICANT);
        UnitId unit = holdDraft(actor, application);
        var before = store.find(id);
        if (before.isPresent()) {
            var file = before.get();
            if (!file.application().equals(application)
                    || !file.digest().equals(digest)
                    || !file.name().equals(name.strip())) {
                throw Refused.conflict("ID_REUSED");
            }
            return file;
        }
        var type = requireValid(name.strip(), content);
        if (store.of(application).size() >= AttachedFile.MAX_FILES) {
            throw Refused.conflict("TOO_MANY_FILES");
        }
        if (store.ofDrafts(unit) + content.length > AttachedFile.MAX_OF_DRAFTS) {
            throw Refused.conflict("ATTACHMENTS_FULL");
        }
        Instant now = clock.instant();
        var file =
                new AttachedFile(
                        id,
                        application,
                        unit,
                        name.strip(),
                        type,
                        content.length,
                        digest,
                        Steps.participant(actor),
                        now,
                        false);
        store.insert(file, content);
        drafts.addEditor(application, actor.person());
        audit(actor, "application.attach", file, now);
        return file;
    }

    private static FileType requireValid(String name, byte[] content) {
        var faults = new ArrayList<Fault>();
        var type = FileType.of(content);
        if (content.length > AttachedFile.MAX_BYTES) {
            faults.add(Fault.at("/content", "CONTENT_TOO_LARGE", AttachedFile.MAX_BYTES >> 20));
        } else if (type.isEmpty()) {
            faults.add(Fault.at("/content", "WRONG_FILE_TYPE"));
        }
        if (name.isEmpty()) {
            faults.add(Fault.at("/name", "REQUIRED"));
        } else if (PlainText.length(name) > AttachedFile.MAX_NAME) {
            faults.add(Fault.at("/name", "TOO_LONG", AttachedFile.MAX_NAME));
        } else if (PlainText.firstForbidden(name).isPresent()
                || name.contains("/")
                || name.contains("\\")) {
            faults.add(Fault.at("/name", "NOT_READABLE"));
        } else if (type.filter(one -> !one.hasEnding(name)).isPresent()) {
            faults.add(Fault.at("/name", "WRONG_ENDING"));
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return type.orElseThrow();
    }

    /**
     * Takes a file away from a draft. One that is gone already is gone.
     *
     * @throws Refused as {@link #add}
     */
    public void remove(Actor actor, ApplicationId application, AttachedFileId id) {
        steps.requirePart(actor, Workflow.Part.APPLICANT);
        var _ = holdDraft(actor, application);
        store.of(application).stream()
                .filter(file -> file.id().equals(id))
                .findFirst()
                .ifPresent(file -> {
                    Instant now = clock.instant();
                    store.remove(file, now);
                    drafts.addEditor(application, actor.person());
                    audit(actor, "application.detach", file, now);
                });
    }

    /** Until the end of this transaction nobody submits the draft or throws it away. */
    private UnitId holdDraft(Actor actor, ApplicationId application) {
        var unit =
                drafts.hold(application)
                        .filter(one -> actor.confinedTo().filter(one::equals).isPresent())
                        .orElseThrow(() -> Refused.notFound("DRAFT_NOT_FOUND"));
        applications
                .find(application)
                .ifPresent(returned -> Steps.requireFree(actor, returned, Workflow.Duty.SUBMITTER));
        return unit;
    }

    /**
     * The files of a draft or an application, then those that a later revision has left out.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, also for another tenant's
     */
    @Transactional(readOnly = true)
    public List<AttachedFile> list(Actor actor, ApplicationId application) {
        requireVisible(actor, application);
        return Stream.concat(store.of(application).stream(), store.leftOut(application).stream())
                .toList();
    }

    /**
     * One file; also one that a later revision has left out.
     *
     * @throws Refused NOT_FOUND {@code APPLICATION_NOT_FOUND}, {@code FILE_NOT_FOUND}
     */
    @Transactional(readOnly = true)
    public AttachedFile get(Actor actor, ApplicationId application, AttachedFileId id) {
        requireVisible(actor, application);
        return store.find(id)
                .filter(one -> one.application().equals(application))
                .orElseThrow(() -> Refused.notFound("FILE_NOT_FOUND"));
    }

    /** What is in a file that was got by {@link #get}. */
    @Transactional(readOnly = true)
    public byte[] content(AttachedFile file) {
        return store.content(file.id());
    }

    /** An application is seen by whoever sees its unit, a draft by its own unit alone. */
    private void requireVisible(Actor actor, ApplicationId id) {
        var submitted = applications.find(id);
        boolean visible =
                submitted.isPresent()
                        ? actor.sees(submitted.get().unit())
                        : drafts.find(id)
                                .filter(draft ->
                                        actor.confinedTo().filter(draft.unit()::equals).isPresent())
                                .isPresent();
        if (!visible) {
            throw Refused.notFound("APPLICATION_NOT_FOUND");
        }
    }

    private void audit(Actor actor, String action, AttachedFile file, Instant at) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action,
                        "application/" + file.application(),
                        Audited.Outcome.SUCCESS,
                        file.name()));
    }
}
