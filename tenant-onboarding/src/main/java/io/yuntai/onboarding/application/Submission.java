package io.yuntai.onboarding.application;

import io.yuntai.quota.Shortfall;
import java.util.List;

/** What became of a submission. That it does not fit is an answer, and is kept. */
public sealed interface Submission {

    /**
     * It fits, and its quota is locked.
     *
     * @param repeated whether this very submission had been made before
     */
    record Accepted(Application application, boolean repeated) implements Submission {}

    /** It does not fit; nothing is locked. */
    record TooLarge(List<Shortfall> shortfalls) implements Submission {
        public TooLarge {
            shortfalls = List.copyOf(shortfalls);
        }
    }
}
