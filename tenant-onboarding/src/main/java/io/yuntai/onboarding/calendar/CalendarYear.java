package io.yuntai.onboarding.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * A calendar year as the government announced it.
 *
 * @param year {@value #FIRST} to {@value #LAST}
 * @param days in order, each of this year and only once; at least one
 */
public record CalendarYear(int year, List<CalendarDay> days) {

    public static final int FIRST = 2000;
    public static final int LAST = 2100;

    public CalendarYear {
        if (year < FIRST || year > LAST) {
            throw new IllegalArgumentException("no year that is kept: " + year);
        }
        var sorted = new ArrayList<>(days);
        sorted.sort(Comparator.comparing(CalendarDay::date));
        var seen = new HashSet<LocalDate>();
        for (var day : sorted) {
            if (day.date().getYear() != year || !seen.add(day.date())) {
                throw new IllegalArgumentException(day.date() + " twice, or not of " + year);
            }
        }
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no day of " + year);
        }
        days = List.copyOf(sorted);
    }

    /** How many of its days are of a kind. */
    public int count(CalendarDay.Kind kind) {
        return (int) days.stream().filter(day -> day.kind() == kind).count();
    }
}
