package io.yuntai.billing.ranking;

/** Why a host is neither measured nor missed in a month. */
public enum Exclusion {
    /** The owner had not confirmed it when the month ended. */
    NOT_CONFIRMED,
    /** Not confirmed for long enough when the month ended. */
    RECENTLY_CONFIRMED,
    DISASTER_RECOVERY,
    PROTECTION,
    SEASONAL,
    LICENCE
}
