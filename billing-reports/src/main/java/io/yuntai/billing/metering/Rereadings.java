package io.yuntai.billing.metering;

import io.yuntai.billing.Declined;
import io.yuntai.billing.Person;
import io.yuntai.billing.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads hours once more that were read already: the last ones each day, for samples that came late,
 * and those of which somebody says that their source has more of them now. What the source says
 * again changes nothing; of a frozen month it stands aside.
 *
 * <p>What is wanted is noted, and read a day at a time by whoever carries it out; how far it was
 * read is noted in the same transaction. Killed half-way, at most a day is read anew.
 */
@Service
public class Rereadings {

    /** So long a time is read once more at the most. */
    public static final int MOST_DAYS = 31;

    /** So many may wait to be carried out. */
    private static final int MOST_OPEN = 20;

    private static final Duration AT_ONCE = Duration.ofDays(1);

    private final Map<String, MeterSource> sources;
    private final Metering metering;
    private final RereadingStore store;
    private final ReadingStore readings;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Rereadings(
            Optional<Map<String, MeterSource>> sources,
            Metering metering,
            RereadingStore store,
            ReadingStore readings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.sources = new TreeMap<>(sources.orElse(Map.of()));
        this.metering = metering;
        this.store = store;
        this.readings = readings;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The sources there are, by name. */
    public Set<String> sources() {
        return sources.keySet();
    }

    /**
     * Notes that hours are to be read once more.
     *
     * @param id made by the caller; the same id with the same hours gives the first answer again
     * @param period whole hours, which a source was read past already
     * @throws Declined {@code UNKNOWN_SOURCE}, {@code NOT_WHOLE_HOURS}, {@code REREADING_TOO_LONG},
     *     {@code HOURS_NOT_READ} if they are to be read yet anyway, {@code TOO_MANY_REREADINGS},
     *     {@code REREADING_EXISTS} if the id is another's
     */
    @Transactional
    public Rereading ask(UUID id, String source, Period period, Person by) {
        var earlier = store.find(id);
        if (earlier.isPresent()) {
            return same(earlier.get(), source, period);
        }
        if (!sources.containsKey(source)) {
            throw new Declined("UNKNOWN_SOURCE");
        }
        if (!isWholeHour(period.from()) || !isWholeHour(period.to())) {
            throw new Declined("NOT_WHOLE_HOURS");
        }
        if (Duration.between(period.from(), period.to()).compareTo(Duration.ofDays(MOST_DAYS))
                > 0) {
            throw new Declined("REREADING_TOO_LONG");
        }
        if (readings.countRead(Set.of(source), period.to()) == 0) {
            throw new Declined("HOURS_NOT_READ");
        }
        if (store.countAsked() >= MOST_OPEN) {
            throw new Declined("TOO_MANY_REREADINGS");
        }
        var asked = asked(id, source, period, Optional.of(by));
        // Somebody who sent the same twice at once may have been faster.
        return store.add(asked) ? asked : same(store.find(id).orElseThrow(), source, period);
    }

    private Rereading asked(UUID id, String source, Period period, Optional<Person> by) {
        return new Rereading(id, source, period, by, clock.instant(), period.from(), 0, 0);
    }

    /**
     * Notes that the last hours that were read are to be read once more, of each source once a day:
     * a sample that came late is in by then. Noted twice it is done once; where yesterday's is not
     * done yet, today's waits for it.
     *
     * @param back so long a time, in whole hours; less than one: nothing is noted
     */
    @Transactional
    public void askDaily(Duration back) {
        var hours = Duration.ofHours(back.toHours());
        if (!hours.isPositive()) {
            return;
        }
        var today = LocalDate.ofInstant(clock.instant(), Period.ZONE);
        for (var source : sources.keySet()) {
            if (!store.isDailyOpen(source)) {
                readTo(source)
                        .ifPresent(readTo -> {
                            var period = new Period(readTo.minus(hours), readTo);
                            var _ =
                                    store.add(
                                            asked(
                                                    daily(source, today),
                                                    source,
                                                    period,
                                                    Optional.empty()));
                        });
            }
        }
    }

    /** The same for whoever notes it on the same day. */
    private static UUID daily(String source, LocalDate day) {
        return UUID.nameUUIDFromBytes((source + " on " + day).getBytes(StandardCharsets.UTF_8));
    }

    private static Rereading same(Rereading earlier, String source, Period period) {
        if (!earlier.source().equals(source) || !earlier.period().equals(period)) {
            throw new Declined("REREADING_EXISTS");
        }
        return earlier;
    }

    private static boolean isWholeHour(Instant moment) {
        return moment.equals(moment.truncatedTo(ChronoUnit.HOURS));
    }

    /**
     * Reads all that is wanted and was not read yet. A source that fails keeps none of the others
     * waiting.
     *
     * @return how many hours of hosts and namespaces were read
     * @throws IllegalStateException when a source failed, after all were tried
     */
    public long carryOut() {
        long read = 0;
        IllegalStateException failures = null;
        for (var id : store.open()) {
            try {
                read += carryOut(id);
            } catch (RuntimeException e) {
                if (failures == null) {
                    failures = new IllegalStateException("not everything could be read once more");
                }
                failures.addSuppressed(e);
            }
        }
        if (failures != null) {
            throw failures;
        }
        return read;
    }

    private long carryOut(UUID id) {
        long read = 0;
        var step = readDay(id);
        while (step.isPresent()) {
            read += step.get();
            step = readDay(id);
        }
        return read;
    }

    /** Reads up to a day; empty: there is nothing left to read, or no such source any more. */
    private Optional<Long> readDay(UUID id) {
        return Objects.requireNonNull(
                transaction.execute(_ -> {
                    var wanted = store.lock(id);
                    var source = Optional.ofNullable(sources.get(wanted.source()));
                    return source.filter(_ -> !wanted.done())
                            .map(of -> {
                                tell(wanted);
                                var from = wanted.readTo();
                                var dayLater = from.plus(AT_ONCE);
                                var end = wanted.period().to();
                                var to = dayLater.isBefore(end) ? dayLater : end;
                                var again = new Period(from, to);
                                var read =
                                        wanted.by().isPresent()
                                                ? metering.take(of, again)
                                                : metering.takeLate(of, again);
                                store.advance(id, to, read);
                                return read.hours();
                            });
                }));
    }

    private static void tell(Rereading wanted) {
        Progress.at(
                Progress.Step.READ_HOURS,
                wanted.source(),
                days(wanted.period().from(), wanted.readTo()),
                days(wanted.period().from(), wanted.period().to()));
    }

    private static int days(Instant from, Instant to) {
        return Math.toIntExact(
                Math.ceilDiv(Duration.between(from, to).toSeconds(), AT_ONCE.toSeconds()));
    }

    /** Up to when a source was read; empty: it never was. */
    @Transactional(readOnly = true)
    public Optional<Instant> readTo(String source) {
        return readings.readTo(Set.of(source)).stream().findAny();
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<Rereading> page(long offset, int most) {
        return store.page(offset, most);
    }

    @Transactional(readOnly = true)
    public long count() {
        return store.count();
    }
}
