package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.onboarding.reclaim.ReclaimStore.Deadline;
import io.yuntai.onboarding.reclaim.ReclaimWorkflow.State;
import io.yuntai.onboarding.rules.RulesInForce;
import io.yuntai.onboarding.unit.UnitId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What follows from an owner's silence: he is reminded, the bureau is told, his unit is late. No
 * more than that: silence takes no edge of {@link ReclaimWorkflow}.
 */
@Service
public class ReclaimDeadlines {

    private static final Logger LOG = LoggerFactory.getLogger(ReclaimDeadlines.class);

    private final ReclaimStore store;
    private final ReclaimNotices notices;
    private final WorkingCalendars calendars;
    private final RulesInForce rules;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReclaimDeadlines(
            ReclaimStore store,
            ReclaimNotices notices,
            WorkingCalendars calendars,
            RulesInForce rules,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.notices = notices;
        this.calendars = calendars;
        this.rules = rules;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Tells all that is due and was not told, each in a transaction of its own with the note that
     * it was told: killed half-way, the next run does the rest, and two at once tell each once. On
     * a day that is no working day nobody is disturbed.
     *
     * @return how much was told
     */
    public int run() {
        Instant now = clock.instant();
        var calendar = calendars.current();
        if (!calendar.isWorkingDay(now)) {
            return 0;
        }
        int told = 0;
        for (var reclaim :
                store.waiting(now.minus(rules.now().reclaims().remindAfter()), Optional.empty())) {
            if (reclaim.state() != State.NOTICED) {
                continue;
            }
            told += did(reclaim, Deadline.REMIND) ? 1 : 0;
            if (isLate(reclaim, calendar, now)) {
                told += did(reclaim, Deadline.ESCALATE) ? 1 : 0;
            }
        }
        return told;
    }

    private boolean did(Reclaim reclaim, Deadline deadline) {
        try {
            return Boolean.TRUE.equals(
                    transaction.execute(_ -> {
                        var current = store.lock(reclaim.id());
                        if (current.state() != State.NOTICED
                                || !store.note(current.id(), deadline, clock.instant())) {
                            return false;
                        }
                        switch (deadline) {
                            case REMIND ->
                                    notices.remind(current, rules.now().reclaims().remindAfter());
                            case ESCALATE -> notices.escalate(current);
                        }
                        return true;
                    }));
        } catch (RuntimeException e) {
            LOG.warn("{} of {} is tried again", deadline, reclaim.number(), e);
            return false;
        }
    }

    /**
     * Whether a unit is late: it has not answered in time, or has not given back within the delay
     * that it was given.
     */
    @Transactional(readOnly = true)
    public boolean isOverdue(UnitId unit, Instant now) {
        var calendar = calendars.current();
        return store.waiting(now, Optional.of(unit)).stream()
                .anyMatch(reclaim -> isLate(reclaim, calendar, now));
    }

    private boolean isLate(Reclaim reclaim, WorkingCalendar calendar, Instant now) {
        if (reclaim.state() == State.EXTENDED) {
            var today = LocalDate.ofInstant(now, WorkingCalendar.ZONE);
            return reclaim.extendedUntil().filter(today::isAfter).isPresent();
        }
        return reclaim.noticedAt()
                .filter(at ->
                        !now.isBefore(at)
                                && calendar.workingDaysBetween(at, now)
                                        >= rules.now().reclaims().answerWithin())
                .isPresent();
    }
}
