package io.yuntai.onboarding.host;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import java.util.Optional;

/** Which hosts are asked for; empty: whichever. */
public record HostFilter(
        Optional<UnitId> unit, Optional<SystemId> system, Optional<Host.State> state) {

    public static final HostFilter ANY =
            new HostFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
