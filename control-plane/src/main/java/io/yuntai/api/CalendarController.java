package io.yuntai.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.CalendarFiles;
import io.yuntai.api.spreadsheet.FileContent;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.CalendarDay;
import io.yuntai.onboarding.calendar.CalendarOutcome;
import io.yuntai.onboarding.calendar.CalendarSource;
import io.yuntai.onboarding.calendar.CalendarVersion;
import io.yuntai.onboarding.calendar.CalendarVersionId;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The calendars of working days, a year at a time. */
@RestController
@RequestMapping("/api/v1/calendars")
@Tag(name = "calendars")
class CalendarController {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String CSV = "text/csv";

    private final WorkingCalendars calendars;
    private final Trial trial;
    private final MessageSource messages;

    CalendarController(WorkingCalendars calendars, Trial trial, MessageSource messages) {
        this.calendars = calendars;
        this.trial = trial;
        this.messages = messages;
    }

    /**
     * The years that were imported.
     *
     * @param due years that should be there by now; they are counted Monday to Friday
     */
    @Schema(name = "Calendars")
    record CalendarsView(List<CalendarVersionView> items, List<Integer> due) {}

    /**
     * A year as it was imported.
     *
     * @param holidays how many days are free, weekends inside festivals included
     * @param makeUps how many Saturdays and Sundays are worked
     */
    @Schema(name = "CalendarVersion")
    record CalendarVersionView(
            CalendarVersionId id,
            int year,
            int version,
            String fileName,
            String basis,
            String reason,
            String importedBy,
            Instant importedAt,
            int holidays,
            int makeUps,
            List<CalendarDay> days) {

        static CalendarVersionView of(CalendarVersion one) {
            return new CalendarVersionView(
                    one.id(),
                    one.year().year(),
                    one.version(),
                    one.source().fileName(),
                    one.source().basis(),
                    one.source().reason(),
                    one.importerName(),
                    one.importedAt(),
                    one.year().count(CalendarDay.Kind.HOLIDAY),
                    one.year().count(CalendarDay.Kind.MAKE_UP),
                    one.year().days());
        }
    }

    /** The version of each year that counts, by year. */
    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    CalendarsView list() {
        return new CalendarsView(
                calendars.latest().stream().map(CalendarVersionView::of).toList(), calendars.due());
    }

    /** Every version of a year, the latest first. */
    @GetMapping("/{year}/versions")
    @Requires(Permission.APPLICATION_READ)
    List<CalendarVersionView> versions(@PathVariable int year) {
        return calendars.versions(year).stream().map(CalendarVersionView::of).toList();
    }

    /** A year's file to fill in or to correct, in the caller's language. */
    @GetMapping(
            path = "/{year}/file",
            produces = {XLSX, CSV})
    @Requires(Permission.CALENDAR_EDIT)
    ResponseEntity<byte[]> file(
            @PathVariable int year,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var days =
                calendars.latest().stream()
                        .filter(one -> one.year().year() == year)
                        .flatMap(one -> one.year().days().stream())
                        .toList();
        var sheet = CalendarFiles.sheet(days, locale);
        String name =
                messages.getMessage(
                        "calendar.fileName", new Object[] {Integer.toString(year), format}, locale);
        return switch (format) {
            case "xlsx" -> Attachment.of(sheet.xlsx(), Format.XLSX.mediaType(), name);
            case "csv" -> Attachment.of(sheet.csv(), CSV + ";charset=UTF-8", name);
            default ->
                    throw Refused.invalid(
                            "UNKNOWN_FORMAT",
                            List.of(Fault.at("/format", "UNKNOWN_FORMAT", format)));
        };
    }

    /**
     * Imports a year from a workbook or a CSV file: all of it or, when anything is wrong, nothing;
     * the problem then lists every fault by row. A year that is there already gets another version,
     * which counts from now on, also for what was begun before.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     * @param basis the document that announced it
     * @param reason why it is imported again; needed from the second version on
     */
    @PutMapping(
            path = "/{year}/versions/{id}",
            consumes = {XLSX, CSV})
    @Requires(Permission.CALENDAR_EDIT)
    @AuditAction(value = "calendar.import", target = "calendar")
    ResponseEntity<CalendarVersionView> put(
            Actor actor,
            @PathVariable int year,
            @PathVariable CalendarVersionId id,
            @RequestParam String fileName,
            @RequestParam String basis,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody byte[] file) {
        var source = source(fileName, Digests.sha256(file), basis, reason);
        var content =
                type.isCompatibleWith(MediaType.valueOf(XLSX))
                        ? CalendarFiles.workbook(file)
                        : CalendarFiles.csv(file);
        var tables =
                switch (content) {
                    case FileContent.Tables(var read) -> read;
                    case FileContent.Unreadable(var fault) ->
                            throw new ImportFaulty(List.of(fault), 1);
                };
        var outcome =
                trial.run(
                        validateOnly, () -> calendars.importYear(actor, id, year, source, tables));
        return switch (outcome) {
            case CalendarOutcome.Imported(var version) ->
                    ResponseEntity.status(validateOnly ? HttpStatus.OK : HttpStatus.CREATED)
                            .body(CalendarVersionView.of(version));
            case CalendarOutcome.Repeated(var version) ->
                    ResponseEntity.ok(CalendarVersionView.of(version));
            case CalendarOutcome.Faulty(var faults) ->
                    throw new ImportFaulty(faults, faults.size());
        };
    }

    private static CalendarSource source(
            String fileName, String digest, String basis, String reason) {
        var faults = new ArrayList<Fault>();
        check(faults, "/fileName", fileName, 1, 200);
        check(faults, "/basis", basis.strip(), 1, 200);
        check(faults, "/reason", reason.strip(), 0, 500);
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return new CalendarSource(fileName, digest, basis.strip(), reason.strip());
    }

    private static void check(List<Fault> faults, String pointer, String text, int min, int max) {
        try {
            PlainText.require(text, min, max);
        } catch (IllegalArgumentException e) {
            faults.add(Fault.at(pointer, "SIZE", min, max));
        }
    }
}
