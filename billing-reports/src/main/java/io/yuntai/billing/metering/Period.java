package io.yuntai.billing.metering;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A half-open interval of time.
 *
 * @param from the first moment inside
 * @param to the first moment after it
 */
public record Period(Instant from, Instant to) {

    /** The zone in which reports count days and months. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("not a period: " + from + " to " + to);
        }
    }

    /** A calendar month of {@link #ZONE}. */
    public static Period of(YearMonth month) {
        return new Period(startOf(month), startOf(month.plusMonths(1)));
    }

    /** The month of {@link #ZONE} that a moment is in. */
    public static YearMonth monthOf(Instant moment) {
        return YearMonth.from(moment.atZone(ZONE));
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZONE).toInstant();
    }
}
