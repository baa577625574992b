package io.yuntai.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.FileContent;
import io.yuntai.api.spreadsheet.FindingFiles;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.adoption.AdoptionId;
import io.yuntai.onboarding.adoption.AdoptionOutcome;
import io.yuntai.onboarding.adoption.Adoptions;
import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
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

/** Taking over what runs already, by the findings' file as somebody has filled it in. */
@RestController
@RequestMapping("/api/v1/adoptions")
@Tag(name = "clusters")
class AdoptionController {

    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String CSV = "text/csv";

    private final Adoptions adoptions;

    AdoptionController(Adoptions adoptions) {
        this.adoptions = adoptions;
    }

    /**
     * Takes over every namespace that the file names a system for, with all in it; or, when
     * anything is wrong, none: the problem then lists every fault by row and column. Nothing is
     * restarted. What runs is charged even where there is no room for it, which is a debt. With
     * {@code validateOnly} the answer says what would be charged and owed.
     *
     * @param id made by the caller; the same id with the same file gives the first answer again
     */
    @PutMapping(
            path = "/{id}",
            consumes = {XLSX, CSV})
    @Requires(Permission.ADOPT)
    @AuditAction(value = "adoption.adopt", target = "adoption")
    ResponseEntity<AdoptionView> put(
            Actor actor,
            @PathVariable AdoptionId id,
            @RequestParam String fileName,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @Parameter(hidden = true) @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody byte[] file) {
        var content =
                type.isCompatibleWith(MediaType.valueOf(XLSX))
                        ? FindingFiles.readXlsx(file)
                        : FindingFiles.readCsv(file);
        var table =
                switch (content) {
                    case FileContent.Tables(var read) -> read.getFirst();
                    case FileContent.Unreadable(var fault) -> throw faulty(List.of(fault), 1);
                };
        var outcome =
                adoptions.adopt(actor, id, fileName, Digests.sha256(file), table, validateOnly);
        return switch (outcome) {
            case AdoptionOutcome.Adopted(var done) ->
                    ResponseEntity.status(validateOnly ? HttpStatus.OK : HttpStatus.CREATED)
                            .body(AdoptionView.of(done));
            case AdoptionOutcome.Repeated(var done) -> ResponseEntity.ok(AdoptionView.of(done));
            case AdoptionOutcome.Faulty(var faults, int count) -> throw faulty(faults, count);
        };
    }

    private static ImportFaulty faulty(List<RegisterFault> faults, int count) {
        var locale = LocaleContextHolder.getLocale();
        return new ImportFaulty(
                faults.stream().map(fault -> FindingFiles.named(fault, locale)).toList(), count);
    }

    /** Of the latest first; {@code q} finds file names. */
    @GetMapping
    @Requires(Permission.CLUSTER_READ)
    Page<AdoptionView> list(PageQuery query) {
        return adoptions.list(query).map(AdoptionView::of);
    }

    @GetMapping("/{id}")
    @Requires(Permission.CLUSTER_READ)
    AdoptionView get(@PathVariable AdoptionId id) {
        return AdoptionView.of(adoptions.get(id));
    }
}
