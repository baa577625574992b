package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.UsageFiles;
import io.yuntai.audit.AuditAction;
import io.yuntai.billing.metering.UsageImport;
import io.yuntai.billing.metering.UsageImported;
import io.yuntai.metering.ImportedUsage;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files of measured use, for hosts that no Prometheus sees. */
@RestController
@RequestMapping("/api/v1/usage-imports")
@Tag(name = "verdicts")
class UsageImportController {

    private static final String CSV = "text/csv";

    private final ImportedUsage imports;
    private final Trial trial;
    private final MessageSource messages;

    UsageImportController(ImportedUsage imports, Trial trial, MessageSource messages) {
        this.imports = imports;
        this.trial = trial;
        this.messages = messages;
    }

    @Schema(name = "UsageImporter")
    record OfPerson(PersonId id, String name) {}

    /**
     * A file that was taken in.
     *
     * @param digest SHA-256 of the file, in hexadecimal digits
     * @param from the first of its hours
     * @param to the end of the last
     * @param hosts how many have an hour in it
     * @param hours of hosts
     * @param samples of five minutes that count
     * @param quarantined samples over 105 % of the capacity, which do not count
     * @param aside hours of frozen months: they change no figure before a restatement
     */
    @Schema(name = "UsageImport")
    record UsageImportView(
            UUID id,
            String fileName,
            String digest,
            OfPerson importedBy,
            Instant importedAt,
            Instant from,
            Instant to,
            int hosts,
            int hours,
            int samples,
            int quarantined,
            int aside) {

        static UsageImportView of(UsageImport done) {
            return new UsageImportView(
                    done.id(),
                    done.fileName(),
                    done.digest(),
                    new OfPerson(new PersonId(done.by().id()), done.by().name()),
                    done.at(),
                    done.period().from(),
                    done.period().to(),
                    done.taken().hosts(),
                    done.taken().hours(),
                    done.taken().samples(),
                    done.taken().quarantined(),
                    done.taken().aside());
        }
    }

    /** The latest first. */
    @GetMapping
    @Requires(Permission.USAGE_IMPORT)
    Page<UsageImportView> list(PageQuery query) {
        return imports.list(query).map(UsageImportView::of);
    }

    /** The file to fill in, in the caller's language. */
    @GetMapping(path = "/template", produces = CSV)
    @Requires(Permission.USAGE_IMPORT)
    ResponseEntity<byte[]> template(Locale locale) {
        return Attachment.of(
                UsageFiles.template(locale).csv(),
                CSV + ";charset=UTF-8",
                messages.getMessage("usage.template", null, locale));
    }

    /**
     * Takes a CSV file in: all of it or, when anything is wrong, nothing; the problem then lists
     * every fault by row and column. Each row says what a host used in five minutes; an hour that
     * stands in the file replaces what was measured of it before.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     */
    @PutMapping(path = "/{id}", consumes = CSV)
    @Requires(Permission.USAGE_IMPORT)
    @AuditAction(value = "usage.import", target = "usage-import")
    ResponseEntity<UsageImportView> put(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam String fileName,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody byte[] file) {
        String name = name(fileName);
        var samples =
                switch (UsageFiles.read(file)) {
                    case UsageFiles.Content.Samples(var read) -> read;
                    case UsageFiles.Content.Faulty(var faults, int count) ->
                            throw new ImportFaulty(faults, count);
                };
        var outcome =
                trial.run(
                        validateOnly,
                        () -> imports.take(actor, id, name, Digests.sha256(file), samples));
        return switch (outcome) {
            case UsageImported.Taken(var done) ->
                    ResponseEntity.status(validateOnly ? HttpStatus.OK : HttpStatus.CREATED)
                            .body(UsageImportView.of(done));
            case UsageImported.Repeated(var done) -> ResponseEntity.ok(UsageImportView.of(done));
            case UsageImported.Faulty(var faults, int count) ->
                    throw new ImportFaulty(
                            faults.stream().map(UsageImportController::fault).toList(), count);
        };
    }

    private static String name(String fileName) {
        try {
            PlainText.require(fileName, 1, 200);
            return fileName;
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/fileName", "SIZE", 1, 200)));
        }
    }

    private static RegisterFault fault(UsageImported.Fault fault) {
        var code = fault.code();
        return new RegisterFault(
                UsageFiles.TABLE,
                OptionalInt.of(fault.row()),
                Optional.of(
                        switch (code) {
                            case UNKNOWN_HOST -> "host";
                            case MEASURED_ELSEWHERE -> "cluster";
                            case NOT_ALLOCATED, NOT_ENDED, DUPLICATE_SAMPLE -> "time";
                        }),
                code == UsageImported.Code.DUPLICATE_SAMPLE ? "DUPLICATE_IN_FILE" : code.name(),
                code == UsageImported.Code.DUPLICATE_SAMPLE ? List.of(fault.earlier()) : List.of(),
                "");
    }
}
