package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Gives back what was locked for longer than it may be. Whether a pending transfer is posted or
 * expires is decided once: whoever comes second finds that it is not pending.
 */
@Service
public class Expirations {

    private static final int AT_ONCE = 500;

    private final LedgerStore store;
    private final LedgerCommitter committer;
    private final Clock clock;

    Expirations(LedgerStore store, LedgerCommitter committer, Clock clock) {
        this.store = store;
        this.committer = committer;
        this.clock = clock;
    }

    /**
     * Voids every pending transfer whose time has come. Run by a job; running it twice at once does
     * no harm.
     *
     * @return those that this run has voided
     * @throws LedgerUnavailable when the ledger gives no answer; the next run goes on
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
        try {
            var _ =
                    committer.commit(
                            new LedgerCommand.VoidPending(expiryOf(pending), pending, now));
            return true;
        } catch (Refused e) {
            // Posted or voided meanwhile: it is not to be voided any more.
            return false;
        }
    }

    /** Always the same for one pending transfer, so that it expires once. */
    private static TransferId expiryOf(TransferId pending) {
        return new TransferId(
                UUID.nameUUIDFromBytes(("expire" + pending).getBytes(StandardCharsets.UTF_8)));
    }
}
