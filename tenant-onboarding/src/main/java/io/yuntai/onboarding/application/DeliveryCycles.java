package io.yuntai.onboarding.application;

import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.Sort;
import io.yuntai.onboarding.calendar.WorkingCalendar;
import io.yuntai.onboarding.calendar.WorkingCalendars;
import io.yuntai.onboarding.rules.RulesInForce;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How long deliveries take, by the calendar of today, and where those lay that took too long. */
@Service
public class DeliveryCycles {

    private static final int MOST_DAYS = 366;
    private static final int MOST = 50_000;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 9999;

    /** Of so many it is looked up at once where they lay. */
    private static final int AT_ONCE = 1000;

    private final DeliveryCycleStore store;
    private final WorkingCalendars calendars;
    private final RulesInForce rules;
    private final Clock clock;

    DeliveryCycles(
            DeliveryCycleStore store, WorkingCalendars calendars, RulesInForce rules, Clock clock) {
        this.store = store;
        this.calendars = calendars;
        this.rules = rules;
        this.clock = clock;
    }

    /** Which orders count. */
    public enum Counting {
        /** Whatever was delivered, nothing of it too. */
        EVERY_ORDER,
        /**
         * Those by which something came that was asked for, or still may: hosts, room, larger
         * sizes, disks. What is handed back, goes on or is written down alone is not delivered, nor
         * is what was given up as a whole.
         */
        WHAT_CAME
    }

    /**
     * What was delivered in a time, and what took too long.
     *
     * @param delivered how many of each length; every bucket is there
     * @param overdueCount how many were delivered then and took longer than {@code within}, and how
     *     many are still on their way and have
     * @param missing years whose calendar nobody has imported; they count Monday to Friday
     */
    public record Report(
            Map<DeliveryCycle.Bucket, Integer> delivered,
            int within,
            int overdueCount,
            List<Integer> missing) {
        public Report {
            delivered = Map.copyOf(delivered);
            missing = List.copyOf(missing);
        }

        /** How many were delivered within so many days. */
        public int delivered(DeliveryCycle.Bucket bucket) {
            return delivered.getOrDefault(bucket, 0);
        }
    }

    /** A cycle as far as its row and the calendar say it. */
    private record Counted(DeliveryCycleStore.Row row, int days, boolean overdue) {

        DeliveryCycle cycle(Optional<DeliveryCycle.Stay> longest) {
            return new DeliveryCycle(
                    row.application(),
                    row.purpose(),
                    row.unitName(),
                    row.state(),
                    row.submittedAt(),
                    row.deliveredAt(),
                    days,
                    overdue,
                    longest);
        }
    }

    /**
     * The report of what a filter gives, of the actor's unit or of all.
     *
     * @throws Refused INVALID with a fault at {@code /from} or {@code /to}
     */
    @Transactional(readOnly = true)
    public Report report(Actor actor, DeliveryCycleFilter filter) {
        Instant now = clock.instant();
        var calendar = calendars.current();
        var cycles = counted(actor, filter, "", calendar, now);
        var first =
                cycles.stream()
                        .map(cycle -> cycle.row().submittedAt())
                        .min(Comparator.naturalOrder());
        return new Report(
                buckets(
                        cycles.stream()
                                .filter(cycle -> cycle.row().deliveredAt().isPresent())
                                .map(Counted::days)
                                .toList()),
                rules.now().deadlines().deliverWithin(),
                (int) cycles.stream().filter(Counted::overdue).count(),
                first.filter(at -> !at.isAfter(now))
                        .map(at -> calendar.missing(at, now))
                        .orElse(List.of()));
    }

    /**
     * A page of the cycles that a filter gives, each with where it lay longest; sorted by {@code
     * days} (own order: the longest first), {@code submittedAt}, {@code deliveredAt}. {@code q}
     * finds a number as a whole, or a part of a purpose or of the name or code of a system or unit,
     * in capitals or not.
     *
     * @throws Refused INVALID with a fault at {@code /from} or {@code /to}, {@code BAD_SORT}
     */
    @Transactional(readOnly = true)
    public Page<DeliveryCycle> list(Actor actor, PageQuery query, DeliveryCycleFilter filter) {
        Instant now = clock.instant();
        var calendar = calendars.current();
        var found = ordered(actor, query, filter, calendar, now);
        var page =
                Page.ofOffset(
                        found.stream().skip(query.offset()).limit(query.limit() + 1L).toList(),
                        query,
                        found.size());
        return new Page<>(withReasons(page.items(), calendar, now), page.next(), page.total());
    }

    /**
     * All of them, in the same order; of the query only the order and what is searched for count.
     *
     * @throws Refused as {@link #list}
     */
    @Transactional(readOnly = true)
    public List<DeliveryCycle> all(Actor actor, PageQuery query, DeliveryCycleFilter filter) {
        Instant now = clock.instant();
        var calendar = calendars.current();
        return withReasons(ordered(actor, query, filter, calendar, now), calendar, now);
    }

    private List<Counted> ordered(
            Actor actor,
            PageQuery query,
            DeliveryCycleFilter filter,
            WorkingCalendar calendar,
            Instant now) {
        var sort = query.sortOr(Sort.of("-days"), Set.of("days", "submittedAt", "deliveredAt"));
        var order =
                switch (sort.field()) {
                    case "submittedAt" ->
                            Comparator.comparing((Counted one) -> one.row().submittedAt());
                    case "deliveredAt" ->
                            Comparator.comparing(
                                    (Counted one) -> one.row().deliveredAt().orElse(Instant.MAX));
                    default -> Comparator.comparingInt(Counted::days);
                };
        return counted(actor, filter, query.q(), calendar, now).stream()
                .filter(one -> one.overdue() || !filter.overdue())
                .sorted(
                        (sort.descending() ? order.reversed() : order)
                                .thenComparing(one -> one.row().application().number()))
                .toList();
    }

    private List<Counted> counted(
            Actor actor,
            DeliveryCycleFilter filter,
            String q,
            WorkingCalendar calendar,
            Instant now) {
        requireYear("/from", filter.from());
        requireYear("/to", filter.to());
        if (filter.to().isBefore(filter.from())) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/from", "FROM_AFTER_TO")));
        }
        if (filter.from().plusDays(MOST_DAYS).isBefore(filter.to())) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/to", "TOO_MANY", MOST_DAYS)));
        }
        var rows =
                store.rows(
                        new DeliveryCycleStore.Asked(
                                actor.confinedTo(),
                                filter.unit(),
                                filter.from().atStartOfDay(WorkingCalendar.ZONE).toInstant(),
                                filter.to()
                                        .plusDays(1)
                                        .atStartOfDay(WorkingCalendar.ZONE)
                                        .toInstant(),
                                filter.states(),
                                q,
                                Counting.WHAT_CAME),
                        MOST + 1);
        if (rows.size() > MOST) {
            throw Refused.invalid("INVALID", List.of(Fault.at("/to", "TOO_MANY", MOST)));
        }
        int within = rules.now().deadlines().deliverWithin();
        return rows.stream()
                .map(row -> {
                    int days = row.days(calendar, now);
                    return new Counted(row, days, days > within);
                })
                .toList();
    }

    /** No database keeps any time whatever. */
    private static void requireYear(String pointer, LocalDate day) {
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw Refused.invalid(
                    "INVALID", List.of(Fault.at(pointer, "OUT_OF_RANGE", FIRST_YEAR, LAST_YEAR)));
        }
    }

    /**
     * How many deliveries of each length there were from one moment to another, of every unit;
     * every bucket is there.
     *
     * @param asOf days are counted by the calendar that was imported then
     */
    @Transactional(readOnly = true)
    public Map<DeliveryCycle.Bucket, Integer> delivered(
            Instant from, Instant to, Counting counting, Instant asOf) {
        return delivered(
                store, calendars.asOf(asOf), DeliveryCycleStore.Asked.ofAll(from, to, counting));
    }

    /** The same from outside the server, inside the caller's transaction. */
    public static Map<DeliveryCycle.Bucket, Integer> delivered(
            JdbcClient sql, Instant from, Instant to, Counting counting, Instant asOf) {
        return delivered(
                new DeliveryCycleStore(sql),
                WorkingCalendars.asOf(sql, asOf),
                DeliveryCycleStore.Asked.ofAll(from, to, counting));
    }

    private static Map<DeliveryCycle.Bucket, Integer> delivered(
            DeliveryCycleStore store, WorkingCalendar calendar, DeliveryCycleStore.Asked asked) {
        return buckets(
                store.rows(asked, Integer.MAX_VALUE).stream()
                        .filter(row -> row.deliveredAt().isPresent())
                        .map(row -> row.days(calendar, asked.to()))
                        .toList());
    }

    private static Map<DeliveryCycle.Bucket, Integer> buckets(List<Integer> days) {
        var delivered = new EnumMap<DeliveryCycle.Bucket, Integer>(DeliveryCycle.Bucket.class);
        for (var bucket : DeliveryCycle.Bucket.values()) {
            delivered.put(bucket, 0);
        }
        days.forEach(one -> delivered.merge(DeliveryCycle.Bucket.of(one), 1, Integer::sum));
        return delivered;
    }

    private List<DeliveryCycle> withReasons(
            List<Counted> cycles, WorkingCalendar calendar, Instant now) {
        var all = new ArrayList<DeliveryCycle>();
        for (int from = 0; from < cycles.size(); from += AT_ONCE) {
            var some = cycles.subList(from, Math.min(from + AT_ONCE, cycles.size()));
            var arrivals =
                    store.arrivals(some.stream().map(one -> one.row().application().id()).toList());
            for (var one : some) {
                var row = one.row();
                all.add(
                        one.cycle(
                                longest(
                                        arrivals.getOrDefault(row.application().id(), List.of()),
                                        row.deliveredAt().orElse(now),
                                        calendar)));
            }
        }
        return all;
    }

    /** Where it lay longest until a moment, by the states that it came to. */
    static Optional<DeliveryCycle.Stay> longest(
            List<DeliveryCycleStore.Arrival> arrivals, Instant until, WorkingCalendar calendar) {
        var days = new EnumMap<Workflow.State, Integer>(Workflow.State.class);
        for (int i = 0; i < arrivals.size(); i++) {
            var from = arrivals.get(i).at();
            var to = i + 1 < arrivals.size() ? arrivals.get(i + 1).at() : until;
            var end = to.isAfter(until) ? until : to;
            if (end.isAfter(from)) {
                days.merge(
                        arrivals.get(i).state(),
                        calendar.workingDaysBetween(from, end),
                        Integer::sum);
            }
        }
        return days.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(entry -> new DeliveryCycle.Stay(entry.getKey(), entry.getValue()));
    }
}
