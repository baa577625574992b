package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.RegisterTable;
import io.yuntai.onboarding.register.RegisterTable.Column;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * What tables, columns and some values are called by people. Read in any language that there is a
 * message file for, and as codes; written in one.
 */
final class Vocabulary {

    private static final String BUNDLE = "messages.register";
    private static final List<Locale> LANGUAGES = List.of(Locale.CHINESE, Locale.ENGLISH);
    private static final Pattern UNIT = Pattern.compile("[(（][^)）]*[)）]");
    private static final Pattern FILLER = Pattern.compile("[\\s_*·-]+");

    private static final Map<String, String> CODES = codes();

    private final ResourceBundle messages;

    private Vocabulary(Locale locale) {
        this.messages =
                ResourceBundle.getBundle(
                        BUNDLE,
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Vocabulary in(Locale locale) {
        return new Vocabulary(locale);
    }

    private static Map<String, String> codes() {
        var codes = new HashMap<String, String>();
        for (Locale locale : LANGUAGES) {
            var words = new Vocabulary(locale);
            codes.put("table " + simple(words.instructions()), "");
            for (String key : words.messages.keySet()) {
                String text = simple(words.messages.getString(key));
                String[] parts = key.split("\\.", 4);
                switch (parts[1]) {
                    case "table" -> {
                        codes.put("table " + simple(parts[2]), parts[2]);
                        codes.put("table " + text, parts[2]);
                    }
                    case "column" -> {
                        String column = "column " + parts[2] + " ";
                        codes.put(column + simple(parts[3]), parts[3]);
                        codes.put(column + text, parts[3]);
                    }
                    case "value" -> codes.put("value " + parts[2] + " " + text, parts[3]);
                    default -> {} // How to fill them in, and what is wrong with them.
                }
            }
        }
        return codes;
    }

    /** Without what people leave out: units in brackets, spaces, dashes, case. */
    static String simple(String text) {
        String bare = FILLER.matcher(UNIT.matcher(text).replaceAll("")).replaceAll("");
        return bare.toLowerCase(Locale.ROOT);
    }

    /** The code of a table; empty for the sheet of instructions; else what was given. */
    static String tableCode(String name) {
        return CODES.getOrDefault("table " + simple(name), name);
    }

    /** The code of a column; else what was given. */
    static String columnCode(String table, String header) {
        String text = header.strip();
        return CODES.getOrDefault("column " + table + " " + simple(text), text);
    }

    /** The code of a value that people have a word for; else what was given. */
    static String valueCode(String column, String text) {
        if (column.equals("pool")) {
            String bare = text.strip();
            int dash = Math.max(bare.lastIndexOf('-'), bare.lastIndexOf('－'));
            return dash < 0
                    ? text
                    : valueCode("zone", bare.substring(0, dash))
                            + "-"
                            + valueCode("processor", bare.substring(dash + 1));
        }
        return CODES.getOrDefault("value " + column + " " + simple(text), text);
    }

    String instructions() {
        return messages.getString("register.instructions");
    }

    String table(RegisterTable table) {
        return messages.getString("register.table." + table.code());
    }

    String column(RegisterTable table, Column column) {
        return messages.getString("register.column." + table.code() + "." + column.code());
    }

    /** The header's text for a column's code; the code itself for one that is not ours. */
    String column(String table, String column) {
        String key = "register.column." + table + "." + column;
        return messages.containsKey(key) ? messages.getString(key) : column;
    }

    String table(String table) {
        String key = "register.table." + table;
        return messages.containsKey(key) ? messages.getString(key) : table;
    }

    /** A value's word; the value itself where there is none. */
    String value(String column, String code) {
        if (column.equals("pool") && code.contains("-")) {
            int dash = code.lastIndexOf('-');
            return value("zone", code.substring(0, dash))
                    + "-"
                    + value("processor", code.substring(dash + 1));
        }
        String key = "register.value." + column + "." + code;
        return messages.containsKey(key) ? messages.getString(key) : code;
    }

    /** What to write in a column, for people; the table's own text or the column's general one. */
    String about(String what, RegisterTable table, Column column) {
        String own = "register." + what + "." + table.code() + "." + column.code();
        return messages.containsKey(own)
                ? messages.getString(own)
                : messages.getString("register." + what + "." + column.code());
    }

    String text(String key) {
        return messages.getString(key);
    }

    /** The text of a fault. */
    String fault(RegisterFault fault) {
        String key = "register.fault." + fault.code();
        String counted = key + "." + fault.arguments().size();
        String pattern = messages.getString(messages.containsKey(counted) ? counted : key);
        return new MessageFormat(pattern, messages.getLocale()).format(fault.arguments().toArray());
    }
}
