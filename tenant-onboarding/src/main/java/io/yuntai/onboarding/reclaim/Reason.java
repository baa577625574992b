package io.yuntai.onboarding.reclaim;

/** Why a host is not in an order, or is left as it is when the order is carried out. */
public enum Reason {
    /** Nothing was ever said of it. */
    NOT_JUDGED,
    /** What was said of it is too old, or was replaced by something else. */
    EVIDENCE_LAPSED,
    /** There is nothing to be had from it. */
    NOT_WASTEFUL,
    EXEMPT,
    /** Another order names it, or an application that is not at its end. */
    OPEN_ORDER,
    /** It has another size than when it was judged, or is being changed. */
    HOST_CHANGED,
    /** It is in the recycle bin, or destroyed, or was never delivered. */
    HOST_GONE,
    /** Its owner has not confirmed its delivery: it is tried out, and not charged for. */
    IN_TRIAL,
    /** It belongs to another unit now. */
    OTHER_UNIT,
    /** We know too little of a host that others have made to give it another size. */
    HOST_ADOPTED,
    /** The catalogue has no smaller size that would do. */
    NO_SMALLER_SIZE,
    /** An order has room for so many and no more. */
    ORDER_FULL,
    /** The bureau has let it go when it decided about an appeal. */
    SPARED,
    /** Its cluster did not show it as ordered in time. */
    NOT_SETTLED,
    /** Something went wrong that we have no word for. */
    FAILED
}
