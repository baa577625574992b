package io.yuntai.billing.export;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.RankingPolicy;
import io.yuntai.billing.ranking.RankingRow;
import io.yuntai.billing.ranking.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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

    private static final List<String> NOT_RANKED =
            List.of("code", "unit", "reasons", "hosts", "measuredHosts", "vcpu", "coverage");

    private final MonthRanking ranking;
    private final Wording wording;

    private RankingWorkbook(MonthRanking ranking, Wording wording) {
        this.ranking = ranking;
        this.wording = wording;
    }

    /** Writes the board in the language of the wording. */
    public static byte[] of(MonthRanking ranking, Wording wording) {
        try {
            return new RankingWorkbook(ranking, wording).write();
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
            sheet.title(text("title", ranking.month().toString()));
            sheet.row(text("board"), text("board." + ranking.board()));
            sheet.row(text("pool"), new ReportWords(wording).scope(ranking.pool()));
            sheet.row(
                    text("period"),
                    text(
                            "period.text",
                            ranking.month().atDay(1).toString(),
                            ranking.month().plusMonths(1).atDay(1).toString()));
            sheet.row(text("computedAt"), MINUTE.format(ranking.computedAt()));
            sheet.row(text("policy"), ranking.policy().id());
            sheet.row(text("policy.basis"), ranking.policy().basis());
            sheet.row(text("policy.approvedBy"), ranking.policy().approvedBy());
            sheet.gap();
            totals(sheet);
            sheet.gap();
            rules(sheet);
        }
    }

    private void totals(Sheet sheet) {
        var total = ranking.total();
        sheet.row(text("units"), ranking.ranked().size() + ranking.notRanked().size());
        sheet.row(text("ranked"), ranking.ranked().size());
        sheet.row(text("notRanked"), ranking.notRanked().size());
        sheet.row(column("hosts"), total.hosts());
        sheet.row(column("measuredHosts"), total.measuredHosts());
        sheet.row(
                text("unmeasuredHosts"),
                total.hosts() - total.measuredHosts() - total.excludedHosts());
        sheet.row(text("excludedHosts"), total.excludedHosts());
        sheet.row(column("vcpu"), total.vcpu());
        sheet.row(column("cpu"), total.cpu());
        sheet.row(column("memory"), total.memory());
        sheet.row(column("disk"), total.disk());
        sheet.row(column("idleShare"), total.idleShare());
    }

    private void rules(Sheet sheet) {
        var policy = ranking.policy();
        var evidence = policy.evidence();
        var idle = policy.idle();
        sheet.row(text("rules"), text("rule.hosts"));
        sheet.row("", text("rule.ratio"));
        sheet.row(
                "",
                text(
                        "rule.evidence",
                        evidence.validSamples(),
                        plain(evidence.coverage()),
                        evidence.confirmedDays()));
        sheet.row("", text("rule.exempt"));
        sheet.row(
                "",
                text(
                        "rule.bands",
                        plain(policy.cpu().low()),
                        plain(policy.cpu().high()),
                        plain(policy.memory().low()),
                        plain(policy.memory().high())));
        sheet.row(
                "",
                text(
                        "rule.score",
                        plain(policy.weights().cpu()),
                        plain(policy.weights().memory()),
                        plain(policy.weights().disk()),
                        plain(policy.weights().idle())));
        sheet.row(
                "",
                text(
                        "rule.idle",
                        plain(idle.cpu()),
                        plain(idle.cpuP95()),
                        plain(idle.cpuPeak()),
                        plain(idle.memory())));
        sheet.row(
                "",
                text(
                        "rule.grades",
                        plain(policy.grades().a()),
                        plain(policy.grades().b()),
                        plain(policy.grades().c())));
        sheet.row("", text("rule.ties"));
    }

    private void ranked(Workbook book) {
        try (var sheet = sheet(book, "ranked")) {
            sheet.widths(8, 8, 22, 36, 10, 8, 10, 10, 10, 10, 10, 12, 12, 12, 12, 10, 12, 10)
                    .headOf(columns(RANKED));
            for (var place : ranking.ranked()) {
                var row = place.row();
                var figures = row.figures();
                sheet.row(
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
                        figures.idleShare(),
                        figures.cpuP95(),
                        figures.cpuPeak(),
                        figures.coverage(),
                        row.hosts(),
                        row.measuredHosts(),
                        row.vcpu());
            }
        }
    }

    private void notRanked(Workbook book) {
        try (var sheet = sheet(book, "notRanked")) {
            sheet.widths(22, 36, 60, 10, 12, 10, 12).headOf(columns(NOT_RANKED));
            for (var row : ranking.notRanked()) {
                sheet.row(
                        row.code(),
                        row.name(),
                        row.reasons().stream()
                                .map(this::reason)
                                .collect(Collectors.joining(text("reason.separator"))),
                        row.hosts(),
                        row.measuredHosts(),
                        row.vcpu(),
                        row.figures().coverage());
            }
        }
    }

    /** The numbers are those of the policy, whatever the name of the reason says. */
    private String reason(Reason reason) {
        RankingPolicy.Evidence least = ranking.policy().evidence();
        Object number =
                switch (reason) {
                    case FEWER_THAN_3_HOSTS -> least.leastHosts();
                    case UNDER_8_VCPU -> least.leastVcpu();
                    case UNDER_80_PERCENT_COVERAGE -> plain(least.coverage());
                    case INSUFFICIENT_DATA -> "";
                };
        return text("reason." + reason, number);
    }

    private Sheet sheet(Workbook book, String name) {
        return new Sheet(book.newWorksheet(text("sheet." + name)));
    }

    private List<String> columns(List<String> names) {
        return names.stream().map(this::column).toList();
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
