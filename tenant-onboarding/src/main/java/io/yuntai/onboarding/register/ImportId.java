package io.yuntai.onboarding.register;

import java.util.UUID;

/** Identifies an import; made by whoever imports, so that a repeated one is recognised. */
public record ImportId(UUID value) {

    public static ImportId of(String text) {
        return new ImportId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
