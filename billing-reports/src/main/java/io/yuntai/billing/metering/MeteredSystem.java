package io.yuntai.billing.metering;

/** A business system that hosts belong to. Whose it is stands on each allocation, by time. */
public record MeteredSystem(MeteredSystemId id, String code, String name) {

    public MeteredSystem {
        if (code.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("a system has a code and a name: " + id);
        }
    }
}
