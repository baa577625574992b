package io.yuntai.billing.export;

import io.yuntai.billing.export.Block.Bar;
import io.yuntai.billing.export.Block.Bars;
import io.yuntai.billing.export.Block.Table;
import io.yuntai.billing.export.Block.Tone;
import io.yuntai.billing.ranking.Band;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.MonthFigures;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.MonthRanking.Place;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.report.FrozenReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The boards of a report with their charts. */
final class BoardSections {

    private static final String ALL = "all";
    private static final int LOWEST = 20;
    private static final int CHARTED = 20;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final FrozenReport frozen;
    private final ReportWords words;
    private final RankingPolicy policy;

    BoardSections(FrozenReport frozen, ReportWords words) {
        this.frozen = frozen;
        this.words = words;
        this.policy = frozen.figures().policy();
    }

    List<Section> all() {
        var sections = new ArrayList<Section>();
        sections.add(byScore());
        sections.add(byUse(Board.CPU, policy.cpu()));
        sections.add(byUse(Board.MEMORY, policy.memory()));
        sections.add(lowest());
        sections.add(byScope());
        sections.add(byUseInScopes(Board.CPU));
        sections.add(byUseInScopes(Board.MEMORY));
        sections.add(lowestInScopes());
        return sections;
    }

    private MonthRanking board(Board board) {
        return board(frozen, board);
    }

    /** A board over everything. */
    static MonthRanking board(FrozenReport frozen, Board board) {
        return frozen.figures()
                .board(board, ALL, frozen.report().frozenAt())
                .orElseThrow(() -> new IllegalStateException("nothing is ranked over everything"));
    }

    private Section byScore() {
        var board = board(Board.SCORE);
        var places = board.ranked();
        return new Section(
                words.text("sheet.score"),
                words.text("title.score"),
                List.of(
                        new Bars(
                                words.text("chart.score", charted(places))
                                        + words.text("chart.score.colours"),
                                words.text("chart.score.limits"),
                                board.top(CHARTED).stream().map(this::scoreBar).toList(),
                                HUNDRED,
                                List.of(
                                        policy.grades().a(),
                                        policy.grades().b(),
                                        policy.grades().c())),
                        places(Optional.empty(), places)));
    }

    private Bar scoreBar(Place place) {
        return new Bar(
                place.row().name(),
                place.row().standing().orElseThrow().score(),
                switch (place.grade()) {
                    case A -> Tone.GOOD;
                    case B -> Tone.FAIR;
                    case C -> Tone.POOR;
                    case D -> Tone.BAD;
                });
    }

    private static int charted(List<Place> places) {
        return Math.min(CHARTED, places.size());
    }

    private Table places(Optional<String> title, List<Place> places) {
        return new Table(
                title,
                List.of(
                        words.figure("rank", 6),
                        words.words("tied", 6),
                        words.words("code", 21),
                        words.words("unit", 27),
                        words.figure("score", 8),
                        words.words("grade", 6),
                        words.figure("cpu", 11),
                        words.words("cpuBand", 9),
                        words.figure("memory", 11),
                        words.words("memoryBand", 9),
                        words.figure("disk", 11),
                        words.figure("idle", 10),
                        words.figure("coverage", 9),
                        words.figure("hosts", 7),
                        words.figure("measured", 9),
                        words.figure("vcpu", 8)),
                places.stream().map(this::place).toList(),
                words.text("none.ranked"));
    }

    private List<Object> place(Place place) {
        var row = place.row();
        var figures = row.figures();
        return List.of(
                place.rank(),
                place.tied() ? words.ofRanking("tied") : "",
                row.code(),
                row.name(),
                row.standing().orElseThrow().score(),
                place.grade().name(),
                figures.cpu(),
                words.ofRanking("band." + place.cpuBand()),
                figures.memory(),
                words.ofRanking("band." + place.memoryBand()),
                figures.disk(),
                ReportWords.percent(figures.idleShare()),
                figures.coverage(),
                row.hosts(),
                row.measuredHosts(),
                row.vcpu());
    }

    private static String name(Board board) {
        return board == Board.CPU ? "cpu" : "memory";
    }

    private Section byUse(Board board, RankingPolicy.Range range) {
        var ranking = board(board);
        var places = ranking.ranked();
        String name = name(board);
        return new Section(
                words.text("sheet." + name),
                words.text("title." + name),
                List.of(
                        new Bars(
                                words.text("chart." + name, charted(places))
                                        + words.text("chart.use.colours"),
                                words.text("chart.use.limits"),
                                ranking.top(CHARTED).stream()
                                        .map(place -> useBar(board, place))
                                        .toList(),
                                HUNDRED,
                                List.of(range.low(), range.high())),
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.figure("rank", 8),
                                        words.words("tied", 8),
                                        words.words("code", 22),
                                        words.words("unit", 44),
                                        words.figure(name, 12),
                                        words.words("band", 10),
                                        words.figure("cpuP95", 12),
                                        words.figure("cpuPeak", 12),
                                        words.figure("coverage", 12),
                                        words.figure("vcpu", 10)),
                                places.stream().map(place -> use(board, place)).toList(),
                                words.text("none.ranked"))));
    }

    private static Bar useBar(Board board, Place place) {
        return new Bar(
                place.row().name(),
                percent(board, place.row()),
                switch (band(board, place)) {
                    case NORMAL -> Tone.GOOD;
                    case HIGH -> Tone.POOR;
                    case LOW -> Tone.BAD;
                });
    }

    private static Band band(Board board, Place place) {
        return board == Board.CPU ? place.cpuBand() : place.memoryBand();
    }

    private static BigDecimal percent(Board board, RankingRow row) {
        var figures = row.figures();
        return (board == Board.CPU ? figures.cpu() : figures.memory()).orElseThrow();
    }

    private List<Object> use(Board board, Place place) {
        var row = place.row();
        return List.of(
                place.rank(),
                place.tied() ? words.ofRanking("tied") : "",
                row.code(),
                row.name(),
                percent(board, row),
                words.ofRanking("band." + band(board, place)),
                row.figures().cpuP95(),
                row.figures().cpuPeak(),
                row.figures().coverage(),
                row.vcpu());
    }

    private Section lowest() {
        return new Section(
                words.text("sheet.lowest"),
                words.text("title.lowest", LOWEST),
                List.of(places(Optional.empty(), board(Board.SCORE).lowest(LOWEST))));
    }

    /** Everything, then zones, then processor families, then pools, as headings name them. */
    static List<String> scopes(MonthFigures figures) {
        return figures.scopes().keySet().stream()
                .sorted(Comparator.comparingInt(BoardSections::order))
                .toList();
    }

    /** Of those of one order the alphabet's stays. */
    private static int order(String scope) {
        if (scope.equals(ALL)) {
            return 0;
        }
        return scope.startsWith("zone:") ? 1 : scope.startsWith("family:") ? 2 : 3;
    }

    /** Each zone, family and pool; what is over everything stands by itself. */
    static List<String> parts(MonthFigures figures) {
        return scopes(figures).stream().filter(scope -> !scope.equals(ALL)).toList();
    }

    /** Those of them in which more than one unit has anything, and so stands beside another. */
    static List<String> shared(MonthFigures figures) {
        return parts(figures).stream()
                .filter(scope ->
                        Objects.requireNonNull(figures.scopes().get(scope)).rows().size() > 1)
                .toList();
    }

    private Section byScope() {
        return new Section(
                words.text("sheet.scopes"),
                words.text("title.scopes"),
                List.of(inScopes(parts(frozen.figures()), MonthRanking::ranked)));
    }

    private Section lowestInScopes() {
        return new Section(
                words.text("sheet.scopes.lowest"),
                words.text("title.scopes.lowest", LOWEST),
                List.of(inScopes(shared(frozen.figures()), board -> board.lowest(LOWEST))));
    }

    /**
     * One table: each row says its scope, so that a page stands for itself and rows can be
     * filtered.
     */
    private Table inScopes(List<String> scopes, Function<MonthRanking, List<Place>> places) {
        return new Table(
                Optional.empty(),
                List.of(
                        words.words("scope", 28),
                        words.figure("rank", 7),
                        words.words("code", 21),
                        words.words("unit", 38),
                        words.figure("score", 9),
                        words.words("grade", 7),
                        words.figure("cpu", 10),
                        words.figure("memory", 10),
                        words.figure("disk", 10),
                        words.figure("vcpu", 9)),
                boards(Board.SCORE, scopes)
                        .flatMap(board ->
                                places.apply(board).stream().map(place -> inScope(board, place)))
                        .toList(),
                words.text("none.ranked"));
    }

    private Stream<MonthRanking> boards(Board board, List<String> scopes) {
        return scopes.stream()
                .flatMap(scope ->
                        frozen.figures().board(board, scope, frozen.report().frozenAt()).stream());
    }

    private Section byUseInScopes(Board board) {
        String name = name(board);
        return new Section(
                words.text("sheet.scopes." + name),
                words.text("title.scopes." + name),
                List.of(
                        new Table(
                                Optional.empty(),
                                List.of(
                                        words.words("scope", 28),
                                        words.figure("rank", 7),
                                        words.words("code", 21),
                                        words.words("unit", 38),
                                        words.figure(name, 10),
                                        words.words("band", 9),
                                        words.figure("cpuP95", 10),
                                        words.figure("cpuPeak", 10),
                                        words.figure("coverage", 10),
                                        words.figure("vcpu", 9)),
                                boards(board, shared(frozen.figures()))
                                        .flatMap(of ->
                                                of.ranked().stream()
                                                        .map(place -> useInScope(of, place)))
                                        .toList(),
                                words.text("none.ranked"))));
    }

    private List<Object> useInScope(MonthRanking board, Place place) {
        var row = place.row();
        return List.of(
                words.scope(board.pool()),
                place.rank(),
                row.code(),
                row.name(),
                percent(board.board(), row),
                words.ofRanking("band." + band(board.board(), place)),
                row.figures().cpuP95(),
                row.figures().cpuPeak(),
                row.figures().coverage(),
                row.vcpu());
    }

    private List<Object> inScope(MonthRanking board, Place place) {
        var row = place.row();
        return List.of(
                words.scope(board.pool()),
                place.rank(),
                row.code(),
                row.name(),
                row.standing().orElseThrow().score(),
                place.grade().name(),
                row.figures().cpu(),
                row.figures().memory(),
                row.figures().disk(),
                row.vcpu());
    }
}
