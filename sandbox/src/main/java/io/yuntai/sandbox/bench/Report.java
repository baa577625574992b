package io.yuntai.sandbox.bench;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Measurements as text: a table, lines of JSON, or the table of a document. */
final class Report {

    private static final List<String> HEADERS =
            List.of("bench", "metric", "value", "unit", "baseline", "ratio", "target", "holds");

    private final List<Measurement> measurements;

    Report(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
    }

    /** One JSON object a line. */
    String json() {
        var mapper = JsonMapper.shared();
        return String.join(
                "\n",
                measurements.stream().map(m -> mapper.writeValueAsString(m.fields())).toList());
    }

    /** Columns as wide as their widest text. */
    String table() {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADERS);
        measurements.forEach(m -> rows.add(cells(m)));
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var column = 0; column < HEADERS.size(); column++) {
                var at = column;
                var width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
                line.append(row.get(column)).repeat(" ", width - row.get(column).length() + 2);
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }

    /** A Markdown table. */
    String markdown() {
        var table =
                new StringBuilder(
                        """
                        | bench | metric | value | unit | baseline | ratio | target | holds |
                        |---|---|---:|---|---:|---:|---|---|
                        """);
        measurements.forEach(m ->
                table.append("| ")
                        .append(String.join(" | ", cells(m)).replace("<=", "≤").replace(">=", "≥"))
                        .append(" |\n"));
        return table.toString();
    }

    private static List<String> cells(Measurement m) {
        return List.of(
                m.bench(),
                m.metric(),
                Figures.plain(m.value()),
                m.unit(),
                Figures.plain(m.baseline()),
                Double.isFinite(m.ratio()) ? Figures.plain(m.ratio()) : "-",
                m.target().text(m.unit()),
                m.holds() ? "yes" : "NO");
    }
}
