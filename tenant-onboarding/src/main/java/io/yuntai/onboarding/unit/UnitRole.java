package io.yuntai.onboarding.unit;

/** The roles that a unit's contact can be registered with. */
public enum UnitRole {
    /** Applies for resources. */
    UNIT_STAFF,
    /** Answers for the unit: confirms deliveries and bills. */
    UNIT_OWNER
}
