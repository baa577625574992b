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
        Optional<PersonId> waitingFor) {

    public static final ApplicationFilter ANY =
            new ApplicationFilter(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** In one of these states, and this person may be the one to decide. */
    static ApplicationFilter waitingFor(PersonId person, List<Workflow.State> states) {
        return new ApplicationFilter(
                states, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(person));
    }

    public ApplicationFilter {
        states = List.copyOf(states);
    }
}
