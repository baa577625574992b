package io.yuntai.onboarding.instant;

import io.yuntai.onboarding.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A time in which nothing is granted without a human, such as a congress.
 *
 * @param name 1 to 100 characters
 * @param from its first moment
 * @param until the first moment after it, at most 366 days later
 * @param basis the document that announced it, 1 to 200 characters
 */
public record ProtectionPeriod(UUID id, String name, Instant from, Instant until, String basis) {

    private static final Duration MOST = Duration.ofDays(366);

    public ProtectionPeriod {
        PlainText.require(name, 1, 100);
        PlainText.require(basis, 1, 200);
        if (!from.isBefore(until) || until.isAfter(from.plus(MOST))) {
            throw new IllegalArgumentException("not a period: " + from + " to " + until);
        }
    }
}
