package io.yuntai.audit;

import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import java.util.Objects;
import java.util.Set;
import org.slf4j.MDC;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The trail of who did what. What is in it stays as it is. */
@Service
public class AuditLog {

    private static final int DETAIL = 1000;

    private final AuditStore store;

    AuditLog(AuditStore store) {
        this.store = store;
    }

    /** Writes the row inside the deed's own transaction: neither is there without the other. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(Audited deed) {
        insert(deed);
    }

    /** Writes what was refused, and so has no transaction to stand in. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void refused(Audited attempt) {
        insert(attempt);
    }

    private void insert(Audited deed) {
        String detail = deed.detail();
        int end =
                detail.offsetByCodePoints(
                        0, Math.min(DETAIL, detail.codePointCount(0, detail.length())));
        store.insert(
                deed,
                detail.substring(0, end),
                Objects.requireNonNullElse(MDC.get("requestId"), ""));
    }

    /**
     * A page of the audit, the latest first; {@code q} finds actors, actions, targets and details.
     *
     * @throws io.yuntai.onboarding.Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<AuditEntry> list(PageQuery query) {
        var _ = query.sortOr(Sort.of("-at"), Set.of("at"));
        return Page.of(
                store.page(query),
                query,
                store.count(query),
                entry -> Cursor.offset(entry.number()));
    }
}
