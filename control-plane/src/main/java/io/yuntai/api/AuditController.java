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

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A row of the audit.
     *
     * @param actor empty: the control plane itself
     */
    record AuditView(
            Instant at,
            Optional<AuditEntry.Person> actor,
            String action,
            String target,
            Audited.Outcome outcome,
            String detail) {

        static AuditView of(AuditEntry entry) {
            return new AuditView(
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.target(),
                    entry.outcome(),
                    entry.detail());
        }
    }

    @GetMapping("/api/v1/audit")
    @Requires(Permission.AUDIT_READ)
    Page<AuditView> list(PageQuery query) {
        return audit.list(query).map(AuditView::of);
    }
}
