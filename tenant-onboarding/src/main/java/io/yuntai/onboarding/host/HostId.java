package io.yuntai.onboarding.host;

import java.util.UUID;

/** Identifies a cloud host. */
public record HostId(UUID value) {

    public static HostId of(String text) {
        return new HostId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
