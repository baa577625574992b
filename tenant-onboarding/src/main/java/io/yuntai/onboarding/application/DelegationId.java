package io.yuntai.onboarding.application;

import java.util.UUID;

/** Identifies a delegation; made by whoever asks for it. */
public record DelegationId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
