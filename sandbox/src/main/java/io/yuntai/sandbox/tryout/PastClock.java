package io.yuntai.sandbox.tryout;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/**
 * The time; but whoever prepares the sample city works at a moment of the past, and nobody else
 * notices: the moment is bound to the work, not to the clock.
 */
public final class PastClock extends Clock {

    private static final ScopedValue<Instant> MOMENT = ScopedValue.newInstance();

    private final Clock present;

    public PastClock(Clock present) {
        this.present = present;
    }

    /** Does something as if it were then. */
    static <T> T at(Instant moment, Supplier<T> work) {
        return ScopedValue.where(MOMENT, moment).call(work::get);
    }

    @Override
    public Instant instant() {
        return MOMENT.isBound() ? MOMENT.get() : present.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return present.withZone(zone);
    }
}
