package io.yuntai.api.spreadsheet;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSample;
import io.yuntai.onboarding.register.RegisterFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVRecord;

/** Reads CSV files of measured use, record by record: they are the longest that there are. */
public final class UsageFiles {

    /** The code of their table. */
    public static final String TABLE = "usage";

    /** The largest amount that is believed to be one: 2^50, a pebibyte. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 50);

    private static final BigDecimal MOST_CORES = BigDecimal.valueOf(10_000);
    private static final int LONGEST_NUMBER = 30;
    private static final int SHOWN = 1000;
    private static final List<String> COLUMNS =
            List.of("cluster", "namespace", "host", "time", "cpu", "memory", "disk");

    /** As spreadsheets write a moment, in the zone in which reports count. */
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern(
                    "[uuuu-M-d'T'H:mm[:ss]][uuuu-M-d H:mm[:ss]][uuuu/M/d H:mm[:ss]]", Locale.ROOT);

    private UsageFiles() {}

    /** What came of reading one. */
    public sealed interface Content {

        /** What it says, in its own order. */
        record Samples(List<UsageSample> samples) implements Content {}

        /**
         * It cannot be read.
         *
         * @param faults the first thousand
         * @param count how many there are
         */
        record Faulty(List<RegisterFault> faults, int count) implements Content {}
    }

    /** Ends the reading of one row. */
    private static final class BadCellException extends Exception {

        private final transient RegisterFault fault;

        BadCellException(RegisterFault fault) {
            super(fault.code(), null, false, false);
            this.fault = fault;
        }
    }

    /** Reads a file, whatever the language of its header. */
    public static Content read(byte[] bytes) {
        if (bytes.length > RegisterFiles.MAX_BYTES) {
            return faulty(RegisterFiles.tooLarge().fault());
        }
        try (var parser = CsvReader.open(TABLE, bytes)) {
            var records = parser.iterator();
            var header = records.hasNext() ? header(records.next()) : Map.<String, Integer>of();
            var faults = new ArrayList<RegisterFault>();
            for (String column : COLUMNS.subList(0, 5)) {
                if (!header.containsKey(column)) {
                    faults.add(fault(OptionalInt.empty(), column, "MISSING_COLUMN", ""));
                }
            }
            if (!faults.isEmpty()) {
                return new Content.Faulty(faults, faults.size());
            }
            var rows = new Rows(header);
            while (records.hasNext()) {
                rows.take(records.next());
            }
            return rows.content();
        } catch (UnreadableException e) {
            return faulty(e.fault());
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return faulty(RegisterFault.of(TABLE, "BAD_CSV"));
        }
    }

    private static Content faulty(RegisterFault fault) {
        return new Content.Faulty(List.of(fault), 1);
    }

    private static Map<String, Integer> header(CSVRecord record) throws UnreadableException {
        var header = new HashMap<String, Integer>();
        for (int i = 0; i < record.size(); i++) {
            String column = Vocabulary.columnCode(TABLE, record.get(i));
            if (COLUMNS.contains(column) && header.put(column, i) != null) {
                throw new UnreadableException(TABLE, "DUPLICATE_COLUMN");
            }
        }
        return header;
    }

    /** The header of a file to fill in, in a language, with one line as an example. */
    public static PlainSheet template(Locale locale) {
        var words = Vocabulary.in(locale);
        return new PlainSheet(
                words.table(TABLE),
                COLUMNS.stream().map(column -> words.column(TABLE, column)).toList(),
                List.of());
    }

    private static RegisterFault fault(
            OptionalInt row, String column, String code, String value, Object... arguments) {
        return new RegisterFault(TABLE, row, Optional.of(column), code, List.of(arguments), value);
    }

    /** The rows so far. */
    private static final class Rows {

        private final Map<String, Integer> header;
        private final List<UsageSample> samples = new ArrayList<>();
        private final List<RegisterFault> faults = new ArrayList<>();
        private int count;

        /** Names come again in every row of a host: one object each. */
        private final Map<Place, Place> places = new HashMap<>();

        private final Map<String, String> names = new HashMap<>();

        Rows(Map<String, Integer> header) {
            this.header = header;
        }

        void take(CSVRecord record) {
            if (record.stream().allMatch(String::isBlank)) {
                return;
            }
            try {
                samples.add(sample(record));
            } catch (BadCellException e) {
                count++;
                if (faults.size() < SHOWN) {
                    faults.add(e.fault);
                }
            }
        }

        Content content() {
            if (count > 0) {
                return new Content.Faulty(faults, count);
            }
            return samples.isEmpty()
                    ? faulty(RegisterFault.of(TABLE, "NOTHING_TO_IMPORT"))
                    : new Content.Samples(samples);
        }

        private UsageSample sample(CSVRecord record) throws BadCellException {
            var place = new Place(name(record, "cluster"), name(record, "namespace"));
            return new UsageSample(
                    row(record),
                    places.computeIfAbsent(place, one -> one),
                    names.computeIfAbsent(name(record, "host"), one -> one),
                    time(record),
                    cores(record),
                    bytes(record, "memory"),
                    bytes(record, "disk"));
        }

        private static int row(CSVRecord record) {
            return Math.toIntExact(record.getRecordNumber());
        }

        private String cell(CSVRecord record, String column) {
            var at = header.get(column);
            return at == null || at >= record.size() ? "" : record.get(at).strip();
        }

        private BadCellException bad(
                CSVRecord record, String column, String code, Object... arguments) {
            return new BadCellException(
                    fault(
                            OptionalInt.of(row(record)),
                            column,
                            code,
                            cell(record, column),
                            arguments));
        }

        private String name(CSVRecord record, String column) throws BadCellException {
            String name = cell(record, column);
            if (name.isEmpty()) {
                throw bad(record, column, "MISSING");
            }
            if (name.length() > 253) {
                throw bad(record, column, "TOO_LONG", 253, name.length());
            }
            return name;
        }

        private Instant time(CSVRecord record) throws BadCellException {
            String text = cell(record, "time");
            if (text.isEmpty()) {
                throw bad(record, "time", "MISSING");
            }
            var time = moment(text).orElseThrow(() -> bad(record, "time", "NOT_A_TIME"));
            if (time.getEpochSecond() % UsageHour.SAMPLE_SECONDS != 0 || time.getNano() != 0) {
                throw bad(record, "time", "NOT_FIVE_MINUTES");
            }
            return time;
        }

        private static Optional<Instant> moment(String text) {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                return local(text);
            }
        }

        private static Optional<Instant> local(String text) {
            try {
                return Optional.of(
                        LocalDateTime.parse(text, LOCAL).atZone(Period.ZONE).toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private int cores(CSVRecord record) throws BadCellException {
            if (cell(record, "cpu").isEmpty()) {
                throw bad(record, "cpu", "MISSING");
            }
            return number(record, "cpu", MOST_CORES)
                    .movePointRight(3)
                    .setScale(0, RoundingMode.HALF_UP)
                    .intValueExact();
        }

        private OptionalLong bytes(CSVRecord record, String column) throws BadCellException {
            return cell(record, column).isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(
                            number(record, column, MOST)
                                    .setScale(0, RoundingMode.HALF_UP)
                                    .longValueExact());
        }

        private BigDecimal number(CSVRecord record, String column, BigDecimal most)
                throws BadCellException {
            String text = cell(record, column);
            // Longer ones are not read: the powers of ten of an exponent cost time.
            if (text.length() > LONGEST_NUMBER
                    || !text.matches("-?\\d+(\\.\\d+)?([eE]\\+?\\d\\d?)?")) {
                throw bad(record, column, "NOT_A_NUMBER");
            }
            var number = new BigDecimal(text);
            if (number.signum() < 0) {
                throw bad(record, column, "NEGATIVE");
            }
            if (number.compareTo(most) > 0) {
                throw bad(record, column, "OVER_LIMIT", most);
            }
            return number;
        }
    }
}
