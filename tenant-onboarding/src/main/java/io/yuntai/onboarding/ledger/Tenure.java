package io.yuntai.onboarding.ledger;

/** Whether a system goes on having a namespace. */
public enum Tenure {
    /** It is there, or shall be. */
    HELD,
    /** It was handed back: when nothing is charged for it any more, its cluster lets go of it. */
    CLOSING,
    /** It is gone; an order makes it anew. */
    CLOSED
}
