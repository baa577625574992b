package io.yuntai.onboarding.application;

import io.yuntai.quota.Amounts;
import io.yuntai.quota.Shortfall;
import java.util.List;
import java.util.Optional;

/** What became of a submission. That it does not fit is an answer, and is kept. */
public sealed interface Submission {

    /**
     * It fits, and its quota is locked.
     *
     * @param repeated whether this very submission had been made before
     */
    record Accepted(Application application, boolean repeated) implements Submission {}

    /**
     * It does not fit; nothing is locked.
     *
     * @param fits of each resource the largest amount that would fit, never more than was asked
     * @param smaller as much of the order as fits at this moment; empty: nothing of it
     */
    record TooLarge(List<Shortfall> shortfalls, Amounts fits, Optional<Order> smaller)
            implements Submission {
        public TooLarge {
            shortfalls = List.copyOf(shortfalls);
        }
    }
}
