package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.register.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** 2026 as the State Council announced it. */
final class Year2026 {

    private static final List<List<String>> HOLIDAYS =
            List.of(
                    List.of("2026-01-01", "2026-01-03", "元旦"),
                    List.of("2026-02-15", "2026-02-23", "春节"),
                    List.of("2026-04-04", "2026-04-06", "清明节"),
                    List.of("2026-05-01", "2026-05-05", "劳动节"),
                    List.of("2026-06-19", "2026-06-21", "端午节"),
                    List.of("2026-09-25", "2026-09-27", "中秋节"),
                    List.of("2026-10-01", "2026-10-07", "国庆节"));

    private static final List<List<String>> MAKE_UPS =
            List.of(
                    List.of("2026-01-04", "元旦"),
                    List.of("2026-02-14", "春节"),
                    List.of("2026-02-28", "春节"),
                    List.of("2026-05-09", "劳动节"),
                    List.of("2026-09-20", "国庆节"),
                    List.of("2026-10-10", "国庆节"));

    private Year2026() {}

    /** As the rows of a file. */
    static Table table() {
        var rows = new ArrayList<Table.Row>();
        for (var holiday : HOLIDAYS) {
            var end = LocalDate.parse(holiday.get(1)).plusDays(1);
            LocalDate.parse(holiday.get(0))
                    .datesUntil(end)
                    .forEach(day ->
                            rows.add(
                                    new Table.Row(
                                            rows.size() + 2,
                                            List.of(day.toString(), "HOLIDAY", holiday.get(2)))));
        }
        for (var day : MAKE_UPS) {
            rows.add(new Table.Row(rows.size() + 2, List.of(day.get(0), "MAKE_UP", day.get(1))));
        }
        return new Table("calendar", CalendarReader.COLUMNS, rows);
    }

    static CalendarYear year() {
        var reader = new CalendarReader(2026);
        var faults = reader.read(List.of(table()));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(faults.toString());
        }
        return reader.year();
    }

    static WorkingCalendar calendar() {
        return WorkingCalendar.of(List.of(year()));
    }
}
