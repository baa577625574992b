package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditEntry;
import io.yuntai.audit.AuditLog;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "audit")
class AuditController {

    private final AuditLog audit;

    private final Problems problems;

    AuditController(AuditLog audit, Problems problems) {
        this.audit = audit;
        this.problems = problems;
    }

    /**
     * A row of the audit.
     *
     * @param actor empty: the control plane itself
     * @param refusal what the detail says in the reader's language, where it is the code of a
     *     refusal
     */
    record AuditView(
            Instant at,
            Optional<AuditEntry.Person> actor,
            String action,
            String target,
            Audited.Outcome outcome,
            String detail,
            Optional<String> refusal) {}

    @GetMapping("/api/v1/audit")
    @Requires(Permission.AUDIT_READ)
    Page<AuditView> list(PageQuery query) {
        return audit.list(query).map(this::view);
    }

    private AuditView view(AuditEntry entry) {
        return new AuditView(
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.outcome(),
                entry.detail(),
                entry.outcome() == Audited.Outcome.FAILURE
                        ? problems.words(entry.detail())
                        : Optional.empty());
    }
}
