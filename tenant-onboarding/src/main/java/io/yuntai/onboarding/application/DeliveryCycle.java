package io.yuntai.onboarding.application;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long one application took from its submission to its delivery, expansions like anything else.
 *
 * @param state in which it is now
 * @param deliveredAt empty: not yet
 * @param days working days taken, from 1; of one that is not delivered, until now
 * @param overdue whether that is too long
 * @param longest where it lay longest; empty: no whole working day anywhere
 */
public record DeliveryCycle(
        Application.Reference application,
        String purpose,
        String unitName,
        Workflow.State state,
        Instant submittedAt,
        Optional<Instant> deliveredAt,
        int days,
        boolean overdue,
        Optional<Stay> longest) {

    /** How long it lay in a state, in whole working days, all stays there together. */
    public record Stay(Workflow.State state, int days) {}

    /** What is reported apart, in working days. */
    public enum Bucket {
        DAYS_1_TO_3(1, 3),
        DAYS_4_TO_10(4, 10),
        DAYS_11_TO_30(11, 30),
        DAYS_31_TO_60(31, 60),
        OVER_60_DAYS(61, Integer.MAX_VALUE);

        private final int first;
        private final int last;

        Bucket(int first, int last) {
            this.first = first;
            this.last = last;
        }

        /** The fewest days that belong to it. */
        public int first() {
            return first;
        }

        /** The most; empty: any number. */
        public OptionalInt last() {
            return last == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(last);
        }

        /** The one that so many working days, from 1, belong to. */
        public static Bucket of(int days) {
            if (days < 1) {
                throw new IllegalArgumentException("no delivery takes " + days + " days");
            }
            for (var bucket : values()) {
                if (days <= bucket.last) {
                    return bucket;
                }
            }
            throw new IllegalStateException("the last takes all");
        }
    }

    public Bucket bucket() {
        return Bucket.of(days);
    }
}
