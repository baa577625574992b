package io.yuntai.onboarding.instant;

/**
 * What came of one predicate.
 *
 * @param why what was missing, too old or wrong, for people who know the rules; empty when it is
 *     plain
 */
public record Finding(String name, String expression, Value value, String why) {

    public static final int MAX_WHY = 500;

    /** Nothing passes but what plainly holds. */
    public enum Value {
        HOLDS,
        HOLDS_NOT,
        /** A fact was missing or too old, or the expression failed. */
        UNDETERMINED
    }

    public Finding {
        why = why.length() > MAX_WHY ? why.substring(0, MAX_WHY) : why;
    }

    public boolean holds() {
        return value == Value.HOLDS;
    }
}
