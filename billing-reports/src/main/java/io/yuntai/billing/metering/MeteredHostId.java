package io.yuntai.billing.metering;

import java.util.UUID;

/** A cloud host, as billing knows it: the id it has in the inventory of hosts. */
public record MeteredHostId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
