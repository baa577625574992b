package io.yuntai.onboarding.region;

import io.yuntai.onboarding.PlainText;
import java.util.Optional;

/**
 * An administrative region.
 *
 * @param name 1 to 200 characters
 * @param parent the region around it, if it is registered
 */
public record Region(RegionCode code, String name, Optional<RegionCode> parent) {

    public Region {
        PlainText.require(name, 1, 200);
        if (parent.filter(around -> !code.isWithin(around)).isPresent()) {
            throw new IllegalArgumentException(code + " is not within " + parent);
        }
    }
}
