package io.yuntai.onboarding.unit;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.region.RegionCode;
import java.util.Optional;

/**
 * A unit: the department that owns systems and is promised quota.
 *
 * @param name 1 to 200 characters, unique
 * @param funding where its money comes from, in its own words; may be empty
 * @param parent the unit that it is a part of, as a centre is of its bureau
 * @param dissolvedInto who has taken over what it had, when it is no more
 */
public record Unit(
        UnitId id,
        UnifiedSocialCreditCode uscc,
        String name,
        RegionCode region,
        String funding,
        Optional<UnitId> parent,
        Optional<UnitId> dissolvedInto) {

    public Unit {
        PlainText.require(name, 1, 200);
        PlainText.require(funding, 0, 200);
        if (parent.filter(id::equals).isPresent() || dissolvedInto.filter(id::equals).isPresent()) {
            throw new IllegalArgumentException("a part of itself, or its own successor: " + id);
        }
    }

    /** The same unit as a part of another. */
    public Unit partOf(UnitId other) {
        return new Unit(id, uscc, name, region, funding, Optional.of(other), dissolvedInto);
    }
}
