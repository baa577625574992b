package io.yuntai.onboarding.application;

import java.util.UUID;

/** Identifies an attached file; made by whoever attaches it. */
public record AttachedFileId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
