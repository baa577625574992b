package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The templates of applications: a unit's people keep their own, whoever belongs to none keeps
 * those for everybody.
 */
@Service
@Transactional
public class Templates {

    private final TemplateStore store;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Templates(TemplateStore store, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /** Those that this person can begin with: for everybody, and of his unit; by name. */
    @Transactional(readOnly = true)
    public List<Template> list(Actor actor) {
        return store.of(actor.confinedTo());
    }

    /**
     * One template.
     *
     * @throws Refused NOT_FOUND {@code TEMPLATE_NOT_FOUND}, also for another unit's
     */
    @Transactional(readOnly = true)
    public Template get(Actor actor, TemplateId id) {
        return store.find(id)
                .filter(one -> one.unit().isEmpty() || one.unit().equals(actor.confinedTo()))
                .orElseThrow(() -> Refused.notFound("TEMPLATE_NOT_FOUND"));
    }

    /**
     * Saves a template. The same again as a new one gives the first answer again.
     *
     * @param version that it is based on; 0: it is new
     * @param content JSON of at most {@value Draft#MAX_BYTES} bytes
     * @throws Refused INVALID at {@code /name}; NOT_FOUND {@code TEMPLATE_NOT_FOUND}, also for one
     *     that is not the actor's to change; STALE {@code STALE_VERSION}; CONFLICT {@code
     *     NAME_TAKEN}, {@code TOO_MANY_TEMPLATES}, {@code ID_REUSED}
     */
    public Template save(Actor actor, TemplateId id, int version, String name, String content) {
        String text = name.strip();
        requireName(text);
        Instant now = clock.instant();
        var template =
                new Template(
                        id,
                        version + 1,
                        actor.confinedTo(),
                        text,
                        content,
                        Steps.participant(actor),
                        now);
        try {
            if (version == 0) {
                return create(actor, template);
            }
            requireOwn(actor, id);
            if (!store.update(template)) {
                throw Refused.stale("STALE_VERSION");
            }
        } catch (DuplicateKeyException e) {
            throw Refused.conflict("NAME_TAKEN");
        }
        audit(actor, "template.save", id, now);
        return store.find(id).orElseThrow();
    }

    private Template create(Actor actor, Template template) {
        if (store.count(template.unit()) >= Template.MAX_OF_UNIT) {
            throw Refused.conflict("TOO_MANY_TEMPLATES");
        }
        if (!store.insert(template)) {
            var before = get(actor, template.id());
            if (before.version() != 1
                    || !before.name().equals(template.name())
                    || !store.hasContent(template.id(), template.content())) {
                throw Refused.conflict("ID_REUSED");
            }
            return before;
        }
        audit(actor, "template.save", template.id(), template.savedAt());
        return store.find(template.id()).orElseThrow();
    }

    private static void requireName(String name) {
        Optional<Fault> fault =
                name.isEmpty()
                        ? Optional.of(Fault.at("/name", "REQUIRED"))
                        : name.length() > Template.MAX_NAME
                                ? Optional.of(Fault.at("/name", "TOO_LONG", Template.MAX_NAME))
                                : PlainText.firstForbidden(name).isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(Fault.at("/name", "NOT_READABLE"));
        fault.ifPresent(one -> {
            throw Refused.invalid("INVALID", List.of(one));
        });
    }

    /**
     * Throws a template away. One that is gone already is gone.
     *
     * @throws Refused NOT_FOUND {@code TEMPLATE_NOT_FOUND} for one that is not the actor's
     */
    public void discard(Actor actor, TemplateId id) {
        if (store.find(id).isPresent()) {
            requireOwn(actor, id);
            store.delete(id);
            audit(actor, "template.discard", id, clock.instant());
        }
    }

    private void requireOwn(Actor actor, TemplateId id) {
        if (store.find(id).filter(one -> one.unit().equals(actor.confinedTo())).isEmpty()) {
            throw Refused.notFound("TEMPLATE_NOT_FOUND");
        }
    }

    private void audit(Actor actor, String action, TemplateId id, Instant at) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        action,
                        "template/" + id,
                        Audited.Outcome.SUCCESS,
                        ""));
    }
}
