package io.yuntai.billing.ranking;

/** The grade of a score. */
public enum Grade {
    A,
    B,
    C,
    D
}
