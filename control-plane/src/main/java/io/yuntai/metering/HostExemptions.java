package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.exemption.Exemption;
import io.yuntai.billing.exemption.Exemptions;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has hosts exempted, and the audit told of it in the same transaction. */
@Service
public class HostExemptions {

    private final Exemptions exemptions;
    private final BillingAudit audit;

    HostExemptions(Exemptions exemptions, BillingAudit audit) {
        this.exemptions = exemptions;
        this.audit = audit;
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
        return exemption;
    }

    /**
     * Allows or refuses.
     *
     * @throws Refused NOT_FOUND {@code EXEMPTION_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON};
     *     CONFLICT {@code EXEMPTION_DECIDED}
     */
    @Transactional
    public Exemption decide(Actor actor, UUID id, boolean allowed) {
        var exemption = asRefusals(() -> exemptions.decide(id, allowed, person(actor)));
        audit(actor, allowed ? "exemption.approve" : "exemption.reject", exemption);
        return exemption;
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
