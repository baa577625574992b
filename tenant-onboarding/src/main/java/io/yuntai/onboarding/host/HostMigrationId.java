package io.yuntai.onboarding.host;

import java.util.UUID;

/** Identifies a live migration; made by whoever orders it, so that it is ordered once. */
public record HostMigrationId(UUID value) {

    public static HostMigrationId of(String text) {
        return new HostMigrationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
