package io.yuntai.billing.export;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;

/**
 * A month's board as a spreadsheet (XLSX) of three sheets: the basis, who is ranked, who is not and
 * why. The same board in the same language is the same bytes.
 */
public final class RankingWorkbook {

    /** The media type of what is written. */
    public static final String MEDIA_TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Period.ZONE);

    private static final List<String> RANKED =
            List.of(
                    "rank",
                    "tied",
                    "code",
                    "unit",
                    "score",
                    "grade",
                    "cpu",
                    "cpuBand",
                    "memory",
                    "memoryBand",
                    "disk",
                    "idleShare",
                    "cpuP95",
                    "cpuPeak",
                    "coverage",
                    "hosts",
                    "measuredHosts",
                    "vcpu");

    /** The columns that hold no figures. */
    private static final Set<String> TEXTS =
            Set.of("tied", "code", "unit", "grade", "cpuBand", "memoryBand", "reasons");

    private static final List<String> NOT_RANKED =
            List.of("code", "unit", "reasons", "hosts", "measuredHosts", "vcpu", "coverage");

    private final MonthRanking ranking;
    private final Optional<Integer> version;
    private final Wording wording;

    private RankingWorkbook(MonthRanking ranking, Optional<Integer> version, Wording wording) {
        this.ranking = ranking;
        this.version = version;
        this.wording = wording;
    }

    /**
     * Writes the board in the language of the wording.
     *
     * @param version in which it is published; empty: in none, and its figures may still change
     */
    public static byte[] of(MonthRanking ranking, Optional<Integer> version, Wording wording) {
        try {
            return new RankingWorkbook(ranking, version, wording).write();
        } catch (IOException e) {
            throw new UncheckedIOException("the workbook could not be written", e);
        }
    }

    private byte[] write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "Yuntai", "1.0")) {
            basis(book);
            ranked(book);
            notRanked(book);
        }
        return Workbooks.reproducible(bytes.toByteArray(), ranking.computedAt(), List.of());
    }

    private void basis(Workbook book) {
        try (var sheet = sheet(book, "basis").widths(28, 90)) {
            sheet.onOnePage();
            sheet.title(text("title", ranking.month().toString()));
            sheet.fact(text("board"), text("board." + ranking.board()));
            sheet.fact(text("pool"), new ReportWords(wording).scope(ranking.pool()));
            sheet.fact(
                    text("period"),
                    text(
                            "period.text",
                            ranking.month().atDay(1).toString(),
                            ranking.month().plusMonths(1).atDay(1).toString()));
            sheet.fact(text("version"), version());
            sheet.fact(text("computedAt"), MINUTE.format(ranking.computedAt()));
            sheet.fact(text("policy"), ranking.policy().id());
            sheet.fact(text("policy.basis"), ranking.policy().basis());
            sheet.fact(text("policy.approvedBy"), ranking.policy().approvedBy());
            sheet.gap();
            totals(sheet);
            sheet.gap();
            rules(sheet);
        }
    }

    private String version() {
        return version.map(one -> text("version.text", one)).orElseGet(() -> text("version.none"));
    }

    private void totals(Sheet sheet) {
        var total = ranking.total();
        sheet.fact(text("units"), ranking.ranked().size() + ranking.notRanked().size());
        sheet.fact(text("ranked"), ranking.ranked().size());
        sheet.fact(text("notRanked"), ranking.notRanked().size());
        sheet.fact(column("hosts"), total.hosts());
        sheet.fact(column("measuredHosts"), total.measuredHosts());
        sheet.fact(
                text("unmeasuredHosts"),
                total.hosts() - total.measuredHosts() - total.excludedHosts());
        sheet.fact(text("excludedHosts"), total.excludedHosts());
        sheet.fact(column("vcpu"), total.vcpu());
        sheet.fact(column("cpu"), total.cpu());
        sheet.fact(column("memory"), total.memory());
        sheet.fact(column("disk"), total.disk());
        sheet.fact(column("idleShare"), ReportWords.percent(total.idleShare()));
    }

    private void rules(Sheet sheet) {
        var policy = ranking.policy();
        var evidence = policy.evidence();
        var idle = policy.idle();
        sheet.fact(text("rules"), text("rule.hosts"));
        sheet.fact("", text("rule.ratio"));
        sheet.fact(
                "",
                text(
                        "rule.evidence",
                        evidence.validSamples(),
                        plain(evidence.coverage()),
                        evidence.confirmedDays()));
        sheet.fact("", text("rule.exempt"));
        sheet.fact(
                "",
                text(
                        "rule.bands",
                        plain(policy.cpu().low()),
                        plain(policy.cpu().high()),
                        plain(policy.memory().low()),
                        plain(policy.memory().high())));
        sheet.fact(
                "",
                text(
                        "rule.score",
                        plain(policy.weights().cpu()),
                        plain(policy.weights().memory()),
                        plain(policy.weights().disk()),
                        plain(policy.weights().idle())));
        sheet.fact(
                "",
                text(
                        "rule.idle",
                        plain(idle.cpu()),
                        plain(idle.cpuP95()),
                        plain(idle.cpuPeak()),
                        plain(idle.memory())));
        sheet.fact(
                "",
                text(
                        "rule.grades",
                        plain(policy.grades().a()),
                        plain(policy.grades().b()),
                        plain(policy.grades().c())));
        sheet.fact("", text("rule.ties"));
    }

    private void ranked(Workbook book) {
        int[] widths = {8, 8, 22, 36, 10, 8, 10, 10, 10, 10, 10, 12, 12, 12, 12, 10, 12, 10};
        var columns = columns(RANKED, widths);
        try (var sheet = sheet(book, "ranked").widths(widths)) {
            sheet.head(columns);
            for (var place : ranking.ranked()) {
                var row = place.row();
                var figures = row.figures();
                sheet.row(
                        columns,
                        List.of(
                                place.rank(),
                                place.tied() ? text("tied") : "",
                                row.code(),
                                row.name(),
                                row.standing().map(RankingRow.Standing::score),
                                place.grade().name(),
                                figures.cpu(),
                                text("band." + place.cpuBand()),
                                figures.memory(),
                                text("band." + place.memoryBand()),
                                figures.disk(),
                                ReportWords.percent(figures.idleShare()),
                                figures.cpuP95(),
                                figures.cpuPeak(),
                                figures.coverage(),
                                row.hosts(),
                                row.measuredHosts(),
                                row.vcpu()));
            }
        }
    }

    private void notRanked(Workbook book) {
        int[] widths = {22, 36, 60, 10, 12, 10, 12};
        var columns = columns(NOT_RANKED, widths);
        try (var sheet = sheet(book, "notRanked").widths(widths)) {
            sheet.head(columns);
            for (var row : ranking.notRanked()) {
                sheet.row(
                        columns,
                        List.of(
                                row.code(),
                                row.name(),
                                row.reasons().stream()
                                        .map(this::reason)
                                        .collect(Collectors.joining(text("reason.separator"))),
                                row.hosts(),
                                row.measuredHosts(),
                                row.vcpu(),
                                row.figures().coverage()));
            }
        }
    }

    private String reason(Reason reason) {
        return text("reason." + reason, ranking.policy().evidence().limit(reason));
    }

    private Sheet sheet(Workbook book, String name) {
        return new Sheet(
                book.newWorksheet(text("sheet." + name)),
                text("foot", text("title", ranking.month().toString()), version()));
    }

    private List<Block.Column> columns(List<String> names, int... widths) {
        return IntStream.range(0, names.size())
                .mapToObj(i ->
                        new Block.Column(
                                column(names.get(i)), widths[i], !TEXTS.contains(names.get(i))))
                .toList();
    }

    private String column(String name) {
        return text("column." + name);
    }

    private String text(String key, Object... arguments) {
        // As text: a message format would write numbers in its own way.
        return wording.text(
                "ranking." + key, Arrays.stream(arguments).map(String::valueOf).toArray());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
