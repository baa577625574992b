package io.yuntai.onboarding.register;

import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.region.RegionCode;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.quota.Amounts;

/** The nodes of the quota tree that an import makes. */
interface QuotaNodes {

    void pool(PoolId pool, Amounts capacity);

    void region(PoolId pool, RegionCode region, String name);

    void unit(PoolId pool, UnitId unit, RegionCode region, Amounts guaranteedAndCeiling);

    void system(PoolId pool, SystemId system, UnitId unit);
}
