package io.yuntai.quota;

import java.util.OptionalLong;

/**
 * What a node is given in one resource, in base units.
 *
 * @param guaranteed promised to it, whether it takes it or not
 * @param ceiling never exceeded; empty: bounded by its ancestors alone
 */
public record Limit(long guaranteed, OptionalLong ceiling) {

    public Limit {
        if (guaranteed < 0) {
            throw new IllegalArgumentException("a guarantee is not negative: " + guaranteed);
        }
        if (ceiling.isPresent() && ceiling.getAsLong() < guaranteed) {
            throw new IllegalArgumentException("a ceiling under the guarantee: " + ceiling);
        }
    }

    /** So much more promised, and so much higher a ceiling where there is one. */
    public Limit plus(long by) {
        return new Limit(
                Math.addExact(guaranteed, by),
                ceiling.isPresent()
                        ? OptionalLong.of(Math.addExact(ceiling.getAsLong(), by))
                        : ceiling);
    }

    /** Promised in full and nothing beyond. */
    public static Limit fixed(long amount) {
        return new Limit(amount, OptionalLong.of(amount));
    }
}
