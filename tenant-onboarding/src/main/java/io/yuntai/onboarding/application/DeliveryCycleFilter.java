package io.yuntai.onboarding.application;

import io.yuntai.onboarding.unit.UnitId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Which delivery cycles are asked for: what was delivered in a time, and what is on its way now.
 *
 * @param from the first day of that time, in Asia/Shanghai
 * @param to its last
 * @param unit empty: whichever
 * @param states in which they are now; none: whichever
 * @param overdue only what has taken too long
 */
public record DeliveryCycleFilter(
        LocalDate from,
        LocalDate to,
        Optional<UnitId> unit,
        List<Workflow.State> states,
        boolean overdue) {

    public DeliveryCycleFilter {
        states = List.copyOf(states);
    }

    /** Whatever its state, and however long it took. */
    public static DeliveryCycleFilter of(LocalDate from, LocalDate to, Optional<UnitId> unit) {
        return new DeliveryCycleFilter(from, to, unit, List.of(), false);
    }
}
