package io.yuntai.billing.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.ranking.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPdfTest {

    /** Keys as texts, so that a test sees which one was asked for. */
    private static final Wording KEYS =
            (key, arguments) -> arguments.length == 0 ? key : key + List.of(arguments);

    private static final byte[] PDF = ReportPdf.of(FrozenTown.report(), KEYS);

    @Test
    void theSameReportIsTheSameBytesWheneverItIsPrinted() throws Exception {
        Thread.sleep(1100); // the library writes the second of writing
        assertThat(ReportPdf.of(FrozenTown.report(), KEYS)).isEqualTo(PDF);
    }

    @Test
    void itsDateIsThatOfTheFreezeAndItsIdTheDigestOfTheReport() throws Exception {
        var text = new String(PDF, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .contains("/CreationDate(D:20261104120000Z)")
                .contains("/ModDate(D:20261104120000Z)")
                .contains("/ID [<0123456789abcdef0123456789abcdef>");
        try (var document = Loader.loadPDF(PDF)) {
            assertThat(document.getDocumentInformation().getTitle())
                    .isEqualTo("report.title[2026-10]");
        }
    }

    @Test
    void theCoverSaysWhatItIsAndHowItIsChecked() throws Exception {
        var cover = pages().getFirst();
        assertThat(cover)
                .contains(
                        "report.title[2026-10]",
                        "report.version.text[2]",
                        "2026-11-0420:00",
                        "0123456789abcdef".repeat(4),
                        "c".repeat(64),
                        "e".repeat(64),
                        "补采十月三日的样本",
                        "report.correction.people[甲,乙]",
                        "report.verify[2026-10,2]");
    }

    @Test
    void everyPartIsThereInItsOrder() throws Exception {
        assertThat(String.join("\n", pages()))
                .containsSubsequence(
                        "report.title.basis",
                        "江政数〔2026〕1号",
                        "report.rule.hosts",
                        "ranking.rule.exempt",
                        "ranking.rule.idle[5,10,30,20]",
                        "report.title.coverage",
                        "report.title.score",
                        "report.chart.score[20]",
                        "report.title.cpu",
                        "report.title.memory",
                        "report.title.lowest[20]",
                        "report.title.scopes",
                        "report.title.scopes.cpu",
                        "report.title.scopes.memory",
                        "report.title.scopes.lowest[20]",
                        "report.title.systems",
                        "report.title.scopes.systems",
                        "report.title.cities",
                        "report.title.lastMonth[2026-09,1]",
                        "report.title.scopes.lastMonth[2026-09,1]",
                        "report.title.lastYear.none[2025-10]",
                        "report.none.compared.NO_EARLIER",
                        "report.title.scopes.lastYear.none[2025-10]",
                        "report.none.compared.NO_EARLIER",
                        "report.title.notRanked",
                        "ranking.reason.FEWER_THAN_3_HOSTS[3]",
                        "report.title.scopes.notRanked",
                        "report.title.excluded",
                        "report.exclusion.",
                        "防汛期间保留",
                        "2026-12-31",
                        "report.title.balances",
                        "report.text.balances.hosts",
                        "report.title.pools",
                        "report.title.deliveries",
                        "report.title.forecasts");
    }

    /** Of last month by another policy, or by other rules; last year is there. */
    @ParameterizedTest
    @CsvSource({"default-0, DELIVERED_WHAT_CAME", "default-1, MEMORY_IN_ENOUGH_HOURS"})
    void whatIsNotComparableSaysSoAndLastYearIsCompared(String policy, Rules rules)
            throws Exception {
        var text =
                String.join(
                        "\n", pages(ReportPdf.of(FrozenTown.besideLastMonth(policy, rules), KEYS)));
        assertThat(text)
                .containsSubsequence(
                        "report.title.lastMonth[2026-09,1]",
                        "report.none.compared.NOT_COMPARABLE",
                        "report.title.scopes.lastMonth[2026-09,1]",
                        "report.none.compared.NOT_COMPARABLE",
                        "report.title.lastYear[2025-10,1]",
                        "report.sheet.score",
                        "report.sheet.cpu",
                        "report.sheet.memory",
                        "report.title.scopes.lastYear[2025-10,1]",
                        "report.sheet.memory",
                        "report.title.notRanked")
                .doesNotContain("NO_EARLIER");
        assertThat(text.split("NOT_COMPARABLE", -1)).hasSize(3);
    }

    @Test
    void aChartOfMoreThanAPageHasRoomForIsPrintedSmaller() throws Exception {
        var pages = pages(ReportPdf.of(FrozenTown.ofEquals(), KEYS));
        assertThat(pages)
                .filteredOn(page -> page.contains("report.chart.score[20]"))
                .singleElement()
                .satisfies(page -> assertThat(page).contains("第1分局", "第38分局"));
    }

    @Test
    void theWholeOfALongNameStandsInAChart() throws Exception {
        assertThat(FrozenTown.LONG).hasSize(60);
        assertThat(pages(ReportPdf.of(FrozenTown.ofEquals(), KEYS)))
                .filteredOn(page -> page.contains("report.chart.score[20]"))
                .singleElement()
                .asString()
                .contains(FrozenTown.LONG.substring(50));
    }

    @Test
    void aDifferenceIsPrintedToTheLastByte() throws Exception {
        assertThat(String.join("\n", pages())).contains("report.difference.bytes[+1073741824]");
    }

    @Test
    void eachPageSaysWhichOfHowManyItIsAndRepeatsTheHeadOfItsTable() throws Exception {
        var pages = pages();
        assertThat(pages.size()).isGreaterThan(10);
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i)).contains("%d/%d".formatted(i + 1, pages.size()));
        }
        // The table of systems takes several pages.
        assertThat(pages)
                .filteredOn(page -> page.contains("report.column.systemCode"))
                .hasSizeGreaterThan(3);
    }

    @Test
    void aPageOnWhichAPartGoesOnSaysWhichPartItIs() throws Exception {
        var pages = pages();
        // Columns are the same in each of these.
        for (var part : List.of("systems", "systems.CPU.HIGH", "systems.MEMORY.LOW")) {
            assertThat(pages)
                    .as(part)
                    .anyMatch(page -> page.startsWith("report.goesOn[report.title." + part + "]"));
        }
        assertThat(pages.subList(0, 2)).noneMatch(page -> page.contains("report.goesOn"));
        // Of the basis there is nothing on the page of which it has filled the one before.
        assertThat(pages)
                .noneMatch(page -> page.matches("(?s)report\\.goesOn\\[[^]]*]+report\\.title.*"));
    }

    @Test
    void aFigureOfANarrowTableStandsNearWhatItIsOf() throws Exception {
        var right = new float[1];
        try (var document = Loader.loadPDF(PDF)) {
            var reader =
                    new PDFTextStripper() {
                        @Override
                        protected void writeString(String text, List<TextPosition> at) {
                            if (text.equals("report.column.deliveries")) {
                                right[0] = at.getLast().getXDirAdj();
                            }
                        }
                    };
            var _ = reader.getText(document);
        }
        assertThat(right[0]).isBetween(100f, 450f);
    }

    @Test
    void whatIsNotForetoldHasADashInEachColumn() throws Exception {
        assertThat(String.join("\n", pages())).contains("—report.outcome.EXHAUSTED———");
    }

    @Test
    void aCharacterThatTheFontLacksIsNamedAndNoneIsLost() throws Exception {
        assertThat(String.join("\n", pages()))
                .contains("第[U+20BB7]镇人民政府")
                .contains(FrozenTown.EVIL.substring(0, 10));
    }

    @Test
    void theFontIsEmbeddedAndNoOtherIsAskedFor() {
        var text = new String(PDF, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("/FontFile2", "/YUNTAI+NotoSansSC-Regular");
        assertThat(text.toLowerCase(Locale.ROOT))
                .doesNotContain("helvetica", "/javascript", "/uri");
        assertThat(PDF.length).isLessThan(600_000);
    }

    /** The text of each page, without white space: it falls where lines are broken. */
    private static List<String> pages() throws IOException {
        return pages(PDF);
    }

    private static List<String> pages(byte[] pdf) throws IOException {
        var pages = new ArrayList<String>();
        try (var document = Loader.loadPDF(pdf)) {
            var reader = new PDFTextStripper();
            reader.setSortByPosition(true);
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                reader.setStartPage(page);
                reader.setEndPage(page);
                pages.add(reader.getText(document).replaceAll("\\s", ""));
            }
        }
        return pages;
    }
}
