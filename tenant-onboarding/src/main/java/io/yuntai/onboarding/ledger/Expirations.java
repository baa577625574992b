package io.yuntai.onboarding.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives back what was locked for longer than it may be. Whether a pending transfer is posted or
 * expires is decided once: whoever comes second finds that it is not pending.
 */
@Service
public class Expirations {

    private static final int AT_ONCE = 500;

    private final LedgerStore store;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Expirations(
            LedgerStore store,
            Ledger ledger,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Voids every pending transfer whose time has come, each in a transaction of its own, with what
     * follows for whoever locked it ({@link LockExpired}). Run by a job: one that dies half-way or
     * comes late leaves the rest to the next, and two at once do each of them once.
     *
     * @return those that this run has voided
     */
    public List<TransferId> sweep() {
        Instant now = clock.instant();
        var voided = new ArrayList<TransferId>();
        var due = store.expired(now, AT_ONCE);
        while (!due.isEmpty()) {
            due.stream().filter(pending -> ended(pending, now)).forEach(voided::add);
            due = due.size() < AT_ONCE ? List.of() : store.expired(now, AT_ONCE);
        }
        return List.copyOf(voided);
    }

    private boolean ended(TransferId pending, Instant now) {
        var ended =
                transaction.execute(status -> {
                    ledger.holdShape();
                    events.publishEvent(new LockExpired(pending, now));
                    if (!store.isPending(pending)) {
                        // Posted or voided meanwhile: nothing of what has followed is to stay.
                        status.setRollbackOnly();
                        return false;
                    }
                    ledger.voidPending(expiryOf(pending), pending, now);
                    return true;
                });
        return Boolean.TRUE.equals(ended);
    }

    /** Always the same for one pending transfer, so that it expires once. */
    private static TransferId expiryOf(TransferId pending) {
        return new TransferId(
                UUID.nameUUIDFromBytes(("expire" + pending).getBytes(StandardCharsets.UTF_8)));
    }
}
