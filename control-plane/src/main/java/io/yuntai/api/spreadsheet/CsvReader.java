package io.yuntai.api.spreadsheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yuntai.onboarding.register.Table;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a zip of CSV files, in UTF-8 or, as older Chinese spreadsheets write it, GB18030. */
final class CsvReader {

    private static final Charset GB18030 = Charset.forName("GB18030");

    private CsvReader() {}

    static List<Table> read(byte[] bytes) throws UnreadableException {
        var budget = new RowBudget();
        var tables = new ArrayList<Table>();
        for (var file : Archive.unpack(bytes).entrySet()) {
            String path = file.getKey();
            String name = path.substring(path.lastIndexOf('/') + 1);
            // Notes beside the tables, and what macOS adds to every zip.
            if (path.startsWith("__MACOSX/") || name.startsWith(".") || name.endsWith(".txt")) {
                continue;
            }
            if (name.endsWith(".csv")) {
                String code = Vocabulary.tableCode(name.substring(0, name.length() - 4));
                tables.add(table(code, name, decode(name, file.getValue()), budget));
            } else {
                tables.add(new Table(name, List.of(), List.of()));
            }
        }
        return tables;
    }

    /** Reads one CSV file as the table of this code. */
    static Table read(String code, byte[] bytes) throws UnreadableException {
        return table(code, code, decode(code, bytes), new RowBudget());
    }

    private static Table table(String code, String name, String text, RowBudget budget)
            throws UnreadableException {
        List<String> header = List.of();
        var rows = new ArrayList<Table.Row>();
        try (var parser = parser(text)) {
            for (CSVRecord record : parser) {
                var cells = RowBudget.cells(record.size(), record::get);
                if (record.getRecordNumber() == 1) {
                    header = cells;
                } else if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    budget.take(name);
                    rows.add(new Table.Row(Math.toIntExact(record.getRecordNumber()), cells));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new UnreadableException(name, "BAD_CSV");
        }
        return RowBudget.coded(code, header, rows);
    }

    /**
     * Reads the records of one CSV file one after the other, the header being the first.
     *
     * @param name what the fault of a file that cannot be read names
     */
    static CSVParser open(String name, byte[] bytes) throws UnreadableException {
        try {
            return parser(decode(name, bytes));
        } catch (IOException e) {
            throw new UnreadableException(name, "BAD_CSV");
        }
    }

    private static CSVParser parser(String text) throws IOException {
        var format =
                CSVFormat.RFC4180
                        .builder()
                        .setIgnoreEmptyLines(false) // they count as rows in a spreadsheet
                        .setDelimiter(delimiter(text))
                        .get();
        return CSVParser.parse(new StringReader(text), format);
    }

    /** Comma, unless the header has none: then the semicolon or tab that spreadsheets also use. */
    private static char delimiter(String text) {
        String header = text.lines().findFirst().orElse("");
        if (header.indexOf(',') < 0) {
            if (header.indexOf(';') >= 0) {
                return ';';
            }
            if (header.indexOf('\t') >= 0) {
                return '\t';
            }
        }
        return ',';
    }

    private static String decode(String name, byte[] bytes) throws UnreadableException {
        return decode(UTF_8, bytes)
                .or(() -> decode(GB18030, bytes))
                .orElseThrow(() -> new UnreadableException(name, "BAD_ENCODING"));
    }

    private static Optional<String> decode(Charset charset, byte[] bytes) {
        try {
            String text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            // UTF-16 can decode as either, but leaves zeros behind.
            return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text)
                    .filter(decoded -> decoded.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
