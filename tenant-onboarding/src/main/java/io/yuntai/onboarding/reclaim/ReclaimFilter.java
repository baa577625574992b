package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.unit.UnitId;
import java.util.List;
import java.util.Optional;

/**
 * Which orders are asked for.
 *
 * @param states none: whichever
 */
public record ReclaimFilter(List<ReclaimWorkflow.State> states, Optional<UnitId> unit) {

    public static final ReclaimFilter ANY = new ReclaimFilter(List.of(), Optional.empty());

    public ReclaimFilter {
        states = List.copyOf(states);
    }
}
