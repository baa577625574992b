package io.yuntai.billing.report;

import io.yuntai.billing.Person;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;

/**
 * That a frozen month is to be worked out anew, with what was measured late and decided since.
 *
 * @param decision empty: it waits for somebody other than its author
 */
public record Restatement(
        UUID id,
        YearMonth month,
        String reason,
        Person author,
        Instant requestedAt,
        State state,
        Optional<Decision> decision) {

    public enum State {
        REQUESTED,
        APPROVED,
        REJECTED
    }

    /** Who decided, and when. */
    public record Decision(Person by, Instant at) {}
}
