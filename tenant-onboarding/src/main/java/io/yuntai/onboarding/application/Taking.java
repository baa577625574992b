package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.unit.PersonId;
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

    /** Whose it is: the actor's own, or whoever delegated it to him. */
    PersonId whose() {
        return behalf.map(one -> one.from().id()).orElse(by.person());
    }

    /**
     * What is said with a step.
     *
     * @param other whom it was handed to, or who is asked to sign, or is no more
     */
    record Said(
            String note,
            Optional<Application.Opinion> opinion,
            Optional<Application.Participant> other,
            Application.Terms terms) {

        static Said note(String note) {
            return on(note, Application.Terms.NONE);
        }

        static Said on(String note, Application.Terms terms) {
            return new Said(note, Optional.empty(), Optional.empty(), terms);
        }

        static Said naming(Application.Participant other, String note) {
            return new Said(note, Optional.empty(), Optional.of(other), Application.Terms.NONE);
        }

        static Said thinking(Application.Opinion opinion, String reason) {
            return new Said(reason, Optional.of(opinion), Optional.empty(), Application.Terms.NONE);
        }
    }
}
