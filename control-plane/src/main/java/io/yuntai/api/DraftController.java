package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Draft;
import io.yuntai.onboarding.application.Drafts;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people of a unit are writing, kept while they type. */
@RestController
@RequestMapping("/api/v1/drafts")
@Tag(name = "applications")
class DraftController {

    private final Drafts drafts;
    private final JsonMapper json;

    DraftController(Drafts drafts, JsonMapper json) {
        this.drafts = drafts;
        this.json = json;
    }

    /**
     * A draft.
     *
     * @param content what the console has typed, as it was
     * @param revises the number of the application that it changes
     */
    record DraftView(
            ApplicationId id,
            int version,
            JsonNode content,
            Application.Participant savedBy,
            Instant savedAt,
            Optional<String> revises) {}

    record DraftList(List<DraftView> items) {}

    @GetMapping
    @Requires(Permission.APPLICATION_SUBMIT)
    DraftList list(Account account) {
        return new DraftList(drafts.list(account.actor()).stream().map(this::view).toList());
    }

    @GetMapping("/{id}")
    @Requires(Permission.APPLICATION_SUBMIT)
    ResponseEntity<DraftView> get(Account account, @PathVariable ApplicationId id) {
        return answer(drafts.get(account.actor(), id));
    }

    /** Saves; without {@code If-Match} it is a new one. */
    @PutMapping("/{id}")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.draft", target = "application")
    ResponseEntity<DraftView> save(
            Account account,
            @PathVariable ApplicationId id,
            @RequestHeader(name = "If-Match", required = false) Optional<String> base,
            @RequestBody JsonNode content) {
        String text = content(Optional.of(content), "");
        return answer(drafts.save(account.actor(), id, Version.orNew(base), text));
    }

    /** A form as it was typed: an object, and not too large. */
    static String content(Optional<JsonNode> content, String pointer) {
        String text = content.filter(JsonNode::isObject).map(JsonNode::toString).orElse("");
        if (text.isEmpty() || !isKeepable(content.orElseThrow())) {
            throw Refused.invalid("INVALID", List.of(Fault.at(pointer, "NOT_READABLE")));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > Draft.MAX_BYTES) {
            throw Refused.invalid(
                    "INVALID", List.of(Fault.at(pointer, "TOO_LONG", Draft.MAX_BYTES)));
        }
        return text;
    }

    private static boolean isKeepable(JsonNode node) {
        return node.isString()
                ? DomainJson.isKeepable(node.stringValue())
                : node.propertyNames().stream().allMatch(DomainJson::isKeepable)
                        && node.valueStream().allMatch(DraftController::isKeepable);
    }

    @DeleteMapping("/{id}")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.discard", target = "application")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(Account account, @PathVariable ApplicationId id) {
        drafts.discard(account.actor(), id);
    }

    private ResponseEntity<DraftView> answer(Draft draft) {
        return ResponseEntity.ok().eTag(new Version(draft.version()).etag()).body(view(draft));
    }

    private DraftView view(Draft draft) {
        return new DraftView(
                draft.id(),
                draft.version(),
                json.readTree(draft.content()),
                draft.savedBy(),
                draft.savedAt(),
                draft.revises());
    }
}
