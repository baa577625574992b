package io.yuntai.onboarding.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts working days, in {@link #ZONE}. A year that nobody has imported counts Monday to Friday;
 * {@link #missing} says which those are.
 *
 * <p>Periods are counted as the Civil Code does (articles 201 and 203): the day on which something
 * begins is not counted, and the last day ends at midnight. So what begins on a Friday, at whatever
 * hour, is one working day old at the end of Monday.
 *
 * @param days what is not as its weekday says
 * @param years those that were imported
 */
public record WorkingCalendar(Map<LocalDate, CalendarDay.Kind> days, Set<Integer> years) {

    /** The reports' zone: no other is meant by a day. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int MAX_DAYS = 1000;

    /** Every year counts Monday to Friday. */
    public static final WorkingCalendar PLAIN = new WorkingCalendar(Map.of(), Set.of());

    public WorkingCalendar {
        days = Map.copyOf(days);
        years = Set.copyOf(years);
        for (var date : days.keySet()) {
            if (!years.contains(date.getYear())) {
                throw new IllegalArgumentException(date + " of a year that is not there");
            }
        }
    }

    public static WorkingCalendar of(List<CalendarYear> years) {
        var days = new HashMap<LocalDate, CalendarDay.Kind>();
        years.forEach(year -> year.days().forEach(day -> days.put(day.date(), day.kind())));
        return new WorkingCalendar(
                days, years.stream().map(CalendarYear::year).collect(Collectors.toSet()));
    }

    public boolean isWorkingDay(LocalDate date) {
        var kind = days.get(date);
        return kind == null
                ? !CalendarDay.isWeekend(date)
                : switch (kind) {
                    case HOLIDAY -> false;
                    case MAKE_UP -> true;
                };
    }

    /** Whether the day of a moment is a working day. */
    public boolean isWorkingDay(Instant at) {
        return isWorkingDay(day(at));
    }

    /**
     * When a period of whole working days ends: the midnight after the last of them.
     *
     * @param from the day of this moment is not counted
     * @param count 1 to 1000
     */
    public Instant plusWorkingDays(Instant from, int count) {
        if (count < 1 || count > MAX_DAYS) {
            throw new IllegalArgumentException("not 1 to " + MAX_DAYS + " working days: " + count);
        }
        var date = day(from);
        for (int counted = 0; counted < count; ) {
            date = date.plusDays(1);
            if (isWorkingDay(date)) {
                counted++;
            }
        }
        return date.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    /**
     * How many whole working days have passed: the largest n for which {@code plusWorkingDays(from,
     * n)} is not after {@code to}, or 0.
     *
     * @param to not before {@code from}
     */
    public int workingDaysBetween(Instant from, Instant to) {
        return count(from, to, day(to));
    }

    /**
     * How many working days something took, as people count: on which it lay there, the day on
     * which it began left aside, the day on which it ended included. Within one day it is 1.
     *
     * @param to not before {@code from}
     */
    public int workingDaysTaken(Instant from, Instant to) {
        return Math.max(1, count(from, to, day(to).plusDays(1)));
    }

    private int count(Instant from, Instant to, LocalDate end) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(to + " is before " + from);
        }
        return (int)
                day(from)
                        .plusDays(1)
                        .datesUntil(end.isAfter(day(from)) ? end : day(from).plusDays(1))
                        .filter(this::isWorkingDay)
                        .count();
    }

    /** The years from one moment to another that were not imported. */
    public List<Integer> missing(Instant from, Instant to) {
        return IntStream.rangeClosed(day(from).getYear(), day(to).getYear())
                .filter(year -> !years.contains(year))
                .boxed()
                .toList();
    }

    /**
     * The years that somebody must import by now: this one, and from November on the next, for by
     * then it has been announced.
     */
    public List<Integer> due(Instant now) {
        var today = day(now);
        int last = today.getMonthValue() >= 11 ? today.getYear() + 1 : today.getYear();
        return IntStream.rangeClosed(today.getYear(), last)
                .filter(year -> !years.contains(year))
                .boxed()
                .toList();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }
}
