package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.Optional;

/**
 * A form of an application, filled in as far as it goes, to begin others with.
 *
 * @param version raised by one each time it is saved
 * @param unit whose it is; empty: it is for everybody
 * @param name 1 to {@value #MAX_NAME} characters, once in a unit
 * @param content JSON as a draft has it, at most {@value Draft#MAX_BYTES} bytes
 */
public record Template(
        TemplateId id,
        int version,
        Optional<UnitId> unit,
        String name,
        String content,
        Application.Participant savedBy,
        Instant savedAt) {

    public static final int MAX_NAME = 100;

    /** So many of one unit, and so many for everybody; more would be searched, not used. */
    public static final int MAX_OF_UNIT = 100;
}
