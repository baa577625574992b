package io.yuntai.billing.metering;

import java.util.UUID;

/** A business system, as billing knows it: the register's own id. */
public record MeteredSystemId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
