package io.yuntai.quota;

/**
 * The version of a lease: raised by one with each change, and the fence that makes a delayed write
 * of an earlier holder change nothing.
 */
public record Epoch(long value) implements Comparable<Epoch> {

    /** Before anything was granted. */
    public static final Epoch ZERO = new Epoch(0);

    public Epoch {
        if (value < 0) {
            throw new IllegalArgumentException("an epoch is not negative: " + value);
        }
    }

    public Epoch next() {
        return new Epoch(Math.incrementExact(value));
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }
}
