package io.yuntai.metering;

import io.yuntai.billing.metering.Period;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** When months are frozen: on the third working day of the next one. */
@Component
class FreezingDays {

    private static final int WORKING_DAY = 3;

    private final WorkingCalendars calendars;

    FreezingDays(WorkingCalendars calendars) {
        this.calendars = calendars;
    }

    /**
     * The day on which a month is to be frozen; where its year's calendar was not imported, by
     * weekdays alone.
     */
    LocalDate of(YearMonth month) {
        var calendar = calendars.current();
        return Stream.iterate(month.plusMonths(1).atDay(1), day -> day.plusDays(1))
                .filter(calendar::isWorkingDay)
                .skip(WORKING_DAY - 1L)
                .findFirst()
                .orElseThrow();
    }

    /** Whether the calendar that this day is counted by was imported. */
    boolean isCertain(YearMonth month) {
        return calendars.current().years().contains(of(month).getYear());
    }

    /** Whether that day has come. */
    boolean isDue(YearMonth month, Instant now) {
        return !LocalDate.ofInstant(now, Period.ZONE).isBefore(of(month));
    }
}
