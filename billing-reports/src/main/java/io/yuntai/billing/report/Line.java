package io.yuntai.billing.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of a report: its kind, then {@code name=value} each after a tab. Backslash, tab, line
 * feed and carriage return in a value are written as {@code \\ \t \n \r}; what is missing is an
 * empty value.
 */
final class Line {

    private static final Map<String, List<String>> ABOUT =
            Map.ofEntries(
                    Map.entry("hours", List.of("host")),
                    Map.entry("host", List.of("host", "unit", "system", "pool")),
                    Map.entry("region", List.of("code")),
                    Map.entry("p95", List.of("scope", "unit")),
                    Map.entry("earlier", List.of("month")),
                    Map.entry("balance", List.of("pool", "measure")),
                    Map.entry("pool", List.of("pool", "resource")),
                    Map.entry("delivered", List.of("from")),
                    Map.entry("taken", List.of("pool", "resource")),
                    Map.entry("forecast", List.of("pool", "resource")),
                    Map.entry("total", List.of("scope")),
                    Map.entry("unit", List.of("scope", "unit")),
                    Map.entry("system", List.of("scope", "system")),
                    Map.entry("city", List.of("scope", "city")));

    private final String kind;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private Line(String kind) {
        this.kind = kind;
    }

    static Line of(String kind) {
        return new Line(kind);
    }

    /**
     * Reads a line without its mark.
     *
     * @throws IllegalArgumentException it is none
     */
    static Line parse(String text) {
        var parts = text.split("\t", -1);
        var line = new Line(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a field: " + parts[i]);
            }
            line.fields.put(
                    parts[i].substring(0, equals), unescape(parts[i].substring(equals + 1)));
        }
        return line;
    }

    Line with(String name, Object value) {
        fields.put(
                name,
                switch (value) {
                    case BigDecimal decimal -> decimal.toPlainString();
                    case Optional<?> maybe ->
                            maybe.map(x ->
                                            x instanceof BigDecimal d
                                                    ? d.toPlainString()
                                                    : x.toString())
                                    .orElse("");
                    default -> value.toString();
                });
        return this;
    }

    String kind() {
        return kind;
    }

    /**
     * A field's value.
     *
     * @throws IllegalArgumentException there is none
     */
    String get(String name) {
        return Optional.ofNullable(fields.get(name))
                .orElseThrow(() -> new IllegalArgumentException(kind + " has no " + name));
    }

    Optional<String> filled(String name) {
        return Optional.of(get(name)).filter(value -> !value.isEmpty());
    }

    BigDecimal decimal(String name) {
        return new BigDecimal(get(name));
    }

    int number(String name) {
        return Integer.parseInt(get(name));
    }

    /** What it is about, in a report: the kind, and what tells it from others of its kind. */
    String place() {
        return Stream.concat(
                        Stream.of(kind),
                        ABOUT.getOrDefault(kind, List.of()).stream()
                                .flatMap(name -> maybe(name).stream()))
                .collect(Collectors.joining(" "));
    }

    /** The fields whose values differ, or that only one of the two has. */
    List<String> differing(Line other) {
        var names = new ArrayList<String>();
        for (var field : fields.entrySet()) {
            if (!field.getValue().equals(other.fields.get(field.getKey()))) {
                names.add(field.getKey());
            }
        }
        other.fields.keySet().stream()
                .filter(name -> !fields.containsKey(name))
                .forEach(names::add);
        return names;
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    String text() {
        var text = new StringBuilder(kind);
        fields.forEach(
                (name, value) -> text.append('\t').append(name).append('=').append(escape(value)));
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String value) {
        var text = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (escaped) {
                text.append(
                        switch (c) {
                            case '\\' -> '\\';
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> throw new IllegalArgumentException("not a value: " + value);
                        });
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                text.append(c);
            }
        }
        if (escaped) {
            throw new IllegalArgumentException("not a value: " + value);
        }
        return text.toString();
    }
}
