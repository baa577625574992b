package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Deliveries;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people say of deliveries. */
@RestController
@RequestMapping("/api/v1/applications/{id}")
@Tag(name = "applications")
class ApplicationDeliveryController {

    private final Deliveries deliveries;
    private final ApplicationViews views;

    ApplicationDeliveryController(Deliveries deliveries, ApplicationViews views) {
        this.deliveries = deliveries;
        this.views = views;
    }

    /** Tries again what failed. */
    @PostMapping("/retries")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.retry", target = "application")
    ResponseEntity<ApplicationView> retry(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        return views.answer(
                account,
                validateOnly,
                () -> deliveries.retry(account.actor(), id, version.asInt(), note.text()));
    }

    /** Gives up what failed. */
    @PostMapping("/cancellations")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.cancel", target = "application")
    ResponseEntity<ApplicationView> cancel(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = note.required();
        return views.answer(
                account,
                validateOnly,
                () -> deliveries.cancel(account.actor(), id, version.asInt(), reason));
    }

    @PostMapping("/confirmations")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.confirm", target = "application")
    ResponseEntity<ApplicationView> confirm(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return views.answer(
                account,
                validateOnly,
                () -> deliveries.confirm(account.actor(), id, version.asInt()));
    }
}
