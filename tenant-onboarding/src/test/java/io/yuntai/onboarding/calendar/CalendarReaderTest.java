package io.yuntai.onboarding.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarReaderTest {

    private static Table table(String... rows) {
        var numbered = new ArrayList<Table.Row>();
        for (String row : rows) {
            numbered.add(new Table.Row(numbered.size() + 2, Arrays.asList(row.split(",", -1))));
        }
        return new Table("calendar", CalendarReader.COLUMNS, numbered);
    }

    private static List<String> faults(Table... tables) {
        return new CalendarReader(2026)
                .read(List.of(tables)).stream().map(CalendarReaderTest::text).toList();
    }

    private static String text(RegisterFault fault) {
        return fault.row().orElse(0) + " " + fault.column().orElse("-") + " " + fault.code();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-14", "2026/2/14", "2026.2.14", "2026年2月14日", "46067"})
    void aDateIsReadAsPeopleAndSpreadsheetsWriteIt(String date) {
        var reader = new CalendarReader(2026);
        assertThat(reader.read(List.of(table(date + ",MAKE_UP,春节")))).isEmpty();
        assertThat(reader.year().days())
                .containsExactly(
                        new CalendarDay(LocalDate.of(2026, 2, 14), CalendarDay.Kind.MAKE_UP, "春节"));
    }

    @Test
    void everyFaultIsListedByItsRow() {
        assertThat(
                        faults(
                                table(
                                        "2026-02-30,HOLIDAY,春节",
                                        "2025-12-31,HOLIDAY,元旦",
                                        "2026-02-16,MAKE_UP,春节",
                                        "2026-02-17,FREE,春节",
                                        "2026-02-18,HOLIDAY,",
                                        "2026-02-19,HOLIDAY,春节",
                                        "2026/2/19,HOLIDAY,春节",
                                        "=A1,HOLIDAY,春节",
                                        ",,",
                                        "2026-02-20,HOLIDAY,春\u202e节",
                                        "2026-02-21,HOLIDAY,春节,还有")))
                .containsExactly(
                        "2 date NOT_A_DATE",
                        "3 date NOT_IN_YEAR",
                        "4 date MAKE_UP_NOT_ON_WEEKEND",
                        "5 kind UNKNOWN_DAY_KIND",
                        "6 name MISSING",
                        "8 date DUPLICATE_IN_FILE",
                        "9 date FORMULA",
                        "11 name CONTROL_CHARACTER",
                        "12 - CELL_WITHOUT_HEADER");
    }

    @Test
    void aHeaderIsWholeOrNothingIsRead() {
        assertThat(
                        faults(
                                new Table(
                                        "calendar",
                                        List.of("date", "date", "weekday"),
                                        List.of(new Table.Row(2, List.of("x", "y", "z"))))))
                .containsExactly(
                        "1 date DUPLICATE_COLUMN",
                        "1 weekday UNKNOWN_COLUMN",
                        "1 kind MISSING_COLUMN",
                        "1 name MISSING_COLUMN");
    }

    @Test
    void aFileWithoutDaysOrWithAnotherTableIsRefused() {
        assertThat(faults(table())).containsExactly("0 - NOTHING_TO_IMPORT");
        assertThat(faults()).containsExactly("0 - NOTHING_TO_IMPORT");
        assertThat(faults(new Table("units", List.of(), List.of())))
                .containsExactly("0 - UNKNOWN_TABLE");
        assertThat(faults(table(), table())).containsExactly("0 - DUPLICATE_TABLE");
    }

    @Test
    void moreRowsThanAYearHasAreNotRead() {
        String[] rows = new String[401];
        Arrays.fill(rows, "2026-02-14,MAKE_UP,春节");
        assertThat(faults(table(rows))).containsExactly("0 - TOO_MANY_ROWS");
    }
}
