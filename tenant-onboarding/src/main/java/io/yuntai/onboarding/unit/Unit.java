package io.yuntai.onboarding.unit;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.region.RegionCode;

/**
 * A unit: the department that owns systems and is promised quota.
 *
 * @param name 1 to 200 characters, unique
 * @param funding where its money comes from, in its own words; may be empty
 */
public record Unit(
        UnitId id, UnifiedSocialCreditCode uscc, String name, RegionCode region, String funding) {

    public Unit {
        PlainText.require(name, 1, 200);
        PlainText.require(funding, 0, 200);
    }
}
