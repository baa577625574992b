package io.yuntai.onboarding.ledger;

/** The ledger gives no answer. Asking again with the same id is always safe. */
public final class LedgerUnavailable extends RuntimeException {

    /** What is known of the command. */
    public enum Reason {
        /** Not taken on: more is waiting than can be answered soon. Nothing was done. */
        BUSY,
        /** Not taken on: the process ends. Nothing was done. */
        CLOSED,
        /** The database did not do it. Nothing was done. */
        NOT_COMMITTED,
        /**
         * The connection broke while committing: it may have been done or not. The same command
         * with the same id finds out, and does it if it was not.
         */
        OUTCOME_UNKNOWN
    }

    private final Reason reason;

    LedgerUnavailable(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    LedgerUnavailable(Reason reason, Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
