package io.yuntai.billing.metering;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The twelve samples of an hour in their order, each the mean of five minutes in hundredths of a
 * percent of the capacity of that hour, rounded half up. A sample may be missing; what is missing
 * is not zero.
 */
public final class FiveMinutes {

    /** Samples in a full hour. */
    public static final int COUNT = 12;

    /** None of them. */
    public static final FiveMinutes NONE = new FiveMinutes(new short[0]);

    /** A sample that counts is at most 105 % of the capacity. */
    public static final int MOST = 10_500;

    private static final short MISSING = -1;

    /** Of amounts up to this one twenty thousand times as much is still a long. */
    private static final long LARGEST = Long.MAX_VALUE / 20_001;

    private final short[] hundredths;

    private FiveMinutes(short[] hundredths) {
        this.hundredths = hundredths;
    }

    /**
     * The first so many alike, and the rest missing.
     *
     * @param hundredths of a percent
     */
    public static FiveMinutes even(int count, int hundredths) {
        var hour = new Hour();
        for (int i = 0; i < count; i++) {
            hour.put(i, hundredths);
        }
        return hour.end();
    }

    /**
     * As they are stored: in their order, null where one is missing; none at all if there are none.
     *
     * @param stored hundredths of a percent, at most {@value #COUNT}
     */
    public static FiveMinutes of(@Nullable Short[] stored) {
        var hour = new Hour();
        for (int at = 0; at < stored.length; at++) {
            var sample = stored[at];
            if (sample != null) {
                hour.put(at, sample);
            }
        }
        return hour.end();
    }

    /** Takes the samples of an hour one by one. */
    public static final class Hour {

        private final short[] taken = new short[COUNT];
        private boolean any;

        public Hour() {
            Arrays.fill(taken, MISSING);
        }

        /**
         * Takes a sample.
         *
         * @param at which of the twelve, counted from 0
         * @throws IllegalArgumentException if it is there already, or is none that counts
         */
        public void put(int at, int value) {
            if (at < 0 || at >= COUNT || taken[at] != MISSING) {
                throw new IllegalArgumentException("not a sample still missing: " + at);
            }
            if (value < 0 || value > MOST) {
                throw new IllegalArgumentException("not a sample that counts: " + value);
            }
            taken[at] = (short) value;
            any = true;
        }

        public FiveMinutes end() {
            return any ? new FiveMinutes(taken.clone()) : NONE;
        }
    }

    /** Hundredths of a percent that an amount is of a capacity, rounded half up. */
    static int share(long used, long of) {
        if (used <= LARGEST && of <= LARGEST) {
            return Math.toIntExact((20_000 * used + of) / (2 * of));
        }
        var whole = BigInteger.valueOf(of);
        return BigInteger.valueOf(used)
                .multiply(BigInteger.valueOf(20_000))
                .add(whole)
                .divide(whole.shiftLeft(1))
                .intValueExact();
    }

    /** How many there are. */
    public int count() {
        int count = 0;
        for (short value : hundredths) {
            count += value == MISSING ? 0 : 1;
        }
        return count;
    }

    /** Those that there are. */
    public void forEach(IntConsumer each) {
        for (short value : hundredths) {
            if (value != MISSING) {
                each.accept(value);
            }
        }
    }

    /** All twelve in their order, those missing empty; none at all if there are none. */
    public List<OptionalInt> all() {
        return IntStream.range(0, hundredths.length)
                .mapToObj(at ->
                        hundredths[at] == MISSING
                                ? OptionalInt.empty()
                                : OptionalInt.of(hundredths[at]))
                .toList();
    }

    boolean isNone() {
        return hundredths.length == 0;
    }

    /** Whether there is the one with this number. */
    boolean has(int at) {
        return hundredths.length > 0 && hundredths[at] != MISSING;
    }

    /** The one with this number. */
    short get(int at) {
        return hundredths[at];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FiveMinutes that && Arrays.equals(hundredths, that.hundredths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hundredths);
    }

    @Override
    public String toString() {
        return Arrays.toString(hundredths);
    }
}
