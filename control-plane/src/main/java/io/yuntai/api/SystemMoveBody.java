package io.yuntai.api;

import io.yuntai.onboarding.reorganization.Reorganization;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Optional;

/** Where a system comes, and why. */
record SystemMoveBody(Optional<UnitId> unit, Optional<String> reason)
        implements ReorganizationBody {

    Reorganization of(SystemId system) {
        ReorganizationBody.require(faults("/unit", unit));
        return new Reorganization.SystemMove(system, unit.orElseThrow());
    }
}
