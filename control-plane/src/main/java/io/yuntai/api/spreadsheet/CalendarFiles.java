package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.calendar.CalendarDay;
import io.yuntai.onboarding.register.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads and writes the days of a year: date, kind, name. */
public final class CalendarFiles {

    private static final String TABLE = "calendar";

    private CalendarFiles() {}

    /** The tables of a workbook, whatever the language of its headers. */
    public static FileContent workbook(byte[] bytes) {
        return RegisterFiles.read(Format.XLSX, bytes);
    }

    /** The table of one CSV file, whatever the language of its header. */
    public static FileContent csv(byte[] bytes) {
        try {
            return new FileContent.Tables(List.<Table>of(CsvReader.read(TABLE, bytes)));
        } catch (UnreadableException e) {
            return new FileContent.Unreadable(e.fault());
        }
    }

    /** The days as a file of this language, which can be read again. */
    public static PlainSheet sheet(List<CalendarDay> days, Locale locale) {
        var words = Vocabulary.in(locale);
        return new PlainSheet(
                words.table(TABLE),
                Stream.of("date", "kind", "name").map(c -> words.column(TABLE, c)).toList(),
                days.stream()
                        .map(day ->
                                Stream.of(
                                                day.date().toString(),
                                                words.value("kind", day.kind().name()),
                                                day.name())
                                        .<PlainSheet.Cell>map(PlainSheet.Cell.Text::new)
                                        .toList())
                        .toList());
    }
}
