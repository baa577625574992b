package io.yuntai.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.FileContent;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.RegisterFiles;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.register.ImportId;
import io.yuntai.onboarding.register.ImportOutcome;
import io.yuntai.onboarding.register.RegisterImport;
import io.yuntai.onboarding.register.Registers;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
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

@RestController
@RequestMapping("/api/v1/imports")
@Tag(name = "register")
class ImportController {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String ZIP = "application/zip";

    private final Registers registers;
    private final MessageSource messages;

    ImportController(Registers registers, MessageSource messages) {
        this.registers = registers;
        this.messages = messages;
    }

    record OfPerson(PersonId id, String name) {}

    /** An import that took place; {@code counts} says how many of each were added. */
    record ImportView(
            ImportId id,
            String fileName,
            OfPerson importedBy,
            Instant importedAt,
            RegisterImport.Counts counts) {

        static ImportView of(RegisterImport done) {
            return new ImportView(
                    done.id(),
                    done.fileName(),
                    new OfPerson(done.importedBy(), done.importerName()),
                    done.importedAt(),
                    done.counts());
        }
    }

    /**
     * Imports a workbook, or a zip of CSV files: all of it or, when anything is wrong, nothing. The
     * problem then lists every fault by table, row and column.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     */
    @PutMapping(
            path = "/{id}",
            consumes = {XLSX, ZIP})
    @Requires(Permission.REGISTER_IMPORT)
    @AuditAction(value = "register.import", target = "import")
    ResponseEntity<ImportView> put(
            Actor actor,
            @PathVariable ImportId id,
            @RequestParam String fileName,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody byte[] file) {
        var format = type.isCompatibleWith(MediaType.valueOf(XLSX)) ? Format.XLSX : Format.CSV;
        var tables =
                switch (RegisterFiles.read(format, file)) {
                    case FileContent.Tables(var read) -> read;
                    case FileContent.Unreadable(var fault) ->
                            throw new ImportFaulty(List.of(fault), 1);
                };
        var outcome =
                registers.importRegister(
                        actor, id, fileName, Digests.sha256(file), tables, validateOnly);
        return switch (outcome) {
            case ImportOutcome.Imported(var done) ->
                    ResponseEntity.status(validateOnly ? HttpStatus.OK : HttpStatus.CREATED)
                            .body(ImportView.of(done));
            case ImportOutcome.Repeated(var done) -> ResponseEntity.ok(ImportView.of(done));
            case ImportOutcome.Faulty(var faults, int count) ->
                    throw new ImportFaulty(faults, count);
        };
    }

    @GetMapping
    @Requires(Permission.REGISTER_IMPORT)
    Page<ImportView> list(PageQuery query) {
        return registers.list(query).map(ImportView::of);
    }

    /** The file to fill in, in the caller's language. */
    @GetMapping(
            path = "/template",
            produces = {XLSX, ZIP})
    @Requires(Permission.REGISTER_IMPORT)
    ResponseEntity<byte[]> template(@RequestParam(defaultValue = "xlsx") String format) {
        var wanted =
                Arrays.stream(Format.values())
                        .filter(one -> one.name().equalsIgnoreCase(format))
                        .findFirst()
                        .orElseThrow(() ->
                                Refused.invalid(
                                        "INVALID", List.of(Fault.at("/format", "NOT_READABLE"))));
        var locale = LocaleContextHolder.getLocale();
        String name =
                messages.getMessage("register.template", null, locale) + "." + wanted.extension();
        return Attachment.of(RegisterFiles.template(wanted, locale), wanted.mediaType(), name);
    }
}
