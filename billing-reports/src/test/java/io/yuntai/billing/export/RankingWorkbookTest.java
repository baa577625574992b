package io.yuntai.billing.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.ranking.Boards;
import io.yuntai.billing.ranking.MonthRanking;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

class RankingWorkbookTest {

    /** Keys as texts, so that a test sees which one was asked for. */
    private static final Wording KEYS =
            (key, arguments) ->
                    arguments.length == 0 || key.startsWith("ranking.sheet")
                            ? key
                            : key + List.of(arguments);

    @Test
    void theSameBoardIsTheSameBytes() throws Exception {
        var first = book(Boards.of("A", "B", "C"));
        Thread.sleep(2100); // the library writes the second of writing, a ZIP entry every other one
        assertThat(book(Boards.of("A", "B", "C"))).isEqualTo(first);
    }

    @Test
    void namesNeverBecomeFormulas() throws Exception {
        var board = Boards.of("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0");
        var book = book(board);
        for (var row : rows(book, 1).subList(1, 5)) {
            assertThat(row.getCell(2).getType()).isEqualTo(CellType.STRING);
            assertThat(row.getCell(2).getFormula()).isNull();
        }
        assertThat(rows(book, 2).get(1).getCell(0).getType()).isEqualTo(CellType.STRING);
        assertThat(xml(book)).doesNotContain("<f>", "<f ");
    }

    @Test
    void rankedUnitsStandWithTheirFigures() throws Exception {
        var rows = rows(book(Boards.of("A", "B", "C")), 1);
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst().getCellText(0)).isEqualTo("ranking.column.rank");
        var first = rows.get(1);
        assertThat(first.getCellAsNumber(0).orElseThrow()).isEqualByComparingTo("1");
        assertThat(first.getCellText(1)).isEqualTo("ranking.tied");
        assertThat(first.getCellText(3)).isEqualTo("第A局");
        assertThat(first.getCellAsNumber(4).orElseThrow()).isEqualByComparingTo("86.67");
        assertThat(first.getCellText(7)).isEqualTo("ranking.band.LOW");
    }

    /** Left of the next column's edge, or a grade stands at the last digit of the score. */
    @Test
    void aTextDoesNotTouchTheFigureBesideIt() throws Exception {
        assertThat(xml(book(Boards.of("A", "B", "C"))))
                .contains("horizontal=\"right\"", "indent=\"1\"");
    }

    @Test
    void whoIsNotRankedStandsWithTheReason() throws Exception {
        var rows = rows(book(Boards.of("A", "B", "C")), 2);
        assertThat(rows.getLast().getCellText(0)).isEqualTo("C");
        assertThat(rows.getLast().getCellText(2)).isEqualTo("ranking.reason.FEWER_THAN_3_HOSTS[3]");
    }

    @Test
    void theFirstSheetNamesThePolicyAndWhatItRestsOn() throws Exception {
        MonthRanking board = Boards.of("A", "B", "C");
        assertThat(rows(book(board), 0))
                .extracting(row -> row.getCellCount() > 1 ? row.getCellText(1) : "")
                .contains(board.policy().id(), board.policy().basis(), "2026-11-02 09:00");
    }

    @Test
    void theFirstSheetSaysTheRulesWithTheFiguresOfThePolicy() throws Exception {
        assertThat(rows(book(Boards.of("A", "B", "C")), 0))
                .extracting(row -> row.getCellCount() > 1 ? row.getCellText(1) : "")
                .containsSubsequence(
                        "ranking.rule.hosts",
                        "ranking.rule.ratio",
                        "ranking.rule.evidence[9, 80, 14]",
                        "ranking.rule.exempt",
                        "ranking.rule.bands[30, 50, 40, 70]",
                        "ranking.rule.score[0.4, 0.3, 0.1, 0.2]",
                        "ranking.rule.idle[5, 10, 30, 20]",
                        "ranking.rule.grades[80, 60, 40]",
                        "ranking.rule.ties");
    }

    @Test
    void theBasisIsPrintedOnOnePage() throws Exception {
        assertThat(xml(book(Boards.of("A", "B", "C"))))
                .containsPattern("fitToHeight=\"1\"(?s:.)*fitToHeight=\"0\"");
    }

    @Test
    void itSaysWhichVersionItIsOfOrThatItIsOfNone() throws Exception {
        var board = Boards.of("A", "B", "C");
        assertThat(rows(book(board), 0))
                .extracting(row -> row.getCellCount() > 1 ? row.getCellText(1) : "")
                .contains("ranking.version.text[2]");
        var preliminary = RankingWorkbook.of(board, Optional.empty(), KEYS);
        assertThat(rows(preliminary, 0))
                .extracting(row -> row.getCellCount() > 1 ? row.getCellText(1) : "")
                .contains("ranking.version.none");
        assertThat(xml(preliminary))
                .containsPattern(
                        "&amp;L[^<]*ranking.foot\\[ranking.title\\[2026-10], ranking.version.none]&amp;R");
    }

    private static byte[] book(MonthRanking board) {
        return RankingWorkbook.of(board, Optional.of(2), KEYS);
    }

    private static List<Row> rows(byte[] workbook, int sheet) throws IOException {
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            return book.getSheet(sheet).orElseThrow().read();
        }
    }

    private static String xml(byte[] workbook) throws IOException {
        var all = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            while (zip.getNextEntry() != null) {
                all.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
