package io.yuntai.security;

import io.yuntai.onboarding.application.Takers;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.unit.PersonId;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Each part of the workflow has its permission, and roles give it. */
@Component
class WorkflowParts implements Takers {

    private final AccountStore store;

    WorkflowParts(AccountStore store) {
        this.store = store;
    }

    @Override
    public Set<Workflow.Part> parts(PersonId person) {
        return of(store.permissions(person));
    }

    static Set<Workflow.Part> of(Set<Permission> permissions) {
        var parts = EnumSet.noneOf(Workflow.Part.class);
        permissions.stream().flatMap(WorkflowParts::part).forEach(parts::add);
        return parts;
    }

    private static Stream<Workflow.Part> part(Permission permission) {
        return Stream.of(Workflow.Part.values())
                .filter(part -> part != Workflow.Part.CONTROL_PLANE)
                .filter(part -> permission(part) == permission);
    }

    /** What somebody needs to act in a part. */
    static Permission permission(Workflow.Part part) {
        return switch (part) {
            case APPLICANT -> Permission.APPLICATION_SUBMIT;
            case UNIT_OWNER -> Permission.APPLICATION_ENDORSE;
            case REVIEWER -> Permission.APPLICATION_REVIEW;
            case EXPERT -> Permission.APPLICATION_ADVISE;
            case BUREAU -> Permission.APPLICATION_APPROVE;
            case OPERATOR -> Permission.APPLICATION_EXECUTE;
            case CONTROL_PLANE ->
                    throw new IllegalArgumentException("no person acts as the control plane");
        };
    }
}
