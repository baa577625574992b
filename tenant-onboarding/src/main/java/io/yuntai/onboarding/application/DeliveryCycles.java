package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How long deliveries take, by the calendar of today, and where those lay that took too long. */
@Service
public class DeliveryCycles {

    private static final int MOST_DAYS = 366;
    private static final int MOST = 50_000;
    private static final int SHOWN = 200;

    private final DeliveryCycleStore store;
    private final ApplicationStore applications;
    private final WorkingCalendars calendars;
    private final DeadlineProperties properties;
    private final Clock clock;

    DeliveryCycles(
            DeliveryCycleStore store,
            ApplicationStore applications,
            WorkingCalendars calendars,
            DeadlineProperties properties,
            Clock clock) {
        this.store = store;
        this.applications = applications;
        this.calendars = calendars;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What was delivered in a time, and what took too long.
     *
     * @param delivered how many of each length; every bucket is there
     * @param overdue what was delivered then and took longer than {@code within}, and what is still
     *     on its way and has; the longest first, {@value #SHOWN} at the most
     * @param overdueCount how many there are
     * @param missing years whose calendar nobody has imported; they count Monday to Friday
     */
    public record Report(
            Map<DeliveryCycle.Bucket, Integer> delivered,
            int within,
            List<DeliveryCycle> overdue,
            int overdueCount,
            List<Integer> missing) {
        public Report {
            delivered = Map.copyOf(delivered);
            overdue = List.copyOf(overdue);
            missing = List.copyOf(missing);
        }

        /** How many were delivered within so many days. */
        public int delivered(DeliveryCycle.Bucket bucket) {
            return delivered.getOrDefault(bucket, 0);
        }
    }

    /**
     * The report of a time, of the actor's unit or of all.
     *
     * @param from its first day, in Asia/Shanghai
     * @param to its last
     * @throws Refused INVALID with a fault at {@code /from} or {@code /to}
     */
    @Transactional(readOnly = true)
    public Report report(Actor actor, LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/from", "FROM_AFTER_TO")));
        }
        if (from.plusDays(MOST_DAYS).isBefore(to)) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/to", "TOO_MANY", MOST_DAYS)));
        }
        Instant now = clock.instant();
        var calendar = calendars.current();
        var start = from.atStartOfDay(WorkingCalendar.ZONE).toInstant();
        var end = to.plusDays(1).atStartOfDay(WorkingCalendar.ZONE).toInstant();
        var rows = store.between(actor.confinedTo(), start, end, MOST + 1);
        if (rows.size() > MOST) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/to", "TOO_MANY", MOST)));
        }
        var cycles = rows.stream().map(row -> row.cycle(calendar, now)).toList();
        var overdue =
                cycles.stream()
                        .filter(cycle -> cycle.days() > properties.deliverWithin())
                        .sorted(
                                Comparator.comparingInt(DeliveryCycle::days)
                                        .reversed()
                                        .thenComparing(cycle -> cycle.application().number()))
                        .toList();
        var first = cycles.stream().map(DeliveryCycle::submittedAt).min(Comparator.naturalOrder());
        return new Report(
                counted(cycles),
                properties.deliverWithin(),
                overdue.stream().limit(SHOWN).map(one -> withReason(one, calendar, now)).toList(),
                overdue.size(),
                first.filter(at -> !at.isAfter(now))
                        .map(at -> calendar.missing(at, now))
                        .orElse(List.of()));
    }

    /**
     * How many deliveries of each length there were from one moment to another, of every unit;
     * every bucket is there.
     *
     * @param asOf days are counted by the calendar that was imported then
     */
    @Transactional(readOnly = true)
    public Map<DeliveryCycle.Bucket, Integer> delivered(Instant from, Instant to, Instant asOf) {
        return delivered(store, calendars.asOf(asOf), from, to);
    }

    /** The same from outside the server, inside the caller's transaction. */
    public static Map<DeliveryCycle.Bucket, Integer> delivered(
            JdbcClient sql, Instant from, Instant to, Instant asOf) {
        return delivered(new DeliveryCycleStore(sql), WorkingCalendars.asOf(sql, asOf), from, to);
    }

    private static Map<DeliveryCycle.Bucket, Integer> delivered(
            DeliveryCycleStore store, WorkingCalendar calendar, Instant from, Instant to) {
        return counted(
                store.between(Optional.empty(), from, to, Integer.MAX_VALUE).stream()
                        .filter(row -> row.deliveredAt().isPresent())
                        .map(row -> row.cycle(calendar, to))
                        .toList());
    }

    private static Map<DeliveryCycle.Bucket, Integer> counted(List<DeliveryCycle> cycles) {
        var delivered = new EnumMap<DeliveryCycle.Bucket, Integer>(DeliveryCycle.Bucket.class);
        for (var bucket : DeliveryCycle.Bucket.values()) {
            delivered.put(bucket, 0);
        }
        cycles.stream()
                .filter(cycle -> cycle.deliveredAt().isPresent())
                .forEach(cycle -> delivered.merge(cycle.bucket(), 1, Integer::sum));
        return delivered;
    }

    private DeliveryCycle withReason(DeliveryCycle cycle, WorkingCalendar calendar, Instant now) {
        var steps = applications.steps(cycle.application().id());
        return new DeliveryCycle(
                cycle.application(),
                cycle.purpose(),
                cycle.unitName(),
                cycle.submittedAt(),
                cycle.deliveredAt(),
                cycle.days(),
                longest(steps, cycle.deliveredAt().orElse(now), calendar));
    }

    /** Where it lay longest until a moment, by its steps. */
    static Optional<DeliveryCycle.Stay> longest(
            List<Application.Step> steps, Instant until, WorkingCalendar calendar) {
        var days = new EnumMap<Workflow.State, Integer>(Workflow.State.class);
        for (int i = 0; i < steps.size(); i++) {
            var from = steps.get(i).at();
            var to = i + 1 < steps.size() ? steps.get(i + 1).at() : until;
            var end = to.isAfter(until) ? until : to;
            if (end.isAfter(from)) {
                days.merge(steps.get(i).to(), calendar.workingDaysBetween(from, end), Integer::sum);
            }
        }
        return days.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(entry -> new DeliveryCycle.Stay(entry.getKey(), entry.getValue()));
    }
}
