package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.reclaim.Executions;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.reclaim.ReclaimId;
import io.yuntai.onboarding.reclaim.Reclaims;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people say of orders to reclaim: an endpoint for each command of the workflow. */
@RestController
@RequestMapping("/api/v1/reclaims/{id}")
@Tag(name = "reclaims")
class ReclaimCommandController {

    private final Reclaims reclaims;
    private final Executions executions;
    private final ReclaimViews views;

    ReclaimCommandController(Reclaims reclaims, Executions executions, ReclaimViews views) {
        this.reclaims = reclaims;
        this.executions = executions;
        this.views = views;
    }

    /** Has its owner told, who is to answer from then on. */
    @PostMapping("/notices")
    @Requires(Permission.RECLAIM_PROPOSE)
    @AuditAction(value = "reclaim.notice", target = "reclaim")
    ResponseEntity<ReclaimView> notice(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Said body) {
        String note = body.text();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.notice(account.actor(), id, version.asInt(), note));
    }

    /** Agrees, for some hosts or for all. */
    @PostMapping("/consents")
    @Requires(Permission.RECLAIM_CONSENT)
    @AuditAction(value = "reclaim.consent", target = "reclaim")
    ResponseEntity<ReclaimView> consent(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Answer body) {
        var items = body.positions();
        String note = body.text();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.consent(account.actor(), id, version.asInt(), items, note));
    }

    /** Is against it, for some hosts or for all; the note says why. */
    @PostMapping("/appeals")
    @Requires(Permission.RECLAIM_CONSENT)
    @AuditAction(value = "reclaim.appeal", target = "reclaim")
    ResponseEntity<ReclaimView> appeal(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Answer body) {
        var items = body.positions();
        String note = body.reason();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.appeal(account.actor(), id, version.asInt(), items, note));
    }

    /** Decides about an appeal: it is put off. */
    @PostMapping("/extensions")
    @Requires(Permission.RECLAIM_APPROVE)
    @AuditAction(value = "reclaim.extend", target = "reclaim")
    ResponseEntity<ReclaimView> extend(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Extension body) {
        var until = body.day();
        var spared = body.decision().positions();
        String note = body.decision().text();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.extend(account.actor(), id, version.asInt(), until, spared, note));
    }

    /** Decides about an appeal: it stands. */
    @PostMapping("/upholdings")
    @Requires(Permission.RECLAIM_APPROVE)
    @AuditAction(value = "reclaim.uphold", target = "reclaim")
    ResponseEntity<ReclaimView> uphold(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Decision body) {
        var spared = body.positions();
        String note = body.text();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.uphold(account.actor(), id, version.asInt(), spared, note));
    }

    /** The bureau's approval; nothing is done to a host yet. */
    @PostMapping("/approvals")
    @Requires(Permission.RECLAIM_APPROVE)
    @AuditAction(value = "reclaim.approve", target = "reclaim")
    ResponseEntity<ReclaimView> approve(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Said body) {
        String note = body.text();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.approve(account.actor(), id, version.asInt(), note));
    }

    /** The bureau's refusal; the note says why. */
    @PostMapping("/rejections")
    @Requires(Permission.RECLAIM_APPROVE)
    @AuditAction(value = "reclaim.reject", target = "reclaim")
    ResponseEntity<ReclaimView> reject(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Said body) {
        String note = body.required();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.reject(account.actor(), id, version.asInt(), note));
    }

    /** Withdraws it; the note says why. */
    @PostMapping("/cancellations")
    @Requires(Permission.RECLAIM_PROPOSE)
    @AuditAction(value = "reclaim.cancel", target = "reclaim")
    ResponseEntity<ReclaimView> cancel(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Said body) {
        String note = body.required();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.cancel(account.actor(), id, version.asInt(), note));
    }

    /** Leaves what has failed as it is; the note says why. */
    @PostMapping("/abandonments")
    @Requires(Permission.RECLAIM_EXECUTE)
    @AuditAction(value = "reclaim.giveUp", target = "reclaim")
    ResponseEntity<ReclaimView> giveUp(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody ReclaimBodies.Said body) {
        String note = body.required();
        return views.answer(
                account,
                validateOnly,
                () -> reclaims.giveUp(account.actor(), id, version.asInt(), note));
    }

    /** Begins to carry it out; its hosts are dealt with one by one. */
    @PostMapping("/executions")
    @Requires(Permission.RECLAIM_EXECUTE)
    @AuditAction(value = "reclaim.execute", target = "reclaim")
    ResponseEntity<ReclaimView> execute(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return carriedOut(
                account,
                id,
                validateOnly,
                () -> reclaims.execute(account.actor(), id, version.asInt()));
    }

    /** Has what failed tried again, and nothing else. */
    @PostMapping("/retries")
    @Requires(Permission.RECLAIM_EXECUTE)
    @AuditAction(value = "reclaim.retry", target = "reclaim")
    ResponseEntity<ReclaimView> retry(
            Account account,
            @PathVariable ReclaimId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly) {
        return carriedOut(
                account,
                id,
                validateOnly,
                () -> reclaims.retry(account.actor(), id, version.asInt()));
    }

    /** Whoever dies after the step leaves the hosts to the job that goes on with such orders. */
    private ResponseEntity<ReclaimView> carriedOut(
            Account account,
            ReclaimId id,
            boolean validateOnly,
            Supplier<Reclaim.History> command) {
        if (validateOnly) {
            return views.answer(account, true, command);
        }
        var _ = command.get();
        executions.run(id);
        return views.answer(account, reclaims.get(account.actor(), id));
    }
}
