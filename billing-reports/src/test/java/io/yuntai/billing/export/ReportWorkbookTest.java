package io.yuntai.billing.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

class ReportWorkbookTest {

    /** Sheets by their part's name, the other texts by key and arguments. */
    private static final Wording KEYS =
            (key, arguments) ->
                    key.startsWith("report.sheet.")
                            ? key.substring("report.sheet.".length())
                            : arguments.length == 0 ? key : key + List.of(arguments);

    private static final byte[] BOOK = ReportWorkbook.of(FrozenTown.report(), KEYS);

    @Test
    void theSameReportIsTheSameBytesWheneverItIsWritten() throws Exception {
        Thread.sleep(2100); // the library writes the second of writing, a ZIP entry every other one
        assertThat(ReportWorkbook.of(FrozenTown.report(), KEYS)).isEqualTo(BOOK);
    }

    @Test
    void namesNeverBecomeFormulasOnAnySheet() throws Exception {
        var xml = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(BOOK))) {
            while (zip.getNextEntry() != null) {
                xml.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(xml).doesNotContain("<f>", "<f ", "<hyperlink");
        var cells =
                rows("score").stream()
                        .filter(row -> row.getCellCount() > 3)
                        .map(row -> row.getCell(3))
                        .filter(cell -> cell != null && cell.getText().startsWith("="))
                        .toList();
        assertThat(cells)
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.getType()).isEqualTo(CellType.STRING);
                    assertThat(cell.getText()).isEqualTo(FrozenTown.EVIL);
                });
    }

    @Test
    void everyPartIsASheet() throws Exception {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(BOOK))) {
            assertThat(book.getSheets().map(sheet -> sheet.getName()))
                    .containsExactly(
                            "cover",
                            "basis",
                            "score",
                            "cpu",
                            "memory",
                            "lowest",
                            "scopes",
                            "systems",
                            "systems.CPU.HIGH",
                            "systems.CPU.LOW",
                            "systems.MEMORY.HIGH",
                            "systems.MEMORY.LOW",
                            "cities",
                            "lastMonth",
                            "lastYear",
                            "notRanked",
                            "excluded",
                            "balances",
                            "pools",
                            "deliveries",
                            "forecasts");
        }
    }

    @Test
    void figuresAreNumbersAndWhatIsRareIsKept() throws Exception {
        var first = rows("score").get(3);
        assertThat(first.getCellAsNumber(0).orElseThrow()).isEqualByComparingTo("1");
        assertThat(first.getCellAsNumber(4)).isPresent();
        assertThat(first.getCellText(16)).startsWith("█");
        assertThat(rows("scopes"))
                .anyMatch(row ->
                        row.getCellCount() > 3 && row.getCellText(3).equals(FrozenTown.RARE));
    }

    @Test
    void aDifferenceStandsToTheLastByte() throws Exception {
        var texts = new ArrayList<String>();
        rows("pools")
                .forEach(row ->
                        row.stream()
                                .forEach(cell -> texts.add(cell == null ? "" : cell.getText())));
        assertThat(texts)
                .contains("report.difference.bytes[+1073741824]", "report.difference.none");
    }

    private static List<Row> rows(String sheet) throws IOException {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(BOOK))) {
            return book.findSheet(sheet).orElseThrow().read();
        }
    }
}
