package io.yuntai.quota;

import java.util.OptionalLong;

/**
 * How one node stands in one resource, in base units.
 *
 * @param guaranteed what the node's parent has promised it
 * @param ceiling what it may never exceed; empty: bounded by its ancestors alone
 * @param held what its children cost it, or, at a leaf, what it was granted
 * @param debt by how much that is over the ceiling: what ran before it was taken over was charged
 *     all the same. It can only fall, but for the next thing that is taken over
 */
public record Account(long guaranteed, OptionalLong ceiling, long held, long debt) {

    /** A node of which nothing is promised and nothing forbidden. */
    public static final Account UNBOUNDED = new Account(0, OptionalLong.empty(), 0);

    public Account {
        if (guaranteed < 0 || held < 0) {
            throw new IllegalArgumentException("below zero: " + guaranteed + ", " + held);
        }
        boolean isPromisedTooMuch = ceiling.isPresent() && guaranteed > ceiling.getAsLong();
        if (isPromisedTooMuch || debt != over(ceiling, held)) {
            throw new IllegalArgumentException(
                    "over the ceiling " + ceiling + ": " + held + ", in debt for " + debt);
        }
    }

    /** One that owes nothing: over its ceiling there is none. */
    public Account(long guaranteed, OptionalLong ceiling, long held) {
        this(guaranteed, ceiling, held, 0);
    }

    /** As it stands, with whatever it owes. */
    public static Account standing(long guaranteed, OptionalLong ceiling, long held) {
        return new Account(guaranteed, ceiling, held, over(ceiling, held));
    }

    private static long over(OptionalLong ceiling, long held) {
        return ceiling.isEmpty() ? 0 : Math.max(0, Math.subtractExact(held, ceiling.getAsLong()));
    }

    /** What the node costs its parent: the larger of what it is promised and what it holds. */
    public long commit() {
        return Math.max(guaranteed, held);
    }

    /** What is left under the ceiling, nothing of it in debt; empty when there is no ceiling. */
    public OptionalLong free() {
        return ceiling.isEmpty()
                ? ceiling
                : OptionalLong.of(Math.max(0, Math.subtractExact(ceiling.getAsLong(), held)));
    }

    /** Holding another amount, which owes no more than this one does. */
    Account holding(long newHeld) {
        return noDeeper(new Account(guaranteed, ceiling, newHeld, over(ceiling, newHeld)));
    }

    /** With another limit, which leaves no deeper in debt than before. */
    Account limited(Limit limit) {
        return noDeeper(standing(limit.guaranteed(), limit.ceiling(), held));
    }

    private Account noDeeper(Account after) {
        if (after.debt > debt) {
            throw new IllegalArgumentException("deeper in debt than " + debt + ": " + after);
        }
        return after;
    }

    /** Holding more than there is room for. */
    Account owing(long newHeld) {
        return standing(guaranteed, ceiling, newHeld);
    }
}
