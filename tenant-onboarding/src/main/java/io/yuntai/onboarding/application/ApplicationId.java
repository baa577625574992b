package io.yuntai.onboarding.application;

import java.util.UUID;

/** Identifies an application. */
public record ApplicationId(UUID value) {

    public static ApplicationId of(String text) {
        return new ApplicationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
