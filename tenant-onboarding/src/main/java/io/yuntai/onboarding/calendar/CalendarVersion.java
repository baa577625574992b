package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;

/**
 * A year as it was imported. A later version replaces it for what is counted from then on; it stays
 * readable.
 *
 * @param version 1 and up, without gaps
 * @param source where it came from and why
 * @param importerName the importer's name as it is today
 */
public record CalendarVersion(
        CalendarVersionId id,
        int version,
        CalendarYear year,
        CalendarSource source,
        PersonId importedBy,
        String importerName,
        Instant importedAt) {}
