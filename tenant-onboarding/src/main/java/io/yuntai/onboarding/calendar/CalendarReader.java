package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.Table;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the days of a year from a file's tables. Pure: nothing is written. Every fault is listed by
 * its row.
 */
final class CalendarReader {

    static final List<String> COLUMNS = List.of("date", "kind", "name");

    private static final String TABLE = "calendar";
    private static final int MAX_ROWS = 400;
    private static final int MAX_CELL = 100;

    /** 2026-02-14, 2026/2/14, 2026.2.14, 2026年2月14日. */
    private static final Pattern DATE =
            Pattern.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?");

    /** As spreadsheets keep a date: days since 30 December 1899. */
    private static final Pattern SERIAL = Pattern.compile("[1-9][0-9]{4}");

    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    private final int year;
    private final List<RegisterFault> faults = new ArrayList<>();
    private final List<CalendarDay> days = new ArrayList<>();
    private final Map<LocalDate, Integer> rows = new HashMap<>();

    CalendarReader(int year) {
        this.year = year;
    }

    /** What is wrong with the file; empty: nothing, and {@link #year} may be asked. */
    List<RegisterFault> read(List<Table> tables) {
        Optional<Table> found = Optional.empty();
        for (var table : tables) {
            if (!table.name().equals(TABLE)) {
                faults.add(RegisterFault.of(table.name(), "UNKNOWN_TABLE"));
            } else if (found.isPresent()) {
                faults.add(RegisterFault.of(table.name(), "DUPLICATE_TABLE"));
            } else {
                found = Optional.of(table);
            }
        }
        found.ifPresent(this::table);
        if (days.isEmpty() && faults.isEmpty()) {
            faults.add(RegisterFault.of(TABLE, "NOTHING_TO_IMPORT"));
        }
        return faults;
    }

    CalendarYear year() {
        return new CalendarYear(year, days);
    }

    private void table(Table table) {
        if (table.rows().size() > MAX_ROWS) {
            faults.add(RegisterFault.of(TABLE, "TOO_MANY_ROWS", MAX_ROWS));
        } else if (isHeader(table.columns())) {
            table.rows().forEach(row -> row(table.columns(), row));
        }
    }

    private boolean isHeader(List<String> header) {
        int before = faults.size();
        var had = new HashSet<String>();
        for (String column : header) {
            if (!column.isEmpty() && !COLUMNS.contains(column)) {
                fault(1, column, "UNKNOWN_COLUMN", column);
            } else if (!column.isEmpty() && !had.add(column)) {
                fault(1, column, "DUPLICATE_COLUMN", column);
            }
        }
        for (String column : COLUMNS) {
            if (!had.contains(column)) {
                fault(1, column, "MISSING_COLUMN", column);
            }
        }
        return faults.size() == before;
    }

    private void row(List<String> header, Table.Row row) {
        int before = faults.size();
        var cells = new HashMap<String, String>();
        for (int i = 0; i < row.cells().size(); i++) {
            String text = row.cells().get(i).strip();
            String column = i < header.size() ? header.get(i) : "";
            if (!column.isEmpty()) {
                cells.put(column, text);
            } else if (!text.isEmpty()) {
                fault(row.number(), Optional.empty(), "CELL_WITHOUT_HEADER", "");
            }
        }
        if (cells.values().stream().allMatch(String::isEmpty)) {
            return;
        }
        COLUMNS.forEach(column -> cell(row.number(), column, cells.getOrDefault(column, "")));
        if (faults.size() == before) {
            day(row.number(), cells);
        }
    }

    private void cell(int row, String column, String text) {
        var forbidden = PlainText.firstForbidden(text);
        if (text.isEmpty()) {
            fault(row, column, "MISSING", "");
        } else if (forbidden.isPresent()) {
            fault(row, column, "CONTROL_CHARACTER", "", "U+%04X".formatted(forbidden.getAsInt()));
        } else if (text.startsWith("=") || text.startsWith("@")) {
            fault(row, column, "FORMULA", text);
        } else if (PlainText.length(text) > MAX_CELL) {
            fault(row, column, "TOO_LONG", text, MAX_CELL, PlainText.length(text));
        }
    }

    private void day(int row, Map<String, String> cells) {
        String dateText = cells.getOrDefault("date", "");
        String kindText = cells.getOrDefault("kind", "");
        var date = date(dateText);
        var kind =
                Arrays.stream(CalendarDay.Kind.values())
                        .filter(one -> one.name().equals(kindText))
                        .findFirst();
        if (kind.isEmpty()) {
            fault(row, "kind", "UNKNOWN_DAY_KIND", kindText);
        }
        if (date.isEmpty()) {
            fault(row, "date", "NOT_A_DATE", dateText);
        } else if (date.get().getYear() != year) {
            // A holiday over New Year's Eve has its December days in that year's calendar.
            fault(row, "date", "NOT_IN_YEAR", dateText, Integer.toString(year));
        } else if (rows.containsKey(date.get())) {
            fault(row, "date", "DUPLICATE_IN_FILE", dateText, rows.get(date.get()));
        } else if (kind.filter(CalendarDay.Kind.MAKE_UP::equals).isPresent()
                && !CalendarDay.isWeekend(date.get())) {
            fault(row, "date", "MAKE_UP_NOT_ON_WEEKEND", dateText);
        } else if (kind.isPresent()) {
            rows.put(date.get(), row);
            days.add(new CalendarDay(date.get(), kind.get(), cells.getOrDefault("name", "")));
        }
    }

    private static Optional<LocalDate> date(String text) {
        if (SERIAL.matcher(text).matches()) {
            return Optional.of(SERIAL_ZERO.plusDays(Long.parseLong(text)));
        }
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDate.of(
                            Integer.parseInt(parts.group(1)),
                            Integer.parseInt(parts.group(2)),
                            Integer.parseInt(parts.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void fault(int row, String column, String code, String value, Object... arguments) {
        fault(row, Optional.of(column), code, value, arguments);
    }

    private void fault(
            int row, Optional<String> column, String code, String value, Object... arguments) {
        faults.add(
                new RegisterFault(
                        TABLE, OptionalInt.of(row), column, code, List.of(arguments), value));
    }
}
