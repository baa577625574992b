package io.yuntai.api;

import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.onboarding.register.RegisterFault;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing wrong with an imported file, as the person sees it there.
 *
 * @param table the code of the table, or what the file calls it
 * @param row as the spreadsheet counts, the header being 1; empty: the table as a whole
 * @param column what the header calls it; empty: the row as a whole
 * @param value what stands there, cut after 100 characters
 */
record ImportFaultView(
        String table,
        OptionalInt row,
        Optional<String> column,
        String code,
        String detail,
        Optional<String> value) {

    static ImportFaultView of(RegisterFault fault, Locale locale) {
        return new ImportFaultView(
                fault.table(),
                fault.row(),
                RegisterFiles.columnName(fault, locale),
                fault.code(),
                RegisterFiles.text(fault, locale),
                Texts.filled(fault.value()));
    }
}
