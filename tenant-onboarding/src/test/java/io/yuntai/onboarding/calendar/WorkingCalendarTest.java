package io.yuntai.onboarding.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingCalendarTest {

    private static final WorkingCalendar CALENDAR = Year2026.calendar();

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02, false", // a Friday of New Year
        "2026-01-04, true", // the Sunday that makes up for it
        "2026-02-13, true",
        "2026-02-14, true", // a Saturday before Spring Festival
        "2026-02-15, false",
        "2026-02-18, false", // a Wednesday inside it
        "2026-02-23, false",
        "2026-02-24, true",
        "2026-02-28, true", // the Saturday after it
        "2026-04-06, false", // a Monday of Qingming
        "2026-05-09, true",
        "2026-06-19, false",
        "2026-09-20, true",
        "2026-09-25, false",
        "2026-10-05, false",
        "2026-10-10, true",
        "2026-03-07, false", // a plain Saturday
        "2026-03-09, true" // a plain Monday
    })
    void aDayIsWorkedAsAnnounced(LocalDate day, boolean worked) {
        assertThat(CALENDAR.isWorkingDay(day)).isEqualTo(worked);
    }

    @Test
    void theYearHasTheWorkingDaysThatTheAnnouncementLeaves() {
        long days =
                LocalDate.of(2026, 1, 1)
                        .datesUntil(LocalDate.of(2027, 1, 1))
                        .filter(CALENDAR::isWorkingDay)
                        .count();
        // 261 weekdays, 19 of them free, and 6 weekend days worked.
        assertThat(days).isEqualTo(248);
    }

    @ParameterizedTest
    @CsvSource({
        // Friday before the make-up Saturday; Saturday is worked, then nine days are free.
        "2026-02-13T09:00, 1, 2026-02-15T00:00",
        "2026-02-13T09:00, 2, 2026-02-25T00:00",
        "2026-02-14T18:00, 1, 2026-02-25T00:00",
        // Submitted in the middle of the festival: the first day after it is the first counted.
        "2026-02-18T12:00, 1, 2026-02-25T00:00",
        "2026-02-18T12:00, 5, 2026-03-01T00:00", // the fifth is the make-up Saturday
        "2026-02-18T12:00, 10, 2026-03-07T00:00",
        // Month ends.
        "2026-03-31T10:00, 1, 2026-04-02T00:00",
        "2026-04-30T23:59:59, 1, 2026-05-07T00:00",
        "2026-05-31T10:00, 1, 2026-06-02T00:00", // a Sunday
        // The evening before National Day, and its two make-up days.
        "2026-09-30T17:00, 1, 2026-10-09T00:00",
        "2026-09-30T17:00, 3, 2026-10-11T00:00",
        "2026-09-18T10:00, 1, 2026-09-21T00:00"
    })
    void aPeriodEndsAtMidnightAfterItsLastWorkingDay(String from, int days, String end) {
        assertThat(CALENDAR.plusWorkingDays(at(from), days)).isEqualTo(at(end));
    }

    @Test
    void aPeriodOverTheEndOfTheYearCountsByBothYears() {
        var both =
                WorkingCalendar.of(
                        List.of(
                                Year2026.year(),
                                new CalendarYear(
                                        2027,
                                        List.of(
                                                new CalendarDay(
                                                        LocalDate.of(2027, 1, 1),
                                                        CalendarDay.Kind.HOLIDAY,
                                                        "元旦"),
                                                new CalendarDay(
                                                        LocalDate.of(2027, 1, 3),
                                                        CalendarDay.Kind.MAKE_UP,
                                                        "元旦")))));
        assertThat(both.plusWorkingDays(at("2026-12-31T10:00"), 1))
                .isEqualTo(at("2027-01-04T00:00"));
        assertThat(both.missing(at("2026-12-31T10:00"), at("2027-01-04T00:00"))).isEmpty();
    }

    @Test
    void aYearThatNobodyHasImportedCountsMondayToFridayAndSaysSo() {
        assertThat(CALENDAR.plusWorkingDays(at("2026-12-31T10:00"), 1))
                .isEqualTo(at("2027-01-02T00:00"));
        assertThat(CALENDAR.missing(at("2026-12-31T10:00"), at("2027-01-01T00:00")))
                .containsExactly(2027);
    }

    @Test
    void theNextYearIsDueFromNovemberOn() {
        assertThat(CALENDAR.due(at("2026-10-31T23:59"))).isEmpty();
        assertThat(CALENDAR.due(at("2026-11-01T00:00"))).containsExactly(2027);
        assertThat(CALENDAR.due(at("2027-01-01T00:00"))).containsExactly(2027);
        assertThat(WorkingCalendar.PLAIN.due(at("2026-11-30T00:00"))).containsExactly(2026, 2027);
    }

    @Test
    void aDayBeginsAndEndsInShanghaiAndNowhereElse() {
        assertThat(CALENDAR.isWorkingDay(Instant.parse("2026-02-14T15:59:59Z"))).isTrue();
        assertThat(CALENDAR.isWorkingDay(Instant.parse("2026-02-14T16:00:00Z"))).isFalse();
        assertThat(CALENDAR.plusWorkingDays(Instant.parse("2026-03-09T16:30:00Z"), 1))
                .isEqualTo(Instant.parse("2026-03-11T16:00:00Z"));
    }

    @Test
    void aChangedCalendarMovesAPeriodThatIsRunning() {
        var begun = at("2026-06-17T10:00");
        assertThat(CALENDAR.plusWorkingDays(begun, 2)).isEqualTo(at("2026-06-23T00:00"));
        // The typhoon of the 18th gives a free day, and takes the Saturday after it.
        var days = new ArrayList<>(Year2026.year().days());
        days.add(new CalendarDay(LocalDate.of(2026, 6, 18), CalendarDay.Kind.HOLIDAY, "台风"));
        days.add(new CalendarDay(LocalDate.of(2026, 6, 27), CalendarDay.Kind.MAKE_UP, "台风"));
        var changed = WorkingCalendar.of(List.of(new CalendarYear(2026, days)));
        assertThat(changed.plusWorkingDays(begun, 2)).isEqualTo(at("2026-06-24T00:00"));
        assertThat(changed.plusWorkingDays(begun, 6)).isEqualTo(at("2026-06-28T00:00"));
        assertThat(changed.workingDaysBetween(begun, at("2026-06-23T00:00"))).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-09T09:00, 2026-03-09T18:00, 1",
        "2026-03-09T09:00, 2026-03-10T08:00, 1",
        "2026-03-09T09:00, 2026-03-12T08:00, 3",
        "2026-03-13T09:00, 2026-03-16T08:00, 1", // over a weekend
        "2026-03-13T09:00, 2026-03-14T08:00, 1", // on the Saturday itself
        "2026-02-13T09:00, 2026-02-28T08:00, 6"
    })
    void whatSomethingTookCountsTheDayOnWhichItEnded(String from, String to, int days) {
        assertThat(CALENDAR.workingDaysTaken(at(from), at(to))).isEqualTo(days);
    }

    @Test
    void countingOnAndCountingBetweenAgreeWhereverTheyBegin() {
        var random = new Random(20260214);
        var start = at("2025-12-01T00:00");
        for (int i = 0; i < 20_000; i++) {
            var from = start.plusSeconds(random.nextInt(450 * 86_400));
            int count = 1 + random.nextInt(60);
            var end = CALENDAR.plusWorkingDays(from, count);
            assertThat(CALENDAR.workingDaysBetween(from, end)).isEqualTo(count);
            assertThat(CALENDAR.workingDaysBetween(from, end.minusMillis(1))).isEqualTo(count - 1);
            assertThat(CALENDAR.isWorkingDay(end.minusMillis(1))).isTrue();
            // One after the other is the same as both at once, begun at the end of a day.
            int more = 1 + random.nextInt(20);
            assertThat(CALENDAR.plusWorkingDays(end.minusMillis(1), more))
                    .isEqualTo(CALENDAR.plusWorkingDays(from, count + more));
            // Later never ends earlier.
            var later = from.plus(Duration.ofHours(random.nextInt(200)));
            assertThat(CALENDAR.plusWorkingDays(later, count)).isAfterOrEqualTo(end);
        }
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        var now = at("2026-03-09T09:00");
        assertThatThrownBy(() -> CALENDAR.plusWorkingDays(now, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CALENDAR.plusWorkingDays(now, 1001))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CALENDAR.workingDaysBetween(now, now.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new CalendarDay(
                                LocalDate.of(2026, 3, 9), CalendarDay.Kind.MAKE_UP, "一个星期一"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
