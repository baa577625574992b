package io.yuntai.billing.verdict;

/** What is said of a host. Nothing is done about it by whoever says so. */
public enum Verdict {
    /** Too little was measured to say anything. */
    INSUFFICIENT_DATA,
    /** It stood still the whole time. */
    IDLE_STOPPED,
    /** Hardly anything is done on it. */
    IDLE,
    /** It would do with fewer processors. */
    SHRINK_CPU,
    /** It would do with less memory. Never said because of its processors. */
    SHRINK_MEMORY,
    /** It is short of something. */
    GROW,
    /** None of these. */
    FIT,
    /** It is exempt, and left as it is. */
    EXEMPT
}
