package io.yuntai.onboarding.application;

import io.yuntai.onboarding.PlainText;
import java.time.Instant;
import java.util.Optional;

/**
 * A person acts for another in one part of the workflow, for a while. Whatever is done by it counts
 * for both: neither may have another duty in the same application.
 *
 * @param until the first moment at which it is over; at most {@value #MAX_DAYS} days after it began
 * @param reason 1 to {@value #MAX_REASON} characters
 * @param revokedAt it ended earlier
 */
public record Delegation(
        DelegationId id,
        Application.Participant from,
        Application.Participant to,
        Workflow.Part part,
        Instant begin,
        Instant until,
        String reason,
        Optional<Instant> revokedAt) {

    public static final int MAX_DAYS = 366;
    public static final int MAX_REASON = 500;

    public Delegation {
        PlainText.require(reason, 1, MAX_REASON);
    }
}
