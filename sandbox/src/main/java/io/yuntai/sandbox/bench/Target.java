package io.yuntai.sandbox.bench;

import java.util.Locale;

/** What a measurement has to reach. */
public sealed interface Target {

    /** Whether this value, over this baseline, reaches it. */
    boolean holds(double value, double ratio);

    /** Whether zero is a figure, and not the sign of a benchmark that did nothing. */
    default boolean mayBeNothing() {
        return false;
    }

    /** As people read it; {@code unit} is that of the value. */
    String text(String unit);

    /** The value itself is at most this, in the unit of the measurement. */
    record AtMost(double limit) implements Target {

        public AtMost {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("a limit is positive: " + limit);
            }
        }

        @Override
        public boolean holds(double value, double ratio) {
            return value <= limit;
        }

        @Override
        public String text(String unit) {
            return String.format(Locale.ROOT, "value <= %s %s", Figures.plain(limit), unit);
        }
    }

    /** The value, a share of what was looked at, is at most this; it may be nothing. */
    record ShareAtMost(double limit) implements Target {

        public ShareAtMost {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("a limit is positive: " + limit);
            }
        }

        @Override
        public boolean holds(double value, double ratio) {
            return value <= limit;
        }

        @Override
        public boolean mayBeNothing() {
            return true;
        }

        @Override
        public String text(String unit) {
            return String.format(Locale.ROOT, "value <= %s %s", Figures.plain(limit), unit);
        }
    }

    /** The value is shown beside another that has a target. */
    record None() implements Target {

        @Override
        public boolean holds(double value, double ratio) {
            return true;
        }

        @Override
        public boolean mayBeNothing() {
            return true;
        }

        @Override
        public String text(String unit) {
            return "none";
        }
    }

    /** The value is at most this many times the baseline. */
    record AtMostTimes(double factor) implements Target {

        public AtMostTimes {
            if (!(factor > 0)) {
                throw new IllegalArgumentException("a factor is positive: " + factor);
            }
        }

        @Override
        public boolean holds(double value, double ratio) {
            return ratio <= factor;
        }

        @Override
        public String text(String unit) {
            return "ratio <= " + Figures.plain(factor);
        }
    }

    /** The value is at least this many times the baseline. */
    record AtLeastTimes(double factor) implements Target {

        public AtLeastTimes {
            if (!(factor > 0)) {
                throw new IllegalArgumentException("a factor is positive: " + factor);
            }
        }

        @Override
        public boolean holds(double value, double ratio) {
            return ratio >= factor;
        }

        @Override
        public String text(String unit) {
            return "ratio >= " + Figures.plain(factor);
        }
    }
}
