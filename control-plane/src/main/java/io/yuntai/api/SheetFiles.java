package io.yuntai.api;

import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Lists as files to be kept, each one flat table in the caller's language. */
@Component
class SheetFiles {

    private static final String CSV = "text/csv;charset=UTF-8";

    private final MessageSource messages;
    private final Clock clock;

    SheetFiles(MessageSource messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * The answer with a table in the format that was asked for.
     *
     * @param of see {@link SheetWords}
     * @param format {@code xlsx} or {@code csv}
     * @param table makes it; not asked when there is no such format
     * @throws Refused INVALID {@code UNKNOWN_FORMAT}
     */
    ResponseEntity<byte[]> answer(
            String of, String format, Locale locale, Function<SheetWords, PlainSheet> table) {
        var words = new SheetWords(messages, locale, of);
        return switch (format) {
            case "xlsx" ->
                    Attachment.of(
                            table.apply(words).xlsx(),
                            Format.XLSX.mediaType(),
                            words.fileName(clock.instant(), format));
            case "csv" ->
                    Attachment.of(
                            table.apply(words).csv(), CSV, words.fileName(clock.instant(), format));
            default -> throw unknown(format);
        };
    }

    /**
     * Writes a table of whatever length into an answer, row by row; who breaks off has a part of
     * it.
     *
     * @param rows are read once the format is known
     * @throws Refused INVALID {@code UNKNOWN_FORMAT}, before anything is written
     */
    void send(
            HttpServletResponse response,
            SheetWords words,
            String format,
            List<String> columns,
            Iterable<List<Cell>> rows)
            throws IOException {
        String name = words.fileName(clock.instant(), format);
        switch (format) {
            case "xlsx" -> {
                Attachment.head(response, Format.XLSX.mediaType(), name);
                PlainSheet.xlsx(
                        response.getOutputStream(),
                        words.own("sheet"),
                        words.header(columns),
                        rows);
            }
            case "csv" -> {
                Attachment.head(response, CSV, name);
                PlainSheet.csv(response.getOutputStream(), words.header(columns), rows);
            }
            default -> throw unknown(format);
        }
    }

    /** The words of a table, for whoever writes it himself. */
    SheetWords words(String of, Locale locale) {
        return new SheetWords(messages, locale, of);
    }

    private static Refused unknown(String format) {
        return Refused.invalid(
                "UNKNOWN_FORMAT", List.of(Fault.at("/format", "UNKNOWN_FORMAT", format)));
    }

    /**
     * All of a list, page after page.
     *
     * @param asked what to search for, and in which order; from the first page on, whichever it
     *     asks for
     * @param most one request reads no more
     * @param pointer what would make it fewer
     * @throws Refused INVALID {@code TOO_MANY}: there are more
     */
    static <T> List<T> all(
            PageQuery asked, int most, String pointer, Function<PageQuery, Page<T>> list) {
        var all = new ArrayList<T>();
        var cursor = Optional.<Cursor>empty();
        do {
            var page =
                    list.apply(new PageQuery(PageQuery.MAX_LIMIT, cursor, asked.sort(), asked.q()));
            requireAtMost(page.total(), most, pointer);
            all.addAll(page.items());
            cursor = page.next().map(Cursor::of);
        } while (cursor.isPresent());
        return all;
    }

    /** Refuses what is more than one request reads. */
    static void requireAtMost(long count, int most, String pointer) {
        if (count > most) {
            throw Refused.invalid("INVALID", List.of(Fault.at(pointer, "TOO_MANY", most)));
        }
    }
}
