package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationFilter;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Applications;
import io.yuntai.onboarding.application.Submission;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/applications")
@Tag(name = "applications")
class ApplicationController {

    private final Applications applications;
    private final ApplicationViews views;
    private final HostCatalogue catalogue;
    private final Trial trial;

    ApplicationController(
            Applications applications,
            ApplicationViews views,
            HostCatalogue catalogue,
            Trial trial) {
        this.catalogue = catalogue;
        this.applications = applications;
        this.views = views;
        this.trial = trial;
    }

    /** Why; may be empty for an approval. */
    record Note(Optional<String> note, Optional<String> reason) {
        static final int LIMIT = 2000;

        String text() {
            String text = note.or(() -> reason).orElse("").strip();
            if (text.length() > LIMIT) {
                throw ApplicationBody.tooLong("/note", LIMIT);
            }
            return text;
        }
    }

    /**
     * Why an approval, and where to.
     *
     * @param cluster one that serves the pool; empty: where the system is already, or where most is
     *     left
     */
    record Approval(Optional<String> note, Optional<ClusterName> cluster) {
        String text() {
            return new Note(note, Optional.empty()).text();
        }
    }

    @PutMapping("/{id}")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.submit", target = "application")
    ResponseEntity<ApplicationView> submit(
            Account account,
            @PathVariable ApplicationId id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ApplicationBody body) {
        var order = body.order(catalogue);
        return switch (trial.run(
                validateOnly, () -> applications.submit(account.actor(), id, order))) {
            case Submission.TooLarge refused -> throw QuotaShort.of(refused);
            case Submission.Accepted(var application, boolean repeated) ->
                    ResponseEntity.status(
                                    repeated || validateOnly ? HttpStatus.OK : HttpStatus.CREATED)
                            .eTag(new Version(application.version()).etag())
                            .body(views.of(account, application));
        };
    }

    @GetMapping
    @Requires(Permission.APPLICATION_READ)
    Page<ApplicationView> list(
            Account account,
            PageQuery query,
            @RequestParam(defaultValue = "") List<Workflow.State> state,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<SystemId> system,
            @RequestParam(defaultValue = "false") boolean mine) {
        var filter =
                new ApplicationFilter(
                        state,
                        unit,
                        system,
                        mine ? Optional.of(account.person()) : Optional.empty());
        return applications
                .list(account.actor(), query, filter)
                .map(application -> views.of(account, application));
    }

    @GetMapping("/{id}")
    @Requires(Permission.APPLICATION_READ)
    ResponseEntity<ApplicationView> get(Account account, @PathVariable ApplicationId id) {
        return answer(account, applications.get(account.actor(), id).application());
    }

    /** How the pool and the path to it stand, now and after this order. */
    @GetMapping("/{id}/outlook")
    @Requires(Permission.OUTLOOK_READ)
    OutlookView outlook(Actor actor, @PathVariable ApplicationId id) {
        return views.outlook(applications.get(actor, id).application());
    }

    @PostMapping("/{id}/approvals")
    @Requires(Permission.APPLICATION_APPROVE)
    @AuditAction(value = "application.approve", target = "application")
    ResponseEntity<ApplicationView> approve(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Approval approval) {
        return command(
                account,
                validateOnly,
                () ->
                        applications.approve(
                                account.actor(),
                                id,
                                version.asInt(),
                                approval.text(),
                                approval.cluster()));
    }

    @PostMapping("/{id}/rejections")
    @Requires(Permission.APPLICATION_APPROVE)
    @AuditAction(value = "application.reject", target = "application")
    ResponseEntity<ApplicationView> reject(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        if (note.text().isEmpty()) {
            throw ApplicationBody.required("/reason");
        }
        return command(
                account,
                validateOnly,
                () -> applications.reject(account.actor(), id, version.asInt(), note.text()));
    }

    @PostMapping("/{id}/withdrawals")
    @Requires(Permission.APPLICATION_WITHDRAW)
    @AuditAction(value = "application.withdraw", target = "application")
    ResponseEntity<ApplicationView> withdraw(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return command(
                account,
                validateOnly,
                () -> applications.withdraw(account.actor(), id, version.asInt()));
    }

    @PostMapping("/{id}/confirmations")
    @Requires(Permission.APPLICATION_CONFIRM)
    @AuditAction(value = "application.confirm", target = "application")
    ResponseEntity<ApplicationView> confirm(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return command(
                account,
                validateOnly,
                () -> applications.confirm(account.actor(), id, version.asInt()));
    }

    private ResponseEntity<ApplicationView> command(
            Account account,
            boolean validateOnly,
            java.util.function.Supplier<Application> command) {
        return answer(account, trial.run(validateOnly, command));
    }

    private ResponseEntity<ApplicationView> answer(Account account, Application application) {
        var history = applications.get(account.actor(), application.id());
        return ResponseEntity.ok()
                .eTag(new Version(application.version()).etag())
                .body(views.of(account, application, history.steps()));
    }
}
