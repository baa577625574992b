package io.yuntai.onboarding.ledger;

import java.util.UUID;

/** Identifies a transfer; made by the caller, so that asking twice moves once. */
public record TransferId(UUID value) {

    public static TransferId of(String text) {
        return new TransferId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
