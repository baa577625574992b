package io.yuntai.onboarding.reorganization;

import java.util.UUID;

/** Identifies a reorganization; made by the caller. */
public record ReorganizationId(UUID value) {

    public static ReorganizationId of(String text) {
        return new ReorganizationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
