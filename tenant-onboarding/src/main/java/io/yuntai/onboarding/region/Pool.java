package io.yuntai.onboarding.region;

import io.yuntai.quota.Amounts;

/**
 * A resource pool as registered.
 *
 * @param capacity what there is to give, in base units; something of at least one resource
 */
public record Pool(PoolId id, Amounts capacity) {

    public Pool {
        if (capacity.isZero() || !capacity.isNonNegative()) {
            throw new IllegalArgumentException("no capacity: " + id + " " + capacity);
        }
    }
}
