package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody is writing, right or wrong.
 *
 * @param id of the application that it becomes
 * @param version raised by one each time it is saved; two who write at once are told
 * @param content JSON as it was typed, at most {@value #MAX_BYTES} bytes
 * @param revises the number of the application that it changes; empty: it becomes a new one
 */
public record Draft(
        ApplicationId id,
        int version,
        UnitId unit,
        String content,
        Application.Participant savedBy,
        Instant savedAt,
        Optional<String> revises) {

    public static final int MAX_BYTES = 200_000;

    /** So many of one unit; more would be forgotten, not needed. */
    public static final int MAX_OF_UNIT = 500;
}
