package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Readings;
import io.yuntai.billing.ranking.RankedMonth;
import io.yuntai.billing.ranking.Rankings;
import io.yuntai.billing.report.Report;
import io.yuntai.billing.report.Reports;
import io.yuntai.billing.report.Restatement;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Refused;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Has months frozen and restated, and the audit told of it in the same transaction. */
@Service
public class MonthReports {

    private static final Logger LOG = LoggerFactory.getLogger(MonthReports.class);

    private final Reports reports;
    private final Rankings rankings;
    private final Readings readings;
    private final FreezingDays days;
    private final BillingAudit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    MonthReports(
            Reports reports,
            Rankings rankings,
            Readings readings,
            FreezingDays days,
            BillingAudit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.reports = reports;
        this.rankings = rankings;
        this.readings = readings;
        this.days = days;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The day on which a month is to be frozen, the third working day of the next one. */
    public LocalDate freezingDay(YearMonth month) {
        return days.of(month);
    }

    /**
     * Whether that day is counted by weekdays alone, for its year's calendar was not imported: then
     * only somebody freezes the month by hand, for it cannot be taken back.
     */
    public boolean lacksCalendar(YearMonth month) {
        return !days.isCertain(month);
    }

    /**
     * Freezes a month by hand, also one that was not read to its end.
     *
     * @throws Refused CONFLICT {@code MONTH_NOT_ENDED}, {@code MONTH_NOT_DUE}, {@code
     *     MONTH_FROZEN}, {@code REPORT_KEY_MISSING}
     */
    @Transactional
    public Report freeze(Actor actor, YearMonth month) {
        if (month.isBefore(Period.monthOf(clock.instant()))
                && !days.isDue(month, clock.instant())) {
            throw Refused.conflict("MONTH_NOT_DUE");
        }
        var report = asRefusals(() -> reports.freeze(month));
        audit(Optional.of(actor), "report.freeze", report);
        return report;
    }

    /**
     * Freezes each month that has a ranking and whose day has come, the earliest first, one
     * transaction a month: killed half-way, the next call does the rest, and called twice each is
     * frozen once. A month that is not read to its end waits, and so does one whose day is not
     * certain for want of a calendar; somebody may freeze it by hand.
     *
     * @return what was published now
     */
    public List<Report> freezeDue() {
        if (reports.publicKey().isEmpty()) {
            LOG.warn("no month is frozen: no key for reports is configured");
            return List.of();
        }
        return rankings.months().stream()
                .filter(ranked -> ranked.version().isEmpty())
                .map(RankedMonth::month)
                .sorted(Comparator.naturalOrder())
                .filter(month -> days.isDue(month, clock.instant()))
                .filter(this::isCertain)
                .filter(this::isReadToItsEnd)
                .map(month ->
                        transaction.execute(_ -> {
                            var report = reports.freeze(month);
                            audit(Optional.empty(), "report.freeze", report);
                            return report;
                        }))
                .toList();
    }

    private boolean isCertain(YearMonth month) {
        boolean certain = days.isCertain(month);
        if (!certain) {
            LOG.warn(
                    "{} is not frozen yet: the calendar of {} was not imported",
                    month,
                    freezingDay(month).getYear());
        }
        return certain;
    }

    private boolean isReadToItsEnd(YearMonth month) {
        boolean read = readings.areReadUpTo(Period.of(month).to());
        if (!read) {
            LOG.warn("{} is not frozen yet: not every source was read to its end", month);
        }
        return read;
    }

    /**
     * Asks for another version.
     *
     * @throws Refused CONFLICT {@code MONTH_NOT_FROZEN}, {@code RESTATEMENT_OPEN}; INVALID {@code
     *     BAD_REASON}
     */
    @Transactional
    public Restatement request(Actor actor, UUID id, YearMonth month, String reason) {
        var restatement = asRefusals(() -> reports.request(id, month, reason, person(actor)));
        audit.done(actor, "report.restate", "report/" + month, restatement.reason());
        return restatement;
    }

    /**
     * Publishes it.
     *
     * @throws Refused NOT_FOUND {@code RESTATEMENT_NOT_FOUND}; FORBIDDEN {@code SAME_PERSON};
     *     CONFLICT {@code RESTATEMENT_DECIDED}, {@code REPORT_KEY_MISSING}
     */
    @Transactional
    public Report approve(Actor actor, UUID id) {
        var report = asRefusals(() -> reports.approve(id, person(actor)));
        audit(Optional.of(actor), "report.approve", report);
        return report;
    }

    /**
     * Leaves everything as it is.
     *
     * @throws Refused as {@link #approve} does
     */
    @Transactional
    public Restatement reject(Actor actor, UUID id) {
        var restatement = asRefusals(() -> reports.reject(id, person(actor)));
        audit.done(actor, "report.reject", "report/" + restatement.month(), "");
        return restatement;
    }

    private void audit(Optional<Actor> actor, String action, Report report) {
        audit.done(
                actor,
                action,
                "report/" + report.month(),
                "version %d, SM3 %s".formatted(report.version(), report.digest()));
    }
}
