package io.yuntai.onboarding.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Expirations.class);

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
     * comes late leaves the rest to the next, and two at once do each of them once. One that cannot
     * be voided keeps none of the others: it is logged, and the next run tries it again.
     *
     * @return those that this run has voided
     */
    public List<TransferId> sweep() {
        Instant now = clock.instant();
        var voided = new ArrayList<TransferId>();
        var tried = new HashSet<TransferId>();
        boolean more = true;
        while (more) {
            // Those that could not be voided are found again, before all others.
            int left = tried.size() - voided.size();
            var due = store.expired(now, AT_ONCE + left);
            more = due.size() == AT_ONCE + left;
            due.stream()
                    .filter(tried::add)
                    .filter(pending -> attempt(pending, now))
                    .forEach(voided::add);
        }
        return List.copyOf(voided);
    }

    private boolean attempt(TransferId pending, Instant now) {
        try {
            return ended(pending, now);
        } catch (RuntimeException e) {
            LOG.warn("lock {} could not be given back; the next run tries again", pending, e);
            return false;
        }
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
