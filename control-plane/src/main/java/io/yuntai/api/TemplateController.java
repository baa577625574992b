package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.Template;
import io.yuntai.onboarding.application.TemplateId;
import io.yuntai.onboarding.application.Templates;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What applications can begin with. */
@RestController
@RequestMapping("/api/v1/templates")
@Tag(name = "applications")
class TemplateController {

    private final Templates templates;
    private final Trial trial;
    private final JsonMapper json;

    TemplateController(Templates templates, Trial trial, JsonMapper json) {
        this.templates = templates;
        this.trial = trial;
        this.json = json;
    }

    /**
     * A template.
     *
     * @param everybody whether it is for every unit
     * @param content of a form, as a draft has it
     * @param mine whether this caller may change it
     */
    record TemplateView(
            TemplateId id,
            int version,
            boolean everybody,
            boolean mine,
            String name,
            JsonNode content,
            Application.Participant savedBy,
            Instant savedAt) {}

    record TemplateList(List<TemplateView> items) {}

    record TemplateBody(Optional<String> name, Optional<JsonNode> content) {}

    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    TemplateList list(Account account) {
        return new TemplateList(
                templates.list(account.actor()).stream().map(one -> view(account, one)).toList());
    }

    @GetMapping("/{id}")
    @Requires(Permission.APPLICATION_READ)
    ResponseEntity<TemplateView> get(Account account, @PathVariable UUID id) {
        return answer(account, templates.get(account.actor(), new TemplateId(id)));
    }

    /** Saves; without {@code If-Match} it is a new one. */
    @PutMapping("/{id}")
    @Requires(Permission.TEMPLATE_EDIT)
    @AuditAction(value = "template.save", target = "template")
    ResponseEntity<TemplateView> save(
            Account account,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) Optional<String> base,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody TemplateBody body) {
        int version = Version.orNew(base);
        String content = DraftController.content(body.content(), "/content");
        return trial.run(
                validateOnly,
                () ->
                        answer(
                                account,
                                templates.save(
                                        account.actor(),
                                        new TemplateId(id),
                                        version,
                                        body.name().orElse(""),
                                        content)));
    }

    @DeleteMapping("/{id}")
    @Requires(Permission.TEMPLATE_EDIT)
    @AuditAction(value = "template.discard", target = "template")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(Account account, @PathVariable UUID id) {
        templates.discard(account.actor(), new TemplateId(id));
    }

    private ResponseEntity<TemplateView> answer(Account account, Template template) {
        return ResponseEntity.ok()
                .eTag(new Version(template.version()).etag())
                .body(view(account, template));
    }

    private TemplateView view(Account account, Template template) {
        return new TemplateView(
                template.id(),
                template.version(),
                template.unit().isEmpty(),
                account.may(Permission.TEMPLATE_EDIT)
                        && template.unit().equals(account.unit().map(Account.OwnUnit::id)),
                template.name(),
                json.readTree(template.content()),
                template.savedBy(),
                template.savedAt());
    }
}
