package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.Notice.To;
import io.yuntai.onboarding.application.DeadlineStore.Noted;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.onboarding.rules.RulesInForce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has nobody forget an application: whoever has to act is reminded, whoever stands above is told,
 * and a delivery that nobody confirms is deemed confirmed. Counted by working days of the calendar
 * of the day, from when the application came to where it is.
 */
@Service
public class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int AT_ONCE = 500;

    /** No working day is over sooner than that after something began. */
    private static final Duration SOONEST = Duration.ofDays(1);

    private final DeadlineStore store;
    private final ApplicationStore applications;
    private final Deliveries deliveries;
    private final Steps steps;
    private final ApplicationNotices notices;
    private final WorkingCalendars calendars;
    private final RulesInForce rules;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Deadlines(
            DeadlineStore store,
            ApplicationStore applications,
            Deliveries deliveries,
            Steps steps,
            ApplicationNotices notices,
            WorkingCalendars calendars,
            RulesInForce rules,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.applications = applications;
        this.deliveries = deliveries;
        this.steps = steps;
        this.notices = notices;
        this.calendars = calendars;
        this.rules = rules;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Does all that is due and was not done, each in a transaction of its own with the note that it
     * is done: one that dies half-way, or comes late, leaves the rest to the next, and two at once
     * do each once. On a day that is no working day nobody is disturbed; what nobody decides about
     * comes to its end on any.
     *
     * @return how much was done
     */
    public int run() {
        Instant now = clock.instant();
        int done = expire(now);
        var calendar = calendars.current();
        if (!calendar.isWorkingDay(now)) {
            return done;
        }
        calendar.due(now).forEach(year -> tellOfCalendar(year, now));
        var deadlines = rules.now().deadlines();
        Optional<ApplicationId> last = Optional.empty();
        List<Application> page;
        do {
            page = store.standing(now.minus(SOONEST), last, AT_ONCE);
            var noted = store.noted(page.stream().map(Application::id).toList());
            var waits = notices.waits(page);
            for (var application : page) {
                var wait = waits.getOrDefault(application.id(), List.of());
                for (var due : Deadline.due(application, wait, calendar, now, deadlines)) {
                    var note = new Noted(application.id(), due.version(), due.deadline());
                    if (!noted.contains(note) && did(application, due, note, calendar, now)) {
                        done++;
                    }
                }
                last = Optional.of(application.id());
            }
        } while (page.size() == AT_ONCE);
        return done;
    }

    /**
     * What holds quota expires with its lock; an order of renewals or returns, which holds none,
     * after the same time.
     */
    private int expire(Instant now) {
        int done = 0;
        for (var application :
                store.holdingNothing(now.minus(rules.now().applications().lock()), AT_ONCE)) {
            if (expired(application)) {
                done++;
            }
        }
        return done;
    }

    private boolean expired(Application application) {
        try {
            return Boolean.TRUE.equals(
                    transaction.execute(_ -> {
                        var stepped = steps.advance(application, Workflow.Command.EXPIRE, "");
                        return stepped.state() == Workflow.State.EXPIRED;
                    }));
        } catch (RuntimeException e) {
            LOG.warn("the end of {} is tried again", application.number(), e);
            return false;
        }
    }

    /** One that cannot be dealt with holds up no other; the next run tries it again. */
    private boolean did(
            Application application,
            Deadline.Due due,
            Noted note,
            WorkingCalendar calendar,
            Instant now) {
        try {
            return Boolean.TRUE.equals(
                    transaction.execute(_ -> {
                        var current = applications.lock(application.id());
                        if (current.version() != application.version() || !store.note(note, now)) {
                            return false;
                        }
                        act(current, due, calendar);
                        return true;
                    }));
        } catch (RuntimeException e) {
            LOG.warn("{} of {} is tried again", note.deadline(), application.number(), e);
            return false;
        }
    }

    private void act(Application application, Deadline.Due due, WorkingCalendar calendar) {
        var deadline = due.deadline();
        switch (deadline.step()) {
            case REMIND ->
                    notices.tell(
                            application,
                            Notice.Kind.APPLICATION_REMINDER,
                            due.whom(),
                            List.of(Integer.toString(deadline.days())));
            case ESCALATE ->
                    notices.tell(
                            application,
                            Notice.Kind.APPLICATION_ESCALATED,
                            List.of(above(application.state())),
                            List.of(Integer.toString(deadline.days())));
            case WARN ->
                    notices.warn(
                            application,
                            deadline.days(),
                            lastDay(application, calendar).toString());
            case DEEM ->
                    deliveries.deem(application.id(), "%d working days".formatted(deadline.days()));
        }
    }

    /** The last day on which it can be confirmed. */
    private LocalDate lastDay(Application application, WorkingCalendar calendar) {
        var end =
                calendar.plusWorkingDays(
                        application.enteredAt(), rules.now().deadlines().deemAfter());
        return LocalDate.ofInstant(end.minusMillis(1), WorkingCalendar.ZONE);
    }

    /** The unit's owner answers to the platform, the platform and experts to the bureau. */
    private static To above(Workflow.State state) {
        var part =
                state == Workflow.State.DEPT_REVIEW ? Workflow.Part.REVIEWER : Workflow.Part.BUREAU;
        return new To.Takers(part, Optional.empty());
    }

    private void tellOfCalendar(int year, Instant now) {
        transaction.executeWithoutResult(_ ->
                events.publishEvent(
                        new Notice(
                                now,
                                new To.Takers(Workflow.Part.BUREAU, Optional.empty()),
                                Notice.Kind.CALENDAR_DUE,
                                List.of(Integer.toString(year)),
                                "/calendars",
                                "CALENDAR_DUE/" + year)));
    }
}
