package io.yuntai.onboarding.application;

import io.yuntai.onboarding.ledger.LockExpired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * An application whose quota is given back has come to its end, in the transaction that gives it
 * back. Whoever still needs it applies again, and the quota is looked for anew. One that was
 * decided already, or a lock that was none of an application, is left alone.
 */
@Component
class ExpiredLocks {

    private final ApplicationStore store;
    private final Steps steps;

    ExpiredLocks(ApplicationStore store, Steps steps) {
        this.store = store;
        this.steps = steps;
    }

    @EventListener
    void expired(LockExpired event) {
        store.ofLock(event.lock())
                .flatMap(store::find)
                .ifPresent(application -> {
                    var _ = steps.advance(application, Workflow.Command.EXPIRE, "");
                });
    }
}
