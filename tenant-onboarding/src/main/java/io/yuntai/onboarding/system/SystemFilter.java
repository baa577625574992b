package io.yuntai.onboarding.system;

import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Optional;

/** Which systems are asked for; empty: whichever. */
public record SystemFilter(Optional<UnitId> unit, Optional<Zone> zone) {

    public static final SystemFilter ANY = new SystemFilter(Optional.empty(), Optional.empty());
}
