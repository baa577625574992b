package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Column;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Comparison;
import io.yuntai.billing.report.FrozenReport;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has moved on the boards of a report since the month and since the year before. */
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
                movementInScopes("lastMonth", month.minusMonths(1)),
                movement("lastYear", month.minusYears(1)),
                movementInScopes("lastYear", month.minusYears(1)));
    }

    private Optional<FrozenReport.Earlier> of(YearMonth month) {
        return frozen.earlier().stream()
                .filter(earlier -> earlier.report().month().equals(month))
                .findFirst();
    }

    /** What has moved on a board of a scope that there is now. */
    private Comparison compared(String scope, YearMonth month) {
        return Comparison.of(
                frozen.figures()
                        .board(Board.SCORE, scope, frozen.report().frozenAt())
                        .orElseThrow(),
                month,
                of(month)
                        .flatMap(earlier ->
                                earlier.figures()
                                        .board(Board.SCORE, scope, earlier.report().frozenAt())));
    }

    private Section section(
            String name,
            YearMonth month,
            List<Column> columns,
            List<List<Object>> rows,
            Comparison.State state) {
        String title =
                of(month)
                        .map(earlier ->
                                words.text("title." + name, month, earlier.report().version()))
                        .orElseGet(() -> words.text("title." + name + ".none", month));
        return new Section(
                words.text("sheet." + name),
                title,
                List.of(
                        new Table(
                                Optional.empty(),
                                columns,
                                rows,
                                words.text("none.compared." + state))));
    }

    private Section movement(String name, YearMonth month) {
        var comparison = compared(ALL, month);
        return section(
                name,
                month,
                columns(44),
                comparison.rows().stream().map(MovementSections::moved).toList(),
                comparison.state());
    }

    private Section movementInScopes(String name, YearMonth month) {
        var columns = new ArrayList<Column>();
        columns.add(words.words("scope", 28));
        columns.addAll(columns(36));
        var rows = new ArrayList<List<Object>>();
        for (var scope : BoardSections.shared(frozen.figures())) {
            for (var row : compared(scope, month).rows()) {
                var inScope = new ArrayList<Object>();
                inScope.add(words.scope(scope));
                inScope.addAll(moved(row));
                rows.add(inScope);
            }
        }
        return section("scopes." + name, month, columns, rows, compared(ALL, month).state());
    }

    private List<Column> columns(int unit) {
        return List.of(
                words.words("code", 22),
                words.words("unit", unit),
                words.figure("score", 11),
                words.figure("scoreThen", 11),
                words.figure("points", 11),
                words.figure("rankAmongBoth", 12),
                words.figure("rankThen", 12));
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
