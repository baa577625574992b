package io.yuntai.onboarding.reclaim;

import java.util.UUID;

/** Identifies an order to reclaim or shrink. */
public record ReclaimId(UUID value) {

    public static ReclaimId of(String text) {
        return new ReclaimId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
