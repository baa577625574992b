package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Comparison;
import io.yuntai.billing.report.FrozenReport;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** What has moved on the board of a report since the month and since the year before. */
final class MovementSections {

    private static final String ALL = "all";

    private final FrozenReport frozen;
    private final ReportWords words;

    MovementSections(FrozenReport frozen, ReportWords words) {
        this.frozen = frozen;
        this.words = words;
    }

    List<Section> all() {
        var month = frozen.report().month();
        return List.of(
                movement("lastMonth", month.minusMonths(1)),
                movement("lastYear", month.minusYears(1)));
    }

    private Section movement(String name, YearMonth month) {
        var then =
                frozen.earlier().stream()
                        .filter(earlier -> earlier.report().month().equals(month))
                        .findFirst();
        var comparison =
                Comparison.of(
                        BoardSections.board(frozen, Board.SCORE),
                        month,
                        then.flatMap(earlier ->
                                earlier.figures()
                                        .board(Board.SCORE, ALL, earlier.report().frozenAt())));
        String title =
                then.map(earlier -> words.text("title." + name, month, earlier.report().version()))
                        .orElseGet(() -> words.text("title." + name + ".none", month));
        return new Section(
                words.text("sheet." + name),
                title,
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("code", 22),
                                        words.words("unit", 44),
                                        words.figure("score", 11),
                                        words.figure("scoreThen", 11),
                                        words.figure("points", 11),
                                        words.figure("rankAmongBoth", 12),
                                        words.figure("rankThen", 12)),
                                comparison.rows().stream().map(MovementSections::moved).toList(),
                                words.text("none.compared." + comparison.state()))));
    }

    private static List<Object> moved(Comparison.Row row) {
        return List.of(
                row.code(),
                row.name(),
                row.value(),
                row.earlierValue(),
                row.points(),
                row.rank(),
                row.earlierRank());
    }
}
