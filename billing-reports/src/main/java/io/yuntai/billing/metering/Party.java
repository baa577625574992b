package io.yuntai.billing.metering;

/**
 * Who a bill or a ranking is about: a unit.
 *
 * @param code unique, the unified social credit code where the unit has one
 * @param name as printed in reports
 * @param region the administrative region's code (GB/T 2260)
 */
public record Party(PartyId id, String code, String name, String region) {

    public Party {
        if (code.isBlank() || name.isBlank() || region.isBlank()) {
            throw new IllegalArgumentException("a party has a code, a name and a region: " + id);
        }
    }
}
