package io.yuntai.onboarding.application;

import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.system.SystemCode;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application as it stands.
 *
 * @param version raised by one with each step; for conditional updates
 * @param number for people, such as {@code A2026-000123}
 * @param unit the system's owner when it was submitted
 * @param cluster where it went; empty until it was approved
 */
public record Application(
        ApplicationId id,
        int version,
        String number,
        Workflow.State state,
        Order order,
        SystemCode systemCode,
        String systemName,
        UnitId unit,
        String unitName,
        Participant submittedBy,
        Instant submittedAt,
        Optional<ClusterName> cluster,
        Optional<Participant> decidedBy,
        Optional<Instant> decidedAt,
        Optional<Instant> deliveredAt) {

    /** An application as others refer to it. */
    public record Reference(ApplicationId id, String number) {}

    /** A person who took a step. */
    public record Participant(PersonId id, String name) {}

    /**
     * One step that was taken.
     *
     * @param by empty: the control plane itself
     * @param from empty: it began with this
     */
    public record Step(
            Instant at,
            Optional<Participant> by,
            Workflow.Command command,
            Optional<Workflow.State> from,
            Workflow.State to,
            String note) {}

    /** An application with all its steps, the first first. */
    public record History(Application application, List<Step> steps) {
        public History {
            steps = List.copyOf(steps);
        }
    }

    /** Whether this person may take an edge's duty here, as far as what he did before goes. */
    public boolean allows(PersonId person, Workflow.Duty duty) {
        return switch (duty) {
            case APPROVER -> !submittedBy.id().equals(person);
            case SUBMITTER -> decidedBy.isEmpty() || !decidedBy.get().id().equals(person);
            case NONE -> true;
        };
    }
}
