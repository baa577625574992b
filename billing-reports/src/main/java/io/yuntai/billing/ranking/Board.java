package io.yuntai.billing.ranking;

/** By what units are ranked. */
public enum Board {
    SCORE,
    CPU,
    MEMORY
}
