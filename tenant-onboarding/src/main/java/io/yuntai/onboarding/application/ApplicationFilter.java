package io.yuntai.onboarding.application;

import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.util.List;
import java.util.Optional;

/** Which applications are asked for; empty: whichever. */
public record ApplicationFilter(
        List<Workflow.State> states,
        Optional<UnitId> unit,
        Optional<SystemId> system,
        Optional<PersonId> submittedBy,
        Optional<Hands> waitingFor) {

    public static final ApplicationFilter ANY =
            new ApplicationFilter(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** What somebody can bring on with these hands. */
    static ApplicationFilter waitingFor(Hands hands) {
        return new ApplicationFilter(
                hands.awaiting().stream().map(Workflow.Edge::from).distinct().toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(hands));
    }

    public ApplicationFilter {
        states = List.copyOf(states);
    }

    /** Whether nothing is asked for but a unit. */
    boolean isOfUnits() {
        return states.isEmpty()
                && system.isEmpty()
                && submittedBy.isEmpty()
                && waitingFor.isEmpty();
    }
}
