package io.yuntai.onboarding.instant;

import java.util.UUID;

/** Identifies a version of the rules; made by whoever proposes it, so that it is proposed once. */
public record RuleId(UUID value) {

    public static RuleId of(String text) {
        return new RuleId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
