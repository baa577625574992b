package io.yuntai.metering;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells the audit what was done in billing, in the transaction in which it was done. */
@Component
class BillingAudit {

    private final ApplicationEventPublisher events;
    private final Clock clock;

    BillingAudit(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** A deed of somebody. */
    void done(Actor actor, String action, String target, String detail) {
        done(Optional.of(actor), action, target, detail);
    }

    /** A deed of somebody, or of a job. */
    void done(Optional<Actor> actor, String action, String target, String detail) {
        events.publishEvent(
                new Audited(
                        clock.instant(), actor, action, target, Audited.Outcome.SUCCESS, detail));
    }
}
