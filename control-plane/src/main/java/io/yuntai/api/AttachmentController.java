package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.AttachedFile;
import io.yuntai.onboarding.application.AttachedFileId;
import io.yuntai.onboarding.application.Attachments;
import io.yuntai.onboarding.application.FileType;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The files of drafts and applications. */
@RestController
@RequestMapping("/api/v1/applications/{id}/attachments")
@Tag(name = "applications")
class AttachmentController {

    private final Attachments attachments;
    private final Trial trial;

    AttachmentController(Attachments attachments, Trial trial) {
        this.attachments = attachments;
        this.trial = trial;
    }

    /**
     * A file.
     *
     * @param size in bytes
     * @param digest SHA-256
     * @param leftOut whether an earlier revision had it and a later one has not
     */
    record AttachmentView(
            AttachedFileId id,
            String name,
            FileType type,
            int size,
            String digest,
            Application.Participant addedBy,
            Instant addedAt,
            boolean leftOut) {

        static AttachmentView of(AttachedFile file) {
            return new AttachmentView(
                    file.id(),
                    file.name(),
                    file.type(),
                    file.size(),
                    file.digest(),
                    file.addedBy(),
                    file.addedAt(),
                    file.leftOut());
        }
    }

    record AttachmentList(List<AttachmentView> items) {}

    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    AttachmentList list(Account account, @PathVariable ApplicationId id) {
        return new AttachmentList(
                attachments.list(account.actor(), id).stream().map(AttachmentView::of).toList());
    }

    /** Hands out a file to be kept, never to be shown in place: it is a stranger's. */
    @GetMapping("/{file}")
    @Requires(Permission.APPLICATION_READ)
    ResponseEntity<byte[]> download(
            Account account, @PathVariable ApplicationId id, @PathVariable UUID file) {
        var found = attachments.get(account.actor(), id, new AttachedFileId(file));
        return Attachment.of(attachments.content(found), found.type().mediaType(), found.name());
    }

    /**
     * Attaches a file to a draft, as it is; its type is judged by its content.
     *
     * @param name with its ending
     */
    @PutMapping("/{file}")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.attach", target = "application")
    AttachmentView add(
            Account account,
            @PathVariable ApplicationId id,
            @PathVariable UUID file,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody byte[] content) {
        return AttachmentView.of(
                trial.run(
                        validateOnly,
                        () ->
                                attachments.add(
                                        account.actor(),
                                        id,
                                        new AttachedFileId(file),
                                        name,
                                        content,
                                        Digests.sha256(content))));
    }

    @DeleteMapping("/{file}")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.detach", target = "application")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Account account, @PathVariable ApplicationId id, @PathVariable UUID file) {
        attachments.remove(account.actor(), id, new AttachedFileId(file));
    }
}
