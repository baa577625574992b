package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import java.util.Optional;

/**
 * A step that a person is about to take: everything that could forbid it was asked, and the
 * application is locked until the transaction ends.
 *
 * @param by who takes it
 * @param behalf by which delegation, when the part is not his own
 */
record Taking(Application application, Workflow.Edge edge, Actor by, Optional<Delegation> behalf) {

    /**
     * The same step of the application as it is now, for something of it has been changed first.
     */
    Taking of(Application changed) {
        return new Taking(changed, edge, by, behalf);
    }

    /** What is said with a step. */
    record Said(
            String note,
            Optional<Application.Opinion> opinion,
            Optional<Application.Participant> other) {

        static Said note(String note) {
            return new Said(note, Optional.empty(), Optional.empty());
        }
    }
}
