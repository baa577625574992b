package io.yuntai.onboarding.reorganization;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;

/**
 * A reorganization that was asked for.
 *
 * @param number in the order in which they were carried out
 * @param subject what it was about, such as {@code system/0199…}
 * @param target where that came, such as {@code unit/0199…}
 * @param at when it took effect: hours before belong to the old owner
 */
public record Reorganized(
        ReorganizationId id,
        long number,
        Reorganization.Kind kind,
        String subject,
        String target,
        String reason,
        PersonId by,
        String byName,
        Instant at,
        Outcome outcome) {

    /** What became of it. */
    public enum Outcome {
        DONE,
        /** Some level of the tree had no room; nothing has changed. */
        DENIED
    }
}
