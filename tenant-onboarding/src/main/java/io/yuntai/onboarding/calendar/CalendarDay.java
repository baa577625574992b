package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.PlainText;
import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * A day that is not what its weekday says.
 *
 * @param name of the holiday it belongs to, 1 to 100 characters
 */
public record CalendarDay(LocalDate date, Kind kind, String name) {

    /** What it is instead. */
    public enum Kind {
        /** Free. Whole festivals are listed, with the weekends inside them. */
        HOLIDAY,
        /** A Saturday or Sunday that is worked, to make up for a holiday. */
        MAKE_UP
    }

    public CalendarDay {
        PlainText.require(name, 1, 100);
        if (kind == Kind.MAKE_UP && !isWeekend(date)) {
            throw new IllegalArgumentException(date + " is worked anyway");
        }
    }

    static boolean isWeekend(LocalDate date) {
        var weekday = date.getDayOfWeek();
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
    }
}
