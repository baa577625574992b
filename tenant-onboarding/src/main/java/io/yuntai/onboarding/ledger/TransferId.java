package io.yuntai.onboarding.ledger;

import java.util.UUID;

/** Identifies a transfer; made by the caller, so that asking twice moves once. */
public record TransferId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
