package io.yuntai.onboarding.adoption;

import java.util.UUID;

/** Identifies an adoption; made by whoever adopts, so that a repeated one is recognised. */
public record AdoptionId(UUID value) {

    public static AdoptionId of(String text) {
        return new AdoptionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
