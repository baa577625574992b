package io.yuntai.onboarding.system;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.region.Zone;
import io.yuntai.onboarding.unit.UnitId;

/**
 * A business system.
 *
 * @param name 1 to 200 characters
 * @param owner the unit that owns it today
 * @param xinchuangRequired whether it must run on domestic processors
 * @param mlpsLevel its level of multi-level protection (GB/T 22240), 1 to 5
 * @param mlpsFiling the filing number; may be empty
 * @param builder who built it; may be empty
 */
public record BusinessSystem(
        SystemId id,
        SystemCode code,
        String name,
        UnitId owner,
        Zone zone,
        boolean xinchuangRequired,
        int mlpsLevel,
        String mlpsFiling,
        String builder) {

    public BusinessSystem {
        PlainText.require(name, 1, 200);
        PlainText.require(mlpsFiling, 0, 200);
        PlainText.require(builder, 0, 200);
        if (mlpsLevel < 1 || mlpsLevel > 5) {
            throw new IllegalArgumentException("not a protection level: " + mlpsLevel);
        }
    }
}
