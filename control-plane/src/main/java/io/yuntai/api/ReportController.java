package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.Person;
import io.yuntai.billing.export.RankingWorkbook;
import io.yuntai.billing.export.ReportPdf;
import io.yuntai.billing.export.ReportWorkbook;
import io.yuntai.billing.export.Wording;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.report.Excerpts;
import io.yuntai.billing.report.FrozenReport;
import io.yuntai.billing.report.FrozenReports;
import io.yuntai.billing.report.Report;
import io.yuntai.billing.report.Reports;
import io.yuntai.billing.report.Restatement;
import io.yuntai.metering.MonthReports;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was published of each month, and how it is put right. */
@RestController
@RequestMapping("/api/v1/reports")
@Tag(name = "reports")
class ReportController {

    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String PEM = "application/x-pem-file";
    private static final int LONGEST_REASON = 1000;

    private final Reports reports;
    private final MonthReports commands;
    private final FrozenReports frozen;
    private final Excerpts excerpts;
    private final Trial trial;
    private final MessageSource messages;
    private final RegionNames regions;

    ReportController(
            Reports reports,
            MonthReports commands,
            FrozenReports frozen,
            Excerpts excerpts,
            Trial trial,
            MessageSource messages,
            RegionNames regions) {
        this.reports = reports;
        this.commands = commands;
        this.frozen = frozen;
        this.excerpts = excerpts;
        this.trial = trial;
        this.messages = messages;
        this.regions = regions;
    }

    @Schema(name = "Officer")
    record PersonView(UUID id, String name) {

        static PersonView of(Person person) {
            return new PersonView(person.id(), person.name());
        }
    }

    /** Why there is another version, who asked for it and who approved it. */
    @Schema(name = "ReportCorrection")
    record CorrectionView(String reason, PersonView author, PersonView approver) {}

    /**
     * A published version.
     *
     * @param inputDigest SM3 of what the figures are made of, hex; {@code digest} of the document
     * @param key fingerprint of the key that signed
     */
    @Schema(name = "Report")
    record ReportView(
            String month,
            int version,
            Instant frozenAt,
            String policy,
            String inputDigest,
            String digest,
            String key,
            Optional<CorrectionView> correction) {

        static ReportView of(Report report) {
            return new ReportView(
                    report.month().toString(),
                    report.version(),
                    report.frozenAt(),
                    report.policy(),
                    report.inputDigest(),
                    report.digest(),
                    report.key(),
                    report.correction()
                            .map(correction ->
                                    new CorrectionView(
                                            correction.reason(),
                                            PersonView.of(correction.author()),
                                            PersonView.of(correction.approver()))));
        }
    }

    @Schema(name = "Reports")
    record ReportList(List<ReportView> items) {}

    /** What was asked for. */
    @Schema(name = "Restatement")
    record RestatementView(
            UUID id,
            String month,
            String reason,
            PersonView author,
            Instant requestedAt,
            Restatement.State state,
            Optional<PersonView> decidedBy,
            Optional<Instant> decidedAt) {

        static RestatementView of(Restatement restatement) {
            return new RestatementView(
                    restatement.id(),
                    restatement.month().toString(),
                    restatement.reason(),
                    PersonView.of(restatement.author()),
                    restatement.requestedAt(),
                    restatement.state(),
                    restatement.decision().map(decision -> PersonView.of(decision.by())),
                    restatement.decision().map(Restatement.Decision::at));
        }
    }

    /**
     * A month's versions, what was asked for of it, and what stands aside.
     *
     * @param freezingDay the third working day of the next month
     * @param calendarMissing whether that is counted by weekdays alone, for its year's calendar was
     *     not imported; then it is not frozen by itself
     * @param lateHours hours that were measured after the freeze
     */
    @Schema(name = "MonthReport")
    record MonthView(
            String month,
            LocalDate freezingDay,
            boolean calendarMissing,
            long lateHours,
            List<ReportView> versions,
            List<RestatementView> restatements) {}

    /** Why; 1 to 1,000 characters. */
    @Schema(name = "RestatementReason")
    record Reason(Optional<String> reason) {

        String text() {
            String text = reason.orElse("").strip();
            if (text.isEmpty()) {
                throw ApplicationBody.required("/reason");
            }
            if (text.length() > LONGEST_REASON) {
                throw ApplicationBody.tooLong("/reason", LONGEST_REASON);
            }
            return text;
        }
    }

    /** All that was published, the latest month first. */
    @GetMapping
    @Requires(Permission.RANKING_READ)
    ReportList list() {
        return new ReportList(reports.published().stream().map(ReportView::of).toList());
    }

    /** The public key that reports are signed with now, in PEM. */
    @GetMapping("/key")
    @Requires(Permission.RANKING_READ)
    ResponseEntity<byte[]> key() {
        return reports.publicKey()
                .map(pem ->
                        Attachment.of(
                                pem.getBytes(StandardCharsets.US_ASCII), PEM, "yuntai-report.pem"))
                .orElseThrow(() -> Refused.conflict("REPORT_KEY_MISSING"));
    }

    @GetMapping("/{month}")
    @Requires(Permission.RANKING_READ)
    MonthView get(@PathVariable YearMonth month) {
        RankingController.check(month);
        return new MonthView(
                month.toString(),
                commands.freezingDay(month),
                commands.lacksCalendar(month),
                reports.late(month),
                reports.of(month).stream().map(ReportView::of).toList(),
                reports.restatements(month).stream().map(RestatementView::of).toList());
    }

    /** Freezes a month whose day has come. */
    @PutMapping("/{month}")
    @Requires(Permission.RANKING_FREEZE)
    @AuditAction(value = "report.freeze", target = "report")
    ReportView freeze(
            Actor actor,
            @PathVariable YearMonth month,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        RankingController.check(month);
        return ReportView.of(trial.run(validateOnly, () -> commands.freeze(actor, month)));
    }

    /**
     * A version as a file, the same bytes each time: {@code txt}, the signed document; {@code pdf}
     * and {@code xlsx}, what it says in the caller's language.
     */
    @GetMapping("/{month}/versions/{version}/file")
    @Requires(Permission.RANKING_EXPORT)
    ResponseEntity<byte[]> file(
            @PathVariable YearMonth month,
            @PathVariable int version,
            @RequestParam(defaultValue = "txt") String format,
            Locale locale) {
        RankingController.check(month);
        return switch (format) {
            case "txt" ->
                    reports.file(month, version)
                            .map(file ->
                                    Attachment.of(
                                            file,
                                            TEXT,
                                            "yuntai-report-%s-v%d.txt".formatted(month, version)))
                            .orElseThrow(ReportController::notFound);
            case "pdf" ->
                    printed(month, version, format, ReportPdf.MEDIA_TYPE, locale, ReportPdf::of);
            case "xlsx" ->
                    printed(
                            month,
                            version,
                            format,
                            RankingWorkbook.MEDIA_TYPE,
                            locale,
                            ReportWorkbook::of);
            default ->
                    throw Refused.invalid(
                            "UNKNOWN_FORMAT",
                            List.of(Fault.at("/format", "UNKNOWN_FORMAT", format)));
        };
    }

    /**
     * What a version says of one unit, signed, to be verified as a report is: the hosts of that
     * unit, none of others', and the figures and places of all in the scopes in which it stands.
     * Its signature is made when it is asked for.
     *
     * @param unit the caller's own, where he is of one
     */
    @GetMapping("/{month}/versions/{version}/excerpt")
    @Requires(Permission.RANKING_READ)
    ResponseEntity<byte[]> excerpt(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable int version,
            @RequestParam Optional<UnitId> unit) {
        RankingController.check(month);
        var of =
                unit.or(actor::confinedTo)
                        .orElseThrow(() ->
                                Refused.invalid("INVALID", List.of(Fault.at("/unit", "REQUIRED"))));
        if (!actor.sees(of)) {
            throw notFound();
        }
        if (reports.publicKey().isEmpty()) {
            throw Refused.conflict("REPORT_KEY_MISSING");
        }
        return excerpts.of(month, version, new PartyId(of.value()))
                .map(file ->
                        Attachment.of(
                                file,
                                TEXT,
                                "yuntai-report-%s-v%d-excerpt.txt".formatted(month, version)))
                .orElseThrow(ReportController::notFound);
    }

    private ResponseEntity<byte[]> printed(
            YearMonth month,
            int version,
            String format,
            String mediaType,
            Locale locale,
            BiFunction<FrozenReport, Wording, byte[]> print) {
        var wording = new ReportWording(messages, locale, regions.byCode());
        var report = frozen.of(month, version).orElseThrow(ReportController::notFound);
        return Attachment.of(
                print.apply(report, wording),
                mediaType,
                wording.text("report.fileName", month.toString(), String.valueOf(version), format));
    }

    private static Refused notFound() {
        return Refused.notFound("REPORT_NOT_FOUND");
    }

    /** Asks for another version; the same id asks once. */
    @PutMapping("/{month}/restatements/{id}")
    @Requires(Permission.RANKING_RESTATE)
    @AuditAction(value = "report.restate", target = "report")
    RestatementView request(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Reason reason) {
        RankingController.check(month);
        String text = reason.text();
        return RestatementView.of(
                trial.run(validateOnly, () -> commands.request(actor, id, month, text)));
    }

    /** Publishes the next version; by somebody other than its author. */
    @PostMapping("/{month}/restatements/{id}/approval")
    @Requires(Permission.RANKING_RESTATE_APPROVE)
    @AuditAction(value = "report.approve", target = "report")
    ReportView approve(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        requireOf(month, id);
        return ReportView.of(trial.run(validateOnly, () -> commands.approve(actor, id)));
    }

    /** Leaves everything as it is. */
    @PostMapping("/{month}/restatements/{id}/rejection")
    @Requires(Permission.RANKING_RESTATE_APPROVE)
    @AuditAction(value = "report.reject", target = "report")
    RestatementView reject(
            Actor actor,
            @PathVariable YearMonth month,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        requireOf(month, id);
        return RestatementView.of(trial.run(validateOnly, () -> commands.reject(actor, id)));
    }

    private void requireOf(YearMonth month, UUID id) {
        RankingController.check(month);
        if (reports.restatements(month).stream().noneMatch(one -> one.id().equals(id))) {
            throw Refused.notFound("RESTATEMENT_NOT_FOUND");
        }
    }
}
