package io.yuntai.onboarding.ledger;

/** Whether anything new may be placed on a cluster. What is there grows and shrinks as ever. */
public enum Scheduling {
    OPEN,
    /** Nothing new. */
    CORDONED,
    /** Nothing new, and what lies idle is given back at once; nothing is deleted. */
    DRAINING
}
