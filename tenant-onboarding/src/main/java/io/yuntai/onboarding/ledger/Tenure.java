package io.yuntai.onboarding.ledger;

/** Whether a system goes on having a namespace. */
public enum Tenure {
    /** It is there, or shall be. */
    HELD,
    /** It was handed back: when nothing is charged for it any more, its cluster lets go of it. */
    CLOSING,
    /** It is gone; an order makes it anew. */
    CLOSED,
    /**
     * It was gone, and its cluster has it all the same: the ledger was restored from before it was
     * ordered again, or the cluster from before it was closed. What it holds is charged; people say
     * what becomes of it, or order it again, and it is closed when it is gone again.
     */
    FOUND
}
