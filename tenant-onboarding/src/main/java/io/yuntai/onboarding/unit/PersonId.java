package io.yuntai.onboarding.unit;

import java.util.UUID;

/** Identifies a person who acts. */
public record PersonId(UUID value) {

    public static PersonId of(String text) {
        return new PersonId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
