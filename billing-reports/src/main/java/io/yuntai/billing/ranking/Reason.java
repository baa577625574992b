package io.yuntai.billing.ranking;

/** Why a unit is not ranked. The numbers in the names are those of the first policy. */
public enum Reason {
    FEWER_THAN_3_HOSTS,
    UNDER_8_VCPU,
    UNDER_80_PERCENT_COVERAGE,
    /** A component of the score was not measured; the others are not given its weight. */
    INSUFFICIENT_DATA
}
