package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads and writes the register's files. */
public final class RegisterFiles {

    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 20 << 20;

    private RegisterFiles() {}

    /** The tables of a file, whatever the language of its headers. */
    public static FileContent read(Format format, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return tooLarge();
        }
        try {
            return new FileContent.Tables(
                    switch (format) {
                        case XLSX -> XlsxReader.read(bytes);
                        case CSV -> CsvReader.read(bytes);
                    });
        } catch (UnreadableException e) {
            return new FileContent.Unreadable(e.fault());
        }
    }

    /** The answer to a file of more than {@link #MAX_BYTES}. */
    public static FileContent.Unreadable tooLarge() {
        return new FileContent.Unreadable(RegisterFault.of("", "FILE_TOO_LARGE", MAX_BYTES >> 20));
    }

    /**
     * A file with these tables, headers and known values in the words of a language.
     *
     * @param tables named by codes
     */
    public static byte[] write(Format format, List<Table> tables, Locale locale) {
        var words = Vocabulary.in(locale);
        try {
            return switch (format) {
                case XLSX -> XlsxWriter.write(tables, words);
                case CSV -> CsvWriter.write(tables, words);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: cannot fail
        }
    }

    /** The file to fill in: headers without rows, and how to fill them. */
    public static byte[] template(Format format, Locale locale) {
        return write(
                format,
                Arrays.stream(RegisterTable.values()).map(RegisterFiles::empty).toList(),
                locale);
    }

    private static Table empty(RegisterTable table) {
        var columns = table.columns().stream().map(RegisterTable.Column::code).toList();
        return new Table(table.code(), columns, List.of());
    }

    /** The text of a fault for people. */
    public static String text(RegisterFault fault, Locale locale) {
        return Vocabulary.in(locale).fault(fault);
    }

    /** What a fault's table is called in files of this language. */
    public static String tableName(RegisterFault fault, Locale locale) {
        return Vocabulary.in(locale).table(fault.table());
    }

    /** What a fault's column is called in the header of files of this language. */
    public static java.util.Optional<String> columnName(RegisterFault fault, Locale locale) {
        return fault.column().map(column -> Vocabulary.in(locale).column(fault.table(), column));
    }
}
