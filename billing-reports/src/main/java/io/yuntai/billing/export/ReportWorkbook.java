package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Bars;
import io.yuntai.billing.export.Block.Facts;
import io.yuntai.billing.export.Block.Prose;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.report.FrozenReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;

/**
 * A frozen report as a spreadsheet (XLSX), a sheet for each part. The same report in the same
 * language is the same bytes.
 */
public final class ReportWorkbook {

    private static final int FACT_WIDTH = 28;
    private static final int TEXT_WIDTH = 110;

    private final FrozenReport frozen;
    private final ReportWords words;
    private final List<SheetChart> charts = new ArrayList<>();
    private int sheets;

    private ReportWorkbook(FrozenReport frozen, Wording wording) {
        this.frozen = frozen;
        this.words = new ReportWords(wording);
    }

    /** Writes the report in the language of the wording. */
    public static byte[] of(FrozenReport report, Wording wording) {
        try {
            return new ReportWorkbook(report, wording).write();
        } catch (IOException e) {
            throw new UncheckedIOException("the workbook could not be written", e);
        }
    }

    private byte[] write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "Yuntai", "1.0")) {
            for (var section : ReportSections.of(frozen, words)) {
                write(book, section);
            }
        }
        return Workbooks.reproducible(bytes.toByteArray(), frozen.report().frozenAt(), charts);
    }

    private void write(Workbook book, Section section) {
        Optional<Bars> bars = Optional.empty();
        try (var sheet = sheet(book, section.name())) {
            var _ = sheet.widths(widths(section));
            sheet.title(section.title());
            for (var block : section.blocks()) {
                switch (block) {
                    case Facts facts ->
                            facts.facts().forEach(fact -> sheet.fact(fact.name(), fact.value()));
                    case Prose prose -> prose.paragraphs().forEach(sheet::prose);
                    case Bars chart -> bars = Optional.of(chart);
                    case Table table -> {
                        int head = table(sheet, table);
                        bars.filter(chart -> !chart.bars().isEmpty())
                                .ifPresent(chart -> draw(book, section, table, chart, head));
                        bars = Optional.empty();
                    }
                }
            }
        }
    }

    private Sheet sheet(Workbook book, String name) {
        sheets++;
        return new Sheet(
                book.newWorksheet(name),
                words.text("foot", ReportSections.title(frozen, words), frozen.report().version()));
    }

    /** A chart has a sheet behind that of its table, whose head so stays in sight. */
    private void draw(Workbook book, Section section, Table table, Bars bars, int head) {
        try (var sheet = sheet(book, words.text("sheet.chartOf", section.name()))) {
            sheet.onOnePage();
            sheet.title(section.title());
            charts.add(
                    new SheetChart(
                            sheets,
                            sheet.row(),
                            bars,
                            section.name(),
                            head + 1,
                            column(table, bars, Block.Bar::label),
                            column(table, bars, Block.Bar::value)));
        }
    }

    /** The column in which the bars' labels or values stand. */
    private static int column(Table table, Bars bars, Function<Block.Bar, Object> of) {
        var wanted = bars.bars().stream().map(of).toList();
        return IntStream.range(0, table.columns().size())
                .filter(column ->
                        IntStream.range(0, wanted.size())
                                .allMatch(row ->
                                        wanted.get(row)
                                                .equals(plain(table.rows().get(row).get(column)))))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column of " + bars.title()));
    }

    private static Object plain(Object cell) {
        return cell instanceof Optional<?> maybe && maybe.isPresent() ? maybe.get() : cell;
    }

    private static int[] widths(Section section) {
        var tables =
                section.blocks().stream()
                        .filter(Table.class::isInstance)
                        .map(Table.class::cast)
                        .toList();
        if (tables.isEmpty()) {
            return new int[] {FACT_WIDTH, TEXT_WIDTH};
        }
        var widths = new ArrayList<Integer>();
        tables.getFirst().columns().forEach(column -> widths.add(column.width() + 2));
        return widths.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Writes a table, and returns the row of its head. */
    private static int table(Sheet sheet, Table table) {
        table.title().ifPresent(sheet::subtitle);
        int head = sheet.row();
        if (table.rows().isEmpty()) {
            sheet.prose(table.ifEmpty());
            return head;
        }
        sheet.head(table.columns());
        table.rows().forEach(row -> sheet.row(table.columns(), row));
        return head;
    }
}
