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
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.kubernetes.ResourceTable;
import io.yuntai.onboarding.region.PoolId;
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
    private final ResourceTable table;
    private final Hosts hosts;
    private final Trial trial;

    ApplicationController(
            Applications applications,
            ApplicationViews views,
            HostCatalogue catalogue,
            ResourceTable table,
            Hosts hosts,
            Trial trial) {
        this.table = table;
        this.catalogue = catalogue;
        this.hosts = hosts;
        this.applications = applications;
        this.views = views;
        this.trial = trial;
    }

    /**
     * What one revision has asked for.
     *
     * @param head beside its items; empty of one that was overwritten before that was kept
     */
    record RevisionView(
            int revision, List<ApplicationBody.ItemBody> items, Optional<RevisionHead> head) {

        static RevisionView of(Application.Revision one) {
            return new RevisionView(
                    one.number(),
                    one.items().stream().map(ApplicationBody.ItemBody::of).toList(),
                    one.head()
                            .map(head ->
                                    new RevisionHead(
                                            new ApplicationView.OfSystem(
                                                    head.system(),
                                                    head.systemCode(),
                                                    head.systemName()),
                                            head.pool(),
                                            head.purpose(),
                                            head.termMonths(),
                                            Texts.filled(head.expectedLoad()))));
        }
    }

    /** {@code pool} is as it was called then. */
    record RevisionHead(
            ApplicationView.OfSystem system,
            PoolId pool,
            String purpose,
            Optional<Integer> termMonths,
            Optional<String> expectedLoad) {}

    record RevisionList(List<RevisionView> items) {}

    record SimilarList(List<ApplicationView> items) {}

    @PutMapping("/{id}")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.submit", target = "application")
    ResponseEntity<ApplicationView> submit(
            Account account,
            @PathVariable ApplicationId id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ApplicationBody body) {
        var order = body.order(catalogue, table, host -> hosts.seen(account.actor(), host));
        return switch (trial.run(
                validateOnly, () -> applications.submit(account.actor(), id, order))) {
            case Submission.TooLarge refused -> throw QuotaShort.of(refused, validateOnly);
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
                        mine ? Optional.of(account.person()) : Optional.empty(),
                        Optional.empty());
        return views.page(applications.list(account.taker(), query, filter));
    }

    /** What waits for the caller. */
    @GetMapping("/inbox")
    @Requires(Permission.APPLICATION_READ)
    Page<ApplicationView> inbox(Account account, PageQuery query) {
        return views.page(applications.inbox(account.taker(), query));
    }

    @GetMapping("/{id}")
    @Requires(Permission.APPLICATION_READ)
    ResponseEntity<ApplicationView> get(Account account, @PathVariable ApplicationId id) {
        return views.answer(account, applications.get(account.actor(), id).application());
    }

    /**
     * How the pool and the path to it stand, now and after this order.
     *
     * @param cut what a review might leave of it, an item each: {@code
     *     position:count:vcpu:memoryGib:storageGib}, then {@code :resource=amount} for each extra
     *     that is left, or {@code :-} for none of them; none: as it is
     */
    @GetMapping("/{id}/outlook")
    @Requires(Permission.OUTLOOK_READ)
    OutlookView outlook(
            Actor actor,
            @PathVariable ApplicationId id,
            @RequestParam(defaultValue = "") List<String> cut) {
        return views.outlook(
                applications.get(actor, id).application(),
                applications.lowered(actor, id, CutTexts.read(cut)));
    }

    /** What each revision has asked for, the first first; what a review has cut is none of it. */
    @GetMapping("/{id}/revisions")
    @Requires(Permission.APPLICATION_READ)
    RevisionList revisions(Account account, @PathVariable ApplicationId id) {
        return new RevisionList(
                applications.revisions(account.actor(), id).stream()
                        .map(RevisionView::of)
                        .toList());
    }

    /** What was decided about similar ones within twelve months. */
    @GetMapping("/{id}/similar")
    @Requires(Permission.OUTLOOK_READ)
    SimilarList similar(Account account, @PathVariable ApplicationId id) {
        return new SimilarList(views.list(account, applications.similar(account.actor(), id)));
    }

    /** Hands in again what was returned. */
    @PostMapping("/{id}/submissions")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.submit", target = "application")
    ResponseEntity<ApplicationView> resubmit(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ApplicationBody body) {
        var order = body.order(catalogue, table, host -> hosts.seen(account.actor(), host));
        return views.answer(
                account,
                validateOnly,
                () ->
                        switch (applications.resubmit(
                                account.actor(), id, version.asInt(), order)) {
                            case Submission.TooLarge refused ->
                                    throw QuotaShort.of(refused, validateOnly);
                            case Submission.Accepted(var application, _) -> application;
                        });
    }
}
