package io.yuntai.api;

import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Optional;

/** Whose it is what a dissolved unit had, and why. */
record DissolutionBody(Optional<UnitId> into, Optional<String> reason)
        implements ReorganizationBody {

    Reorganization of(UnitId unit) {
        ReorganizationBody.require(faults("/into", into));
        return new Reorganization.Dissolution(unit, into.orElseThrow());
    }
}
