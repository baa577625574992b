package io.yuntai.onboarding.register;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing wrong with a file.
 *
 * @param table the code of the table, or what the file calls it
 * @param row as the spreadsheet counts, the header being 1; empty: the table as a whole
 * @param column the code of the column, or what the header calls it; empty: the row as a whole
 * @param code stable, in capitals: {@code USCC_CHECK_DIGIT}
 * @param arguments what the text for people needs, in its order
 * @param value what stands there, cut after 100 characters
 */
public record RegisterFault(
        String table,
        OptionalInt row,
        Optional<String> column,
        String code,
        List<Object> arguments,
        String value) {

    private static final int SHOWN = 100;

    public RegisterFault {
        arguments = List.copyOf(arguments);
        if (value.codePointCount(0, value.length()) > SHOWN) {
            value = value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
        }
    }

    /** A fault of a whole table, or of the file itself. */
    public static RegisterFault of(String table, String code, Object... arguments) {
        return new RegisterFault(
                table, OptionalInt.empty(), Optional.empty(), code, List.of(arguments), "");
    }
}
