package io.yuntai.billing.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Comparison;
import io.yuntai.billing.ranking.Rules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportWorkbookTest {

    /** Sheets by their part's name, the other texts by key and arguments. */
    private static final Wording KEYS =
            (key, arguments) ->
                    key.startsWith("report.sheet.")
                            ? (arguments.length == 0 ? "" : arguments[0] + ".")
                                    + key.substring("report.sheet.".length())
                            : arguments.length == 0 ? key : key + List.of(arguments);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final byte[] BOOK = ReportWorkbook.of(FrozenTown.report(), KEYS);

    @Test
    void theSameReportIsTheSameBytesWheneverItIsWritten() throws Exception {
        Thread.sleep(2100); // the library writes the second of writing, a ZIP entry every other one
        assertThat(ReportWorkbook.of(FrozenTown.report(), KEYS)).isEqualTo(BOOK);
    }

    @Test
    void namesNeverBecomeFormulasOnAnySheet() throws Exception {
        assertThat(String.join("", parts().values())).doesNotContain("<f>", "<f ", "<hyperlink");
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
                            "score.chartOf",
                            "cpu",
                            "cpu.chartOf",
                            "memory",
                            "memory.chartOf",
                            "lowest",
                            "scopes",
                            "scopes.cpu",
                            "scopes.memory",
                            "scopes.lowest",
                            "systems",
                            "systems.CPU.HIGH",
                            "systems.CPU.LOW",
                            "systems.MEMORY.HIGH",
                            "systems.MEMORY.LOW",
                            "scopes.systems",
                            "cities",
                            "lastMonth",
                            "scopes.lastMonth",
                            "lastYear",
                            "scopes.lastYear",
                            "notRanked",
                            "scopes.notRanked",
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
        assertThat(rows("scopes"))
                .anyMatch(row ->
                        row.getCellCount() > 3 && row.getCellText(3).equals(FrozenTown.RARE));
    }

    @Test
    void everyZoneFamilyAndPoolHasItsBoardsItsMovementAndWhoIsNotRankedInIt() throws Exception {
        var scopes =
                Stream.of(
                                "zone:extranet",
                                "zone:internet",
                                "family:domestic",
                                "family:ordinary",
                                "extranet-domestic",
                                "extranet-ordinary",
                                "internet-ordinary")
                        .map(new ReportWords(KEYS)::scope)
                        .toList();
        for (var part :
                List.of(
                        "scopes",
                        "scopes.cpu",
                        "scopes.memory",
                        "scopes.lowest",
                        "scopes.systems",
                        "scopes.lastMonth",
                        "scopes.notRanked")) {
            assertThat(rows(part).stream().skip(2).map(row -> row.getCellText(0)).distinct())
                    .as(part)
                    .containsExactlyElementsOf(scopes);
        }
    }

    /** Of last month by another policy, or by other rules; last year is there. */
    @ParameterizedTest
    @CsvSource({"default-0, DELIVERED_WHAT_CAME", "default-1, MEMORY_IN_ENOUGH_HOURS"})
    void whatIsNotComparableSaysSoAndEachBoardOfLastYearIsCompared(String policy, Rules rules)
            throws Exception {
        var report = FrozenTown.besideLastMonth(policy, rules);
        var book = ReportWorkbook.of(report, KEYS);
        for (var sheet : List.of("lastMonth", "scopes.lastMonth")) {
            assertThat(rows(book, sheet))
                    .extracting(row -> row.getCellText(0))
                    .endsWith("report.none.compared.NOT_COMPARABLE")
                    .hasSize(2);
        }
        var year = report.earlier().getLast();
        var expected = new ArrayList<String>();
        for (var board : Board.values()) {
            Comparison.of(
                            report.figures()
                                    .board(board, "all", report.report().frozenAt())
                                    .orElseThrow(),
                            year.report().month(),
                            year.figures().board(board, "all", year.report().frozenAt()))
                    .rows()
                    .forEach(row ->
                            expected.add(
                                    "%s %s %s %s %s %d %d"
                                            .formatted(
                                                    board.name().toLowerCase(Locale.ROOT),
                                                    row.code(),
                                                    plain(row.value()),
                                                    plain(row.earlierValue()),
                                                    plain(row.points()),
                                                    row.rank(),
                                                    row.earlierRank())));
        }
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(
                        rows(book, "lastYear").stream()
                                .skip(2)
                                .map(row ->
                                        "%s %s %s %s %s %s %s"
                                                .formatted(
                                                        row.getCellText(0),
                                                        row.getCellText(1),
                                                        figure(row, 3),
                                                        figure(row, 4),
                                                        figure(row, 5),
                                                        figure(row, 6),
                                                        figure(row, 7))))
                .containsExactlyElementsOf(expected);
    }

    private static String figure(Row row, int column) {
        return plain(row.getCellAsNumber(column).orElseThrow());
    }

    private static String plain(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }

    @Test
    void aScopesBoardIsThatOfItsOwnFigures() throws Exception {
        var figures = FrozenTown.report().figures();
        var board =
                figures.board(
                                Board.CPU,
                                "internet-ordinary",
                                FrozenTown.report().report().frozenAt())
                        .orElseThrow();
        var name = new ReportWords(KEYS).scope("internet-ordinary");
        assertThat(
                        rows("scopes.cpu").stream()
                                .skip(2)
                                .filter(row -> row.getCellText(0).equals(name))
                                .map(row ->
                                        row.getCellText(2)
                                                + " "
                                                + row.getCellAsNumber(1).orElseThrow()
                                                + " "
                                                + row.getCellAsNumber(4).orElseThrow()))
                .containsExactlyElementsOf(
                        board.ranked().stream()
                                .map(place ->
                                        place.row().code()
                                                + " "
                                                + place.rank()
                                                + " "
                                                + place.row().figures().cpu().orElseThrow())
                                .toList());
    }

    @Test
    void boardsHaveChartsOfTheirOwnCells() throws Exception {
        var parts = parts();
        assertThat(parts.keySet())
                .filteredOn(name -> name.startsWith("xl/charts/"))
                .containsExactly(
                        "xl/charts/chart4.xml", "xl/charts/chart6.xml", "xl/charts/chart8.xml");
        var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (var part : parts.entrySet()) {
            assertThat(xml.parse(new ByteArrayInputStream(part.getValue().getBytes(UTF_8))))
                    .as(part.getKey())
                    .isNotNull();
        }
        var chart = parts.get("xl/charts/chart4.xml");
        var rows = rows("score");
        assertThat(chart).contains("<c:f>'score'!$D$4:", "<c:f>'score'!$E$4:");
        assertThat(chart)
                .contains("<c:v>" + rows.get(3).getCellText(3).replace("&", "&amp;") + "</c:v>");
        assertThat(parts.get("xl/worksheets/sheet4.xml"))
                .contains("<drawing ")
                .endsWith("</worksheet>");
        assertThat(parts.get("[Content_Types].xml")).contains("/xl/charts/chart4.xml");
    }

    /**
     * Each of the row's cells: a style that is set later would have taken the earlier one's place.
     */
    @Test
    void allOfALongNameIsShownAndWhatStandsBesideItStandsAtItsMiddle() throws Exception {
        var parts = parts();
        for (var sheet : Map.of("score", 3, "cpu", 5, "scopes", 10).entrySet()) {
            var row =
                    rows(sheet.getKey()).stream()
                            .filter(one -> one.getCellCount() > 3)
                            .filter(one -> one.getCellText(3).equals(FrozenTown.LONG))
                            .findFirst()
                            .orElseThrow();
            assertThat(alignment(parts, sheet.getValue(), "D" + row.getRowNum()))
                    .as(sheet.getKey())
                    .containsPattern("wrapText=\"(true|1)\"");
            for (int column = 0; column < row.getCellCount(); column++) {
                assertThat(
                                alignment(
                                        parts,
                                        sheet.getValue(),
                                        (char) ('A' + column) + "" + row.getRowNum()))
                        .as(sheet.getKey() + " " + column)
                        .contains("vertical=\"center\"");
            }
        }
    }

    @Test
    void allOfAReasonIsShownOnTheCover() throws Exception {
        var parts = parts();
        assertThat(alignment(parts, 1, "B10"))
                .containsPattern("wrapText=\"(true|1)\"")
                .contains("horizontal=\"left\"", "vertical=\"top\"");
    }

    @Test
    void aHeadThatIsTooLongHasItsUnitOnALineOfItsOwn() throws Exception {
        Wording wording =
                (key, arguments) ->
                        key.equals("report.column.cpu") ? "CPU 利用率（%）" : KEYS.text(key, arguments);
        var head = rows(ReportWorkbook.of(FrozenTown.report(), wording), "systems").get(1);
        assertThat(head.getCellText(7)).isEqualTo("CPU 利用率\n（%）");
    }

    @Test
    void aPageThatIsTakenOutSaysWhatItIsOf() throws Exception {
        assertThat(parts().get("xl/worksheets/sheet14.xml"))
                .containsPattern("<oddHeader>&amp;R[^<]*&amp;A</oddHeader>")
                .containsPattern(
                        "<oddFooter>&amp;L[^<]*report.foot\\[report.title\\[2026-10], 2]&amp;R[^<]*&amp;P / &amp;N<");
    }

    @Test
    void aForecastSaysWhatAPoolHasAndNotWhatASumComesTo() throws Exception {
        assertThat(
                        rows("forecasts").stream()
                                .filter(row -> row.getCellCount() > 2)
                                .map(row -> row.getCellText(2)))
                .contains("report.column.capacity.whole")
                .doesNotContain("report.column.capacity");
    }

    @Test
    void whatIsIdleIsSaidInPercentAsEveryShareIs() throws Exception {
        var total =
                FrozenTown.report()
                        .figures()
                        .board(Board.SCORE, "all", FrozenTown.report().report().frozenAt())
                        .orElseThrow()
                        .total();
        var printed =
                rows("basis").stream()
                        .filter(row -> row.getCellCount() > 11)
                        .filter(row -> row.getCellText(0).equals("ranking.pool.all"))
                        .findFirst()
                        .orElseThrow();
        assertThat(printed.getCellAsNumber(11).orElseThrow())
                .isEqualByComparingTo(total.idleShare().orElseThrow().multiply(HUNDRED))
                .isGreaterThan(BigDecimal.ONE);
    }

    /** A name that is longer than its column, and that a value stands beside. */
    @Test
    void noNameOfAFactIsCutOnTheCover() throws Exception {
        Wording wording =
                (key, arguments) ->
                        key.equals("report.key")
                                ? "Fingerprint of the signing key (SM2, SM3)"
                                : KEYS.text(key, arguments);
        var cover =
                parts(ReportWorkbook.of(FrozenTown.report(), wording))
                        .get("xl/worksheets/sheet1.xml");
        assertThat(cover).contains("<row r=\"9\" ht=\"30");
    }

    @Test
    void aChartIsPrintedOnOnePageAndATableWithItsHeadOnEach() throws Exception {
        assertThat(parts().get("xl/worksheets/sheet4.xml"))
                .contains("fitToHeight=\"1\"", "fitToWidth=\"1\"", "orientation=\"landscape\"");
        assertThat(parts().get("xl/worksheets/sheet3.xml"))
                .contains("fitToHeight=\"0\"", "fitToWidth=\"1\"", "orientation=\"landscape\"");
        assertThat(parts().get("xl/workbook.xml")).contains("_xlnm.Print_Titles", "$3:$3");
    }

    @Test
    void whoeverTiesWithTheTwentiethIsInTheChart() throws Exception {
        var book = ReportWorkbook.of(FrozenTown.ofEquals(), KEYS);
        int places =
                (int)
                        rows(book, "score").stream()
                                .skip(2)
                                .filter(row ->
                                        row.getCellAsNumber(0).orElseThrow().intValue() <= 20)
                                .count();
        assertThat(places).isGreaterThan(20);
        assertThat(parts(book).get("xl/charts/chart4.xml"))
                .contains("'score'!$D$4:$D$" + (3 + places) + "<");
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

    private static Map<String, String> parts() throws IOException {
        return parts(BOOK);
    }

    private static Map<String, String> parts(byte[] workbook) throws IOException {
        var parts = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return parts;
    }

    @Test
    void aCityBearsTheNameOfWhenTheReportWasPublishedWhateverTheRegisterCallsItNow()
            throws Exception {
        var named =
                new Wording() {
                    @Override
                    public String text(String key, Object... arguments) {
                        return KEYS.text(key, arguments);
                    }

                    @Override
                    public String region(String code) {
                        return "新" + code;
                    }
                };
        assertThat(ReportWorkbook.of(FrozenTown.report(), named)).isEqualTo(BOOK);
        assertThat(rows("cities"))
                .extracting(row -> row.getCellText(0))
                .containsSubsequence("441200", "江门市");
    }

    /** How a cell is aligned, by its style. */
    private static String alignment(Map<String, String> parts, int sheet, String cell) {
        var part = Objects.requireNonNull(parts.get("xl/worksheets/sheet" + sheet + ".xml"));
        var style = Pattern.compile("<c r=\"" + cell + "\"[^>]* s=\"(\\d+)\"").matcher(part);
        assertThat(style.find()).as(cell).isTrue();
        var styles = Objects.requireNonNull(parts.get("xl/styles.xml"));
        var of = styles.substring(styles.indexOf("<cellXfs"), styles.indexOf("</cellXfs"));
        return of.split("<xf ")[1 + Integer.parseInt(style.group(1))];
    }

    private static List<Row> rows(String sheet) throws IOException {
        return rows(BOOK, sheet);
    }

    private static List<Row> rows(byte[] workbook, String sheet) throws IOException {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            return book.findSheet(sheet).orElseThrow().read();
        }
    }
}
