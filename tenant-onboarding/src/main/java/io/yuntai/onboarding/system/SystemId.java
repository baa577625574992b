package io.yuntai.onboarding.system;

import java.util.UUID;

/** Identifies a business system. */
public record SystemId(UUID value) {

    public static SystemId of(String text) {
        return new SystemId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
