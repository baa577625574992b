package io.yuntai.onboarding.register;

import io.yuntai.onboarding.unit.PersonId;
import java.time.Instant;

/**
 * An import that took place.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param importerName the importer's name as it is today
 */
public record RegisterImport(
        ImportId id,
        String fileName,
        String digest,
        PersonId importedBy,
        String importerName,
        Instant importedAt,
        Counts counts) {

    /** How many of each were added; what was there already is not counted. */
    public record Counts(
            int regions, int pools, int units, int contacts, int systems, int quotas) {}
}
