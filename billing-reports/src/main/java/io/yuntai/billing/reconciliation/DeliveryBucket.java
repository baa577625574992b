package io.yuntai.billing.reconciliation;

import java.util.OptionalInt;

/**
 * How many orders were delivered within so many working days.
 *
 * @param from the fewest days
 * @param to the most; empty: any number
 */
public record DeliveryBucket(int from, OptionalInt to, int count) {

    public DeliveryBucket {
        if (from < 1 || to.orElse(from) < from || count < 0) {
            throw new IllegalArgumentException("not a bucket: " + from + " to " + to);
        }
    }
}
