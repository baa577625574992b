package io.yuntai.onboarding.register;

import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.register.RegisterTable.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** One row being read. Every fault found in it is reported; a faulty cell reads as empty. */
final class SheetRow {

    private final RegisterTable table;
    private final int number;
    private final Map<String, String> raw;
    private final Map<String, String> sound = new HashMap<>();
    private final Faults faults;
    private boolean faulty;

    /** Reads the cells, each by what holds for any text of its column. */
    SheetRow(RegisterTable table, int number, Map<String, String> raw, Faults faults) {
        this.table = table;
        this.number = number;
        this.raw = raw;
        this.faults = faults;
        for (Column column : table.columns()) {
            check(column);
        }
    }

    private void check(Column column) {
        String text = raw(column.code());
        var forbidden = PlainText.firstForbidden(text);
        if (text.isEmpty()) {
            if (column.required()) {
                boolean owner = table == RegisterTable.SYSTEMS && column.code().equals("unit");
                fault(column.code(), owner ? "WITHOUT_OWNER" : "MISSING");
            }
        } else if (forbidden.isPresent()) {
            fault(column.code(), "CONTROL_CHARACTER", "U+%04X".formatted(forbidden.getAsInt()));
        } else if (text.startsWith("=") || text.startsWith("@")) {
            // A spreadsheet would compute it, here or when it is exported again.
            fault(column.code(), "FORMULA");
        } else if (PlainText.length(text) > column.maxLength()) {
            fault(column.code(), "TOO_LONG", column.maxLength(), PlainText.length(text));
        } else {
            sound.put(column.code(), text);
        }
    }

    int number() {
        return number;
    }

    /** Whether nothing was found wrong with this row so far. */
    boolean isSound() {
        return !faulty;
    }

    /** What stands in the file, spaces round it left aside, right or wrong. */
    String raw(String column) {
        return raw.getOrDefault(column, "");
    }

    /** What stands in the cell; empty when nothing does, or nothing that may. */
    String text(String column) {
        return sound.getOrDefault(column, "");
    }

    /** The cell's value; a fault of this code when its text makes none. */
    <T> Optional<T> value(String column, String code, Function<String, T> parse) {
        String text = text(column);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            fault(column, code);
            return Optional.empty();
        }
    }

    void fault(String column, String code, Object... arguments) {
        faulty = true;
        faults.add(
                new RegisterFault(
                        table.code(),
                        OptionalInt.of(number),
                        Optional.of(column),
                        code,
                        List.of(arguments),
                        visible(raw(column))));
    }

    /** A fault that no single cell has. */
    void fault(String code) {
        faulty = true;
        faults.add(
                new RegisterFault(
                        table.code(),
                        OptionalInt.of(number),
                        Optional.empty(),
                        code,
                        List.of(),
                        ""));
    }

    private static String visible(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    if (PlainText.firstForbidden(Character.toString(c)).isPresent()) {
                        shown.append('\uFFFD');
                    } else {
                        shown.appendCodePoint(c);
                    }
                });
        return shown.toString();
    }
}
