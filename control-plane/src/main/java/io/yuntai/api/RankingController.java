package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.export.RankingWorkbook;
import io.yuntai.billing.export.Wording;
import io.yuntai.billing.ranking.Board;
import io.yuntai.billing.ranking.MonthRanking;
import io.yuntai.billing.ranking.RankedMonth;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.metering.MonthRankings;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The monthly rankings. They are published to every unit: whoever may read them reads all of them.
 * Board and pool choose what is shown of a stored result; they change no figure of it.
 */
@RestController
@RequestMapping("/api/v1/rankings")
@Tag(name = "rankings")
class RankingController {

    private static final String XLSX = "xlsx";

    /** Years that reports are written in; the database cannot hold every year that Java can. */
    private static final int FIRST_YEAR = 2000;

    private static final int LAST_YEAR = 2999;

    private final Rankings rankings;
    private final MonthRankings commands;
    private final Trial trial;
    private final MessageSource messages;

    RankingController(
            Rankings rankings, MonthRankings commands, Trial trial, MessageSource messages) {
        this.rankings = rankings;
        this.commands = commands;
        this.trial = trial;
        this.messages = messages;
    }

    /** The months that have a ranking, the latest first. */
    @GetMapping
    @Requires(Permission.RANKING_READ)
    RankingView.Months months() {
        return new RankingView.Months(
                rankings.months().stream().map(RankingView.OfMonth::of).toList());
    }

    /**
     * A month's board: over everything, in one pool ({@code extranet-ordinary}), one zone ({@code
     * zone:extranet}) or one processor family ({@code family:ordinary}); as it counts now, or as a
     * published version has it.
     */
    @GetMapping("/{month}")
    @Requires(Permission.RANKING_READ)
    RankingView get(
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "SCORE") Board board,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version) {
        return RankingView.of(find(month, board, pool, version));
    }

    /** Ranks a month that has ended, also once more. */
    @PutMapping("/{month}")
    @Requires(Permission.RANKING_COMPUTE)
    @AuditAction(value = "ranking.compute", target = "ranking")
    RankingView.OfMonth compute(
            Actor actor,
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        check(month);
        return RankingView.OfMonth.of(
                trial.run(validateOnly, () -> commands.compute(actor, month)));
    }

    /** A month's board as a spreadsheet, in the caller's language. */
    @GetMapping("/{month}/export")
    @Requires(Permission.RANKING_EXPORT)
    ResponseEntity<byte[]> export(
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "SCORE") Board board,
            @RequestParam(defaultValue = "all") String pool,
            @RequestParam Optional<Integer> version,
            @RequestParam(defaultValue = XLSX) String format,
            Locale locale) {
        if (!format.equals(XLSX)) {
            throw Refused.invalid(
                    "UNKNOWN_FORMAT", List.of(Fault.at("/format", "UNKNOWN_FORMAT", format)));
        }
        Wording wording = (key, arguments) -> messages.getMessage(key, arguments, locale);
        var ranking = find(month, board, pool, version);
        String fileName =
                wording.text(
                        "ranking.fileName",
                        month.toString(),
                        wording.text("ranking.board." + board));
        return Attachment.of(
                RankingWorkbook.of(ranking, version.or(() -> published(month)), wording),
                RankingWorkbook.MEDIA_TYPE,
                fileName);
    }

    /** The version whose figures count now; empty: the month is not frozen. */
    private Optional<Integer> published(YearMonth month) {
        return rankings.months().stream()
                .filter(ranked -> ranked.month().equals(month))
                .findFirst()
                .flatMap(RankedMonth::version);
    }

    private MonthRanking find(
            YearMonth month, Board board, String pool, Optional<Integer> version) {
        check(month);
        return rankings.of(month, board, pool, version)
                .orElseThrow(() -> Refused.notFound("RANKING_NOT_FOUND"));
    }

    static void check(YearMonth month) {
        if (month.getYear() < FIRST_YEAR || month.getYear() > LAST_YEAR) {
            throw Refused.invalid(
                    "INVALID", List.of(Fault.at("/month", "OUT_OF_RANGE", FIRST_YEAR, LAST_YEAR)));
        }
    }
}
