package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.exemption.Exemption;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.PersonId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has hosts exempted, and the audit told of it in the same transaction. */
@Service
public class HostExemptions {

    private static final int NOTICE_DAYS = 7;

    private final Exemptions exemptions;
    private final BillingAudit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HostExemptions(
            Exemptions exemptions,
            BillingAudit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.exemptions = exemptions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Applies; a unit's people for their own hosts.
     *
     * @throws Refused NOT_FOUND {@code HOST_NOT_FOUND}; CONFLICT {@code EXEMPTION_EXISTS}
     */
    @Transactional
    public Exemption apply(Actor actor, Exemptions.Wish wish) {
        var confinedTo = actor.confinedTo().map(unit -> new PartyId(unit.value()));
        var exemption = asRefusals(() -> exemptions.apply(wish, confinedTo, person(actor)));
        audit(actor, "exemption.apply", exemption);
        tell(
                exemption,
                Notice.Kind.EXEMPTION_APPLIED,
                new Notice.To.Holders("EXEMPTION_APPROVE", Optional.empty()));
        return exemption;
    }

    /**
     * Allows or refuses.
     *
     * @param reason why it is refused
     * @throws Refused NOT_FOUND {@code EXEMPTION_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON};
     *     CONFLICT {@code EXEMPTION_DECIDED}
     */
    @Transactional
    public Exemption decide(Actor actor, UUID id, boolean allowed, String reason) {
        var exemption = asRefusals(() -> exemptions.decide(id, allowed, person(actor), reason));
        audit(actor, allowed ? "exemption.approve" : "exemption.reject", exemption);
        tell(
                exemption,
                allowed ? Notice.Kind.EXEMPTION_APPROVED : Notice.Kind.EXEMPTION_REJECTED,
                applicant(exemption));
        return exemption;
    }

    /**
     * Ends one before its last day.
     *
     * @throws Refused NOT_FOUND {@code EXEMPTION_NOT_FOUND}; CONFLICT {@code
     *     EXEMPTION_NOT_IN_FORCE}
     */
    @Transactional
    public Exemption end(Actor actor, UUID id, String reason) {
        var exemption = asRefusals(() -> exemptions.end(id, person(actor), reason));
        audit(actor, "exemption.end", exemption);
        tell(exemption, Notice.Kind.EXEMPTION_ENDING, applicant(exemption));
        return exemption;
    }

    /**
     * Tells the applicants of exemptions that end within a week. Each is told once, however often
     * this runs.
     *
     * @return how many end so
     */
    @Transactional
    public int tellEnding() {
        var today = LocalDate.ofInstant(clock.instant(), Period.ZONE);
        var ending = exemptions.ending(today, today.plusDays(NOTICE_DAYS));
        ending.forEach(one -> tell(one, Notice.Kind.EXEMPTION_ENDING, applicant(one)));
        return ending.size();
    }

    private static Notice.To applicant(Exemption exemption) {
        return new Notice.To.Person(new PersonId(exemption.applicant().id()));
    }

    private void tell(Exemption exemption, Notice.Kind kind, Notice.To to) {
        events.publishEvent(
                new Notice(
                        clock.instant(),
                        to,
                        kind,
                        List.of(
                                Notice.shown(exemption.hostName()),
                                Notice.shown(exemption.applicant().name()),
                                exemption.lastDay().toString(),
                                Notice.shown(exemption.reason())),
                        "/exemptions",
                        "%s/%s/%s".formatted(kind, exemption.id(), exemption.lastDay())));
    }

    private void audit(Actor actor, String action, Exemption exemption) {
        audit.done(
                actor,
                action,
                "exemption/" + exemption.id(),
                "%s, %s to %s, host %s: %s"
                        .formatted(
                                exemption.kind(),
                                exemption.from(),
                                exemption.until(),
                                exemption.hostName(),
                                exemption.reason()));
    }
}
