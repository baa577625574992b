package io.yuntai.onboarding.ledger;

/**
 * Something that somebody had changed by hand on a cluster, and that was put right.
 *
 * @param before as it was found
 * @param after as it is now
 * @param seen which state of which object was seen, the same for whoever has seen the same: of two
 *     servers that put it right at once it is recorded by one. Empty: nobody can tell
 */
public record LeaseRepair(Kind kind, String before, String after, String seen) {

    /** One that cannot be told from the next of its kind. */
    public LeaseRepair(Kind kind, String before, String after) {
        this(kind, before, after, "");
    }

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
