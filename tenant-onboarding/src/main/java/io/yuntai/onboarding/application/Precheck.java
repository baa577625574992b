package io.yuntai.onboarding.application;

import java.util.Optional;

/**
 * Whether an application needs people at all. Asked inside the transaction of its unit's approval;
 * it never refuses: what is not plainly allowed goes to a human.
 */
public interface Precheck {

    /** What was found. */
    sealed interface Outcome {

        /** What explains it, for people and for the timeline. */
        String note();

        /** Granted by rule. */
        record Pass(String note) implements Outcome {}

        /** People decide. */
        record ToHuman(String note) implements Outcome {}
    }

    /**
     * Decides, and keeps the evidence in the caller's transaction.
     *
     * @param obstacle why it could not be delivered now, as a code; empty: nothing is in its way
     */
    Outcome check(Application application, Optional<String> obstacle);
}
