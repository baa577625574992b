package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Bars;
import io.yuntai.billing.export.Block.Facts;
import io.yuntai.billing.export.Block.Prose;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.report.FrozenReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;

/**
 * A frozen report as a spreadsheet (XLSX), a sheet for each part. The same report in the same
 * language is the same bytes.
 */
public final class ReportWorkbook {

    private static final int FACT_WIDTH = 28;
    private static final int TEXT_WIDTH = 110;
    private static final int BAR_CELLS = 20;
    private static final String CELL = "█";

    private final FrozenReport frozen;
    private final ReportWords words;

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
        return Workbooks.reproducible(bytes.toByteArray(), frozen.report().frozenAt());
    }

    private void write(Workbook book, Section section) {
        try (var sheet = new Sheet(book.newWorksheet(section.name()))) {
            var _ = sheet.widths(widths(section));
            sheet.title(section.title());
            for (var block : section.blocks()) {
                switch (block) {
                    case Facts facts ->
                            facts.facts().forEach(fact -> sheet.fact(fact.name(), fact.value()));
                    case Prose prose -> prose.paragraphs().forEach(sheet::prose);
                    case Bars _ -> {
                        // Drawn in the last column of the table that follows.
                    }
                    case Table table -> table(sheet, table, bars(section));
                }
            }
        }
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
        if (!bars(section).isEmpty()) {
            widths.add(BAR_CELLS + 6);
        }
        return widths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<String> bars(Section section) {
        return section.blocks().stream()
                .filter(Bars.class::isInstance)
                .map(Bars.class::cast)
                .flatMap(chart -> chart.bars().stream().map(bar -> drawn(chart, bar)))
                .toList();
    }

    private static String drawn(Bars chart, Block.Bar bar) {
        int cells =
                bar.value()
                        .multiply(BigDecimal.valueOf(BAR_CELLS))
                        .divide(chart.end(), 0, RoundingMode.HALF_UP)
                        .min(BigDecimal.valueOf(BAR_CELLS))
                        .intValue();
        return CELL.repeat(cells);
    }

    private void table(Sheet sheet, Table table, List<String> bars) {
        table.title().ifPresent(sheet::subtitle);
        if (table.rows().isEmpty()) {
            sheet.prose(table.ifEmpty());
            return;
        }
        var heads = new ArrayList<>(table.columns().stream().map(Block.Column::head).toList());
        if (!bars.isEmpty()) {
            heads.add(words.text("column.bar"));
        }
        sheet.head(heads);
        for (int i = 0; i < table.rows().size(); i++) {
            var cells = new ArrayList<>(table.rows().get(i));
            if (i < bars.size()) {
                cells.add(bars.get(i));
            }
            sheet.row(cells.toArray());
        }
    }
}
