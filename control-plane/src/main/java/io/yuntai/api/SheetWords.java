package io.yuntai.api;

import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.reclaim.ReclaimItem;
import io.yuntai.onboarding.region.PoolId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;

/**
 * The words of a table in a language.
 *
 * @param of what its own words begin with: {@code reclaim} has {@code reclaim.sheet}, {@code
 *     reclaim.fileName} and a {@code reclaim.column.…} for each column
 */
record SheetWords(MessageSource messages, Locale locale, String of) {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    /** The table itself. */
    PlainSheet sheet(List<String> columns, List<List<Cell>> rows) {
        return new PlainSheet(own("sheet"), header(columns), rows);
    }

    List<String> header(List<String> columns) {
        return columns.stream().map(column -> own("column." + column)).toList();
    }

    /** What it is called as a file of a day. */
    String fileName(Instant now, String extension) {
        return messages.getMessage(
                of + ".fileName", new Object[] {day(now).toString(), extension}, locale);
    }

    /** One of its own words. */
    String own(String key) {
        return text(of + "." + key);
    }

    /** A value of its own. */
    Cell word(String kind, Enum<?> value) {
        return Cell.of(own(kind + "." + value));
    }

    /** A word that other tables have as well, by its whole key. */
    String text(String key, String... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** Zones and resources are data: one without words is called by its code. */
    String known(String key, String code) {
        return Optional.ofNullable(messages.getMessage(key, null, null, locale)).orElse(code);
    }

    String pool(PoolId pool) {
        return known("quota.zone." + pool.zone(), pool.zone().toString())
                + " · "
                + text("quota.processor." + pool.processor().code());
    }

    /** What is said of a host, in the words of every table that tells it. */
    Cell verdicts(List<? extends Enum<?>> verdicts) {
        return Cell.of(
                verdicts.stream()
                        .map(one -> text("reclaim.verdict." + one))
                        .collect(Collectors.joining(" ")));
    }

    Cell action(ReclaimItem.Action action) {
        return Cell.of(text("reclaim.action." + action));
    }

    Cell yesOrNo(boolean value) {
        return Cell.of(text(value ? "sheet.yes" : "sheet.no"));
    }

    /** To the minute. */
    static Cell time(Instant moment) {
        return Cell.of(MINUTE.format(moment.atZone(ZONE)));
    }

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }
}
