package io.yuntai.onboarding.calendar;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Audited;
import io.yuntai.onboarding.Audited.Outcome;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.register.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The calendars of working days, one a year, imported from files. Whatever is counted is counted by
 * the latest version of each year, also what was begun under an earlier one.
 */
@Service
public class WorkingCalendars {

    private final CalendarStore store;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    WorkingCalendars(CalendarStore store, Clock clock, ApplicationEventPublisher events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /** What counts from now on. */
    @Transactional(readOnly = true)
    public WorkingCalendar current() {
        return WorkingCalendar.of(store.latest().stream().map(CalendarVersion::year).toList());
    }

    /** What counted at a moment. */
    @Transactional(readOnly = true)
    public WorkingCalendar asOf(Instant moment) {
        return asOf(store, moment);
    }

    /** The same from outside the server, inside the caller's transaction. */
    public static WorkingCalendar asOf(JdbcClient sql, Instant moment) {
        return asOf(new CalendarStore(sql), moment);
    }

    private static WorkingCalendar asOf(CalendarStore store, Instant moment) {
        return WorkingCalendar.of(
                store.latestAt(moment).stream().map(CalendarVersion::year).toList());
    }

    /** The years that should be there by now and are not; see {@link WorkingCalendar#due}. */
    @Transactional(readOnly = true)
    public List<Integer> due() {
        return current().due(clock.instant());
    }

    /** The latest version of each year, by year. */
    @Transactional(readOnly = true)
    public List<CalendarVersion> latest() {
        return store.latest();
    }

    /**
     * Every version of a year, the latest first.
     *
     * @throws Refused NOT_FOUND {@code CALENDAR_NOT_FOUND}: nobody has imported it
     */
    @Transactional(readOnly = true)
    public List<CalendarVersion> versions(int year) {
        var versions = store.versions(year);
        if (versions.isEmpty()) {
            throw Refused.notFound("CALENDAR_NOT_FOUND");
        }
        return versions;
    }

    /**
     * Imports a year, all of the file or nothing. A year that is there already gets a new version;
     * the others stay.
     *
     * @param id made by the caller; the same id with the same year and file gives the first answer
     *     again
     * @param tables one, named {@code calendar}
     * @throws Refused CONFLICT {@code ID_REUSED} for another file or year under the id of an
     *     earlier one, {@code CALENDAR_REASON_MISSING} for a year that is there already; NOT_FOUND
     *     {@code CALENDAR_NOT_FOUND} for a year that is not kept
     */
    @Transactional
    public CalendarOutcome importYear(
            Actor actor,
            CalendarVersionId id,
            int year,
            CalendarSource source,
            List<Table> tables) {
        if (year < CalendarYear.FIRST || year > CalendarYear.LAST) {
            throw Refused.notFound("CALENDAR_NOT_FOUND");
        }
        store.lock();
        var first = store.find(id);
        if (first.isPresent()) {
            if (!first.get().source().digest().equals(source.digest())
                    || first.get().year().year() != year) {
                throw Refused.conflict("ID_REUSED");
            }
            return new CalendarOutcome.Repeated(first.get());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is read back
        var reader = new CalendarReader(year);
        var faults = reader.read(tables);
        if (!faults.isEmpty()) {
            audit(now, actor, year, Outcome.FAILURE, source.fileName() + ": " + faults.size());
            return new CalendarOutcome.Faulty(faults);
        }
        int version = store.latestVersion(year) + 1;
        if (version > 1 && source.reason().isEmpty()) {
            throw Refused.conflict("CALENDAR_REASON_MISSING");
        }
        var imported =
                new CalendarVersion(
                        id, version, reader.year(), source, actor.person(), actor.name(), now);
        store.insert(imported, actor);
        audit(
                now,
                actor,
                year,
                Outcome.SUCCESS,
                "version %d, %s; %s".formatted(version, source.basis(), source.reason()));
        return new CalendarOutcome.Imported(imported);
    }

    private void audit(Instant at, Actor actor, int year, Outcome outcome, String detail) {
        events.publishEvent(
                new Audited(
                        at,
                        Optional.of(actor),
                        "calendar.import",
                        "calendar/" + year,
                        outcome,
                        detail));
    }
}
