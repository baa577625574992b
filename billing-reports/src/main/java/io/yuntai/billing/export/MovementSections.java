package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Column;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.Comparison;
import io.yuntai.billing.report.FrozenReport;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What has moved on the boards of a report, by score, by processors and by memory, since the month
 * and since the year before.
 */
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
    private Comparison compared(Board board, String scope, YearMonth month) {
        return Comparison.of(
                frozen.figures().board(board, scope, frozen.report().frozenAt()).orElseThrow(),
                month,
                of(month)
                        .flatMap(earlier ->
                                earlier.figures()
                                        .board(board, scope, earlier.report().frozenAt())));
    }

    /** Of each board, one after the other. */
    private List<List<Object>> moved(String scope, YearMonth month) {
        return Arrays.stream(Board.values())
                .flatMap(board ->
                        compared(board, scope, month).rows().stream().map(row -> moved(board, row)))
                .toList();
    }

    private Section section(
            String name, YearMonth month, List<Column> columns, List<List<Object>> rows) {
        var state = compared(Board.SCORE, ALL, month).state();
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
        return section(name, month, columns(40), moved(ALL, month));
    }

    private Section movementInScopes(String name, YearMonth month) {
        var columns = new ArrayList<Column>();
        columns.add(words.words("scope", 28));
        columns.addAll(columns(32));
        var rows = new ArrayList<List<Object>>();
        for (var scope : BoardSections.shared(frozen.figures())) {
            for (var row : moved(scope, month)) {
                var inScope = new ArrayList<Object>();
                inScope.add(words.scope(scope));
                inScope.addAll(row);
                rows.add(inScope);
            }
        }
        return section("scopes." + name, month, columns, rows);
    }

    private List<Column> columns(int unit) {
        return List.of(
                words.words("board", 16),
                words.words("code", 22),
                words.words("unit", unit),
                words.figure("value", 11),
                words.figure("valueThen", 11),
                words.figure("points", 11),
                words.figure("rankAmongBoth", 12),
                words.figure("rankThen", 12));
    }

    private List<Object> moved(Board board, Comparison.Row row) {
        return List.of(
                words.text("sheet." + board.name().toLowerCase(Locale.ROOT)),
                row.code(),
                row.name(),
                row.value(),
                row.earlierValue(),
                row.points(),
                row.rank(),
                row.earlierRank());
    }
}
