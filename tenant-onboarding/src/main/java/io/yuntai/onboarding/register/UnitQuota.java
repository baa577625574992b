package io.yuntai.onboarding.register;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.unit.Unit;
import io.yuntai.quota.Amounts;

/**
 * What a unit is promised in a pool: guaranteed and ceiling are the same.
 *
 * @param amounts something of at least one resource, in base units
 */
record UnitQuota(Unit unit, PoolId pool, Amounts amounts) {

    UnitQuota {
        if (amounts.isZero() || !amounts.isNonNegative()) {
            throw new IllegalArgumentException("no quota: " + unit.id() + " " + amounts);
        }
    }
}
