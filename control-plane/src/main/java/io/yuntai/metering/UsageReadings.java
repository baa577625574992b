package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Rereading;
import io.yuntai.billing.metering.Rereadings;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has hours read once more, and the audit told of it in the same transaction. */
@Service
public class UsageReadings {

    private final Rereadings rereadings;
    private final BillingAudit audit;

    UsageReadings(Rereadings rereadings, BillingAudit audit) {
        this.rereadings = rereadings;
        this.audit = audit;
    }

    /**
     * A source of measured use.
     *
     * @param readTo every closed hour before it was read; empty: it was never read
     */
    public record Source(String name, Optional<Instant> readTo) {}

    /**
     * Notes that hours are to be read once more; the job that meters reads them.
     *
     * @throws Refused CONFLICT {@code HOURS_NOT_READ}, {@code TOO_MANY_REREADINGS}, {@code
     *     REREADING_EXISTS}; INVALID {@code UNKNOWN_SOURCE}, {@code NOT_WHOLE_HOURS}, {@code
     *     REREADING_TOO_LONG}
     */
    @Transactional
    public Rereading ask(Actor actor, UUID id, String source, Period period) {
        var asked = asRefusals(() -> rereadings.ask(id, source, period, person(actor)));
        audit.done(
                actor,
                "usage.reread",
                "usage-reading/" + id,
                "%s, %s to %s".formatted(source, period.from(), period.to()));
        return asked;
    }

    /** By name. */
    public List<Source> sources() {
        return rereadings.sources().stream()
                .map(name -> new Source(name, rereadings.readTo(name)))
                .toList();
    }

    /** The latest first. */
    public Page<Rereading> list(PageQuery query) {
        var found = rereadings.page(query.offset(), query.limit() + 1);
        return Page.ofOffset(found, query, rereadings.count());
    }
}
