package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;

/**
 * A file that is handed in with an application.
 *
 * @param application of this one, or of the draft that becomes it
 * @param name for people, 1 to {@value #MAX_NAME} characters
 * @param size in bytes, at most {@value #MAX_BYTES}
 * @param digest SHA-256, hexadecimal
 * @param leftOut whether an earlier revision had it and a later one has not
 */
public record AttachedFile(
        AttachedFileId id,
        ApplicationId application,
        UnitId unit,
        String name,
        FileType type,
        int size,
        String digest,
        Application.Participant addedBy,
        Instant addedAt,
        boolean leftOut) {

    public static final int MAX_BYTES = 10 << 20;
    public static final int MAX_NAME = 200;

    /** So many of one application. */
    public static final int MAX_FILES = 10;

    /** So many bytes of all that a unit has not submitted yet. */
    public static final long MAX_OF_DRAFTS = 1L << 30;
}
