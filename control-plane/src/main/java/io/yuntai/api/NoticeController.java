package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.notice.NoticeFilter;
import io.yuntai.notice.NoticeId;
import io.yuntai.notice.NoticeSettings;
import io.yuntai.notice.NoticeTexts;
import io.yuntai.notice.Notices;
import io.yuntai.notice.ToldNotice;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.security.NoPermission;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the caller was told. Nobody sees another's. */
@RestController
@RequestMapping("/api/v1/notices")
@Tag(name = "notices")
class NoticeController {

    private static final String OWN = "everybody reads what he was told himself";

    private final Notices notices;
    private final NoticeTexts texts;
    private final Trial trial;

    NoticeController(Notices notices, NoticeTexts texts, Trial trial) {
        this.notices = notices;
        this.texts = texts;
        this.trial = trial;
    }

    /**
     * A notice, in the caller's language.
     *
     * @param link the page of the console that it is about
     */
    @Schema(name = "Notice")
    record NoticeView(
            NoticeId id,
            Notice.Kind kind,
            String title,
            String text,
            String link,
            Instant at,
            Optional<Instant> readAt) {}

    /** How much the caller has not read. */
    record UnreadView(long count) {}

    /** Everything that was told by then; what comes meanwhile stays unread. */
    record ReadBody(@NotNull Instant until) {}

    /** How the caller wants to be told; an empty address is the one of the register. */
    @Schema(name = "NoticeSettings")
    record SettingsBody(
            boolean mail, @NotNull String email, @NotNull NoticeSettings.Language language) {}

    /** The latest first; {@code q} finds what it is about. */
    @GetMapping
    @NoPermission(OWN)
    Page<NoticeView> list(
            Actor actor,
            PageQuery query,
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam Optional<Notice.Kind> kind,
            Locale locale) {
        return notices.list(actor.person(), query, new NoticeFilter(unread, kind))
                .map(one -> view(one, locale));
    }

    private NoticeView view(ToldNotice one, Locale locale) {
        return new NoticeView(
                one.id(),
                one.kind(),
                texts.title(one.kind(), one.parameters(), locale),
                texts.text(one.kind(), one.parameters(), locale),
                one.link(),
                one.at(),
                one.readAt());
    }

    @GetMapping("/unread")
    @NoPermission(OWN)
    UnreadView unread(Actor actor) {
        return new UnreadView(notices.unread(actor.person()));
    }

    /** Marks one as read; again changes nothing. */
    @PutMapping("/{id}/read")
    @NoPermission(OWN)
    @AuditAction(value = "notice.read", target = "notice")
    UnreadView read(
            Actor actor,
            @PathVariable NoticeId id,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return trial.run(
                validateOnly,
                () -> {
                    notices.read(actor.person(), id);
                    return unread(actor);
                });
    }

    /** Marks everything as read that was told by a moment. */
    @PutMapping("/read")
    @NoPermission(OWN)
    @AuditAction(value = "notice.read", target = "notice")
    UnreadView readAll(
            Actor actor,
            @Valid @RequestBody ReadBody body,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return trial.run(
                validateOnly,
                () -> {
                    var _ = notices.readAll(actor.person(), body.until());
                    return unread(actor);
                });
    }

    @GetMapping("/settings")
    @NoPermission(OWN)
    SettingsBody settings(Actor actor) {
        return body(notices.settings(actor.person()));
    }

    /** Changes how the caller is told. */
    @PutMapping("/settings")
    @NoPermission(OWN)
    @AuditAction(value = "notice.settings", target = "person")
    SettingsBody change(
            Actor actor,
            @Valid @RequestBody SettingsBody body,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        if (!body.email().isEmpty() && !NoticeSettings.isAddress(body.email())) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/email", "NOT_AN_ADDRESS")));
        }
        var settings = new NoticeSettings(body.mail(), body.email(), body.language());
        return trial.run(
                validateOnly,
                () -> {
                    notices.change(actor, settings);
                    return body(settings);
                });
    }

    private static SettingsBody body(NoticeSettings settings) {
        return new SettingsBody(settings.mail(), settings.email(), settings.language());
    }
}
