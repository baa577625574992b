package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.audit.AuditLog;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.application.Workflow;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Approves a selection. Each application is judged by itself, in a transaction of its own: one that
 * is refused keeps none of the others back. When the process dies in between, those before are
 * approved; the same selection sent again says STALE_VERSION of them.
 */
@RestController
@RequestMapping("/api/v1/applications/bulk-approvals")
@Tag(name = "applications")
class BulkApprovalController {

    private static final Logger log = LoggerFactory.getLogger(BulkApprovalController.class);
    private static final int MAX_ROWS = 100;

    private final Reviews reviews;
    private final Problems problems;
    private final AuditLog audit;
    private final Clock clock;
    private final Trial trial;

    BulkApprovalController(
            Reviews reviews, Problems problems, AuditLog audit, Clock clock, Trial trial) {
        this.reviews = reviews;
        this.problems = problems;
        this.audit = audit;
        this.clock = clock;
        this.trial = trial;
    }

    /** Which, at which versions, and why; at most {@value #MAX_ROWS}. */
    record BulkSelection(Optional<List<BulkChosen>> items, Optional<String> note) {

        List<BulkChosen> chosen() {
            var chosen = items.orElse(List.of());
            var faults = new ArrayList<Fault>();
            if (chosen.isEmpty()) {
                faults.add(Fault.at("/items", "REQUIRED"));
            } else if (chosen.size() > MAX_ROWS) {
                faults.add(Fault.at("/items", "TOO_MANY", MAX_ROWS));
            }
            var seen = new HashSet<ApplicationId>();
            for (int i = 0; i < Math.min(chosen.size(), MAX_ROWS); i++) {
                var one = chosen.get(i);
                if (one.id().isEmpty() || one.version().isEmpty()) {
                    faults.add(Fault.at("/items/" + i, "REQUIRED"));
                } else if (!seen.add(one.id().get())) {
                    faults.add(Fault.at("/items/" + i + "/id", "TWICE"));
                }
            }
            if (!faults.isEmpty()) {
                throw Refused.invalid("INVALID", faults);
            }
            return chosen;
        }
    }

    record BulkChosen(Optional<ApplicationId> id, Optional<Integer> version) {}

    /**
     * What became of one.
     *
     * @param state that it is in now; empty: it was refused
     */
    record BulkRow(
            ApplicationId id,
            Optional<Workflow.State> state,
            Optional<Integer> version,
            Optional<BulkProblem> problem) {}

    /** Why one was refused; as problems (RFC 9457) say it. */
    record BulkProblem(int status, String code, String title, Optional<String> detail) {}

    /** In the order in which they were sent. */
    record BulkResults(List<BulkRow> items) {}

    @PostMapping
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.approve", target = "application")
    BulkResults approve(
            Account account,
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody BulkSelection selection) {
        var chosen = selection.chosen();
        var approval =
                new Reviews.Approval(
                        Note.text(selection.note(), "/note"), List.of(), Optional.empty());
        return new BulkResults(
                chosen.stream()
                        .map(one -> row(account, request, validateOnly, one, approval))
                        .toList());
    }

    private BulkRow row(
            Account account,
            HttpServletRequest request,
            boolean validateOnly,
            BulkChosen chosen,
            Reviews.Approval approval) {
        var id = chosen.id().orElseThrow();
        int version = chosen.version().orElseThrow();
        try {
            var approved =
                    trial.run(
                            validateOnly,
                            () -> reviews.approve(account.actor(), id, version, approval));
            return new BulkRow(
                    id,
                    Optional.of(approved.state()),
                    Optional.of(approved.version()),
                    Optional.empty());
        } catch (Refused refused) {
            var status = Problems.status(refused);
            if (!validateOnly && RefusedCommands.isAttempt(status)) {
                audit.refused(attempt(account, id, refused.code()));
            }
            return refused(id, status, refused.code(), request);
        } catch (DataAccessException e) {
            // Of this one alone: what was approved before it must be told all the same.
            log.error("could not approve {}", id, e);
            return refused(id, HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL", request);
        }
    }

    private Audited attempt(Account account, ApplicationId id, String code) {
        return new Audited(
                clock.instant(),
                Optional.of(account.actor()),
                "application.approve",
                "application/" + id,
                Audited.Outcome.FAILURE,
                code);
    }

    private BulkRow refused(
            ApplicationId id, HttpStatus status, String code, HttpServletRequest request) {
        var problem = problems.of(status, code, request);
        return new BulkRow(
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new BulkProblem(
                                status.value(),
                                code,
                                Optional.ofNullable(problem.getTitle()).orElse(code),
                                Optional.ofNullable(problem.getDetail()))));
    }
}
