package io.yuntai.onboarding.cluster;

import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.quota.Amounts;
import java.time.Instant;
import java.util.UUID;

/**
 * What an operator says that a cluster offers, whatever its nodes say.
 *
 * @param id the caller's
 * @param reason in his words, 1 to {@value #MAX_REASON} characters
 * @param name who, as he is called today
 */
public record ClusterDeclaration(
        UUID id,
        String cluster,
        Amounts amounts,
        String reason,
        PersonId by,
        String name,
        Instant at) {

    public static final int MAX_REASON = 1000;
    public static final int MAX_AMOUNTS = 64;

    public ClusterDeclaration {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason of " + reason.length() + " characters");
        }
    }
}
