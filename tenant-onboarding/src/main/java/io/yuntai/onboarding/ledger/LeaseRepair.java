package io.yuntai.onboarding.ledger;

/**
 * Something that somebody had changed by hand on a cluster, and that was put right.
 *
 * @param before as it was found
 * @param after as it is now
 */
public record LeaseRepair(Kind kind, String before, String after) {

    /** What had been done to a lease. */
    public enum Kind {
        /** It was deleted, or its namespace was. */
        DELETED("deleted"),
        /** Its limits were others. */
        EDITED("edited"),
        /** Its epoch was no number, or one that it cannot have had. */
        EPOCH_SPOILT("epochSpoilt"),
        /** Another quota stood beside it. */
        SECOND_QUOTA("secondQuota");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** In the audit's vocabulary. */
        public String code() {
            return code;
        }
    }
}
