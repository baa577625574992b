package io.yuntai.onboarding.application;

import io.yuntai.onboarding.ledger.LockExpired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** An application whose quota is given back has come to its end. */
@Component
class ExpiredLocks {

    private final Applications applications;

    ExpiredLocks(Applications applications) {
        this.applications = applications;
    }

    @EventListener
    void expired(LockExpired event) {
        applications.expire(new ApplicationId(event.lock().value()));
    }
}
