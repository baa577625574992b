package io.yuntai.billing.metering;

import java.util.UUID;

/** A unit, as billing knows it: the register's own id. */
public record PartyId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
