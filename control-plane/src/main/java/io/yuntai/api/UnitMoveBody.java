package io.yuntai.api;

import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Optional;

/**
 * Where a unit comes, and why.
 *
 * @param parent the unit that it becomes a part of; absent: of none
 * @param region its region from then on
 */
record UnitMoveBody(Optional<UnitId> parent, Optional<RegionCode> region, Optional<String> reason)
        implements ReorganizationBody {

    Reorganization of(UnitId unit) {
        ReorganizationBody.require(faults("/region", region));
        return new Reorganization.UnitMove(unit, parent, region.orElseThrow());
    }
}
