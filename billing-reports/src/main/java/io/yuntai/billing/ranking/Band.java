package io.yuntai.billing.ranking;

/**
 * Where a percentage lies. Strict: only below the lower limit is low, only above the upper one
 * high.
 */
public enum Band {
    LOW,
    NORMAL,
    HIGH
}
