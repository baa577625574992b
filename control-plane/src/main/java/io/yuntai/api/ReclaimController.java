package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.reclaim.ReclaimFilter;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders to reclaim what is idle and to shrink what is too large. */
@RestController
@RequestMapping("/api/v1/reclaims")
@Tag(name = "reclaims")
class ReclaimController {

    private final Reclaims reclaims;
    private final ReclaimViews views;
    private final ReclaimSheet sheet;
    private final SheetFiles files;
    private final Trial trial;

    ReclaimController(
            Reclaims reclaims,
            ReclaimViews views,
            ReclaimSheet sheet,
            SheetFiles files,
            Trial trial) {
        this.reclaims = reclaims;
        this.views = views;
        this.sheet = sheet;
        this.files = files;
        this.trial = trial;
    }

    /** The latest first; {@code q} finds units, reasons and hosts. */
    @GetMapping
    @Requires(Permission.RECLAIM_READ)
    Page<ReclaimView> list(
            Account account,
            PageQuery query,
            @RequestParam(defaultValue = "") List<ReclaimWorkflow.State> state,
            @RequestParam Optional<UnitId> unit) {
        return views.page(
                account, reclaims.list(account.actor(), query, new ReclaimFilter(state, unit)));
    }

    /** The same as one flat table, a host a line, in the caller's language. */
    @GetMapping("/export")
    @Requires(Permission.RECLAIM_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            PageQuery query,
            @RequestParam(defaultValue = "") List<ReclaimWorkflow.State> state,
            @RequestParam Optional<UnitId> unit,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var filter = new ReclaimFilter(state, unit);
        return files.answer(
                "reclaim", format, locale, words -> sheet.of(actor, query, filter, words));
    }

    @GetMapping("/{id}")
    @Requires(Permission.RECLAIM_READ)
    ResponseEntity<ReclaimView> get(Account account, @PathVariable ReclaimId id) {
        return views.answer(account, reclaims.get(account.actor(), id));
    }

    /**
     * Draws one up from what is said of hosts now; the same id is taken once. With {@code
     * validateOnly} it says what would be in it, and what not and why.
     */
    @PutMapping("/{id}")
    @Requires(Permission.RECLAIM_PROPOSE)
    @AuditAction(value = "reclaim.propose", target = "reclaim")
    ResponseEntity<ReclaimView> propose(
            Account account,
            @PathVariable ReclaimId id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Proposed body) {
        var proposal = body.proposal();
        return views.answer(
                account,
                trial.run(validateOnly, () -> reclaims.propose(account.actor(), id, proposal)));
    }
}
