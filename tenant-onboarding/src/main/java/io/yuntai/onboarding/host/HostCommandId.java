package io.yuntai.onboarding.host;

import java.util.UUID;

/** Identifies what somebody has asked of a host: made by the caller, it is the idempotency key. */
public record HostCommandId(UUID value) {

    public static HostCommandId of(String text) {
        return new HostCommandId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
