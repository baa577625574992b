package io.yuntai.billing.metering;

import io.yuntai.billing.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the meter up with its sources: what was not read yet is read, each hour of each source
 * once. What was read already {@link Rereadings} read again.
 *
 * <p>Up to a day is read in one transaction, and how far the source was read is noted in that same
 * transaction. Killed half-way, at most a day is read anew; two servers that read at once wait for
 * each other at the source's row.
 */
@Service
public class Readings {

    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
    private static final Duration AT_ONCE = Duration.ofDays(1);

    private final Map<String, MeterSource> sources;
    private final Set<String> hosts;
    private final Metering metering;
    private final ReadingStore store;
    private final Clock clock;
    private final TransactionTemplate transaction;

    /**
     * @param sources by the name under which it is noted how far they were read: a source that gets
     *     another name is a new one; empty: there is none, and what is measured comes by {@link
     *     Metering} alone
     */
    Readings(
            Optional<Map<String, MeterSource>> sources,
            Metering metering,
            ReadingStore store,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.sources = new TreeMap<>(sources.orElse(Map.of()));
        this.hosts =
                this.sources.entrySet().stream()
                        .filter(source -> source.getValue() instanceof UsageSource)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        this.metering = metering;
        this.store = store;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Reads every hour that is closed and was not read yet, from every source. A source that fails
     * keeps none of the others waiting, and is read from the same hour on the next time.
     *
     * @param settle an hour is closed this long after its end, when late samples are in
     * @param lookBack hours longer ago are given up: no source has them any more
     * @return how many hours of hosts and namespaces were read
     * @throws IllegalStateException when a source failed, after all were tried
     */
    public long readClosedHours(Duration settle, Duration lookBack) {
        Instant now = clock.instant();
        Instant to = now.minus(settle).truncatedTo(ChronoUnit.HOURS);
        Instant oldest = now.minus(lookBack).truncatedTo(ChronoUnit.HOURS);
        long read = 0;
        IllegalStateException failures = null;
        for (var source : sources.entrySet()) {
            try {
                read += catchUp(source.getKey(), source.getValue(), oldest, to);
            } catch (RuntimeException e) {
                if (failures == null) {
                    failures = new IllegalStateException("not every source could be read");
                }
                failures.addSuppressed(new IllegalStateException("source " + source.getKey(), e));
            }
        }
        if (failures != null) {
            throw failures;
        }
        return read;
    }

    private long catchUp(String name, MeterSource source, Instant oldest, Instant to) {
        long read = 0;
        int days = daysLeft(name, oldest, to);
        int done = 0;
        Progress.at(Progress.Step.READ_HOURS, name, 0, days);
        Optional<Long> step = readNext(name, source, oldest, to);
        while (step.isPresent()) {
            read += step.get();
            done++;
            Progress.at(Progress.Step.READ_HOURS, name, done, Math.max(days, done));
            step = readNext(name, source, oldest, to);
        }
        return read;
    }

    /** What is read at once is a day; of a source that was never read, all that it may keep. */
    private int daysLeft(String name, Instant oldest, Instant to) {
        var from =
                store.readTo(Set.of(name)).stream()
                        .findAny()
                        .filter(readTo -> readTo.isAfter(oldest))
                        .orElse(oldest);
        return from.isBefore(to)
                ? Math.toIntExact(
                        Math.ceilDiv(Duration.between(from, to).toSeconds(), AT_ONCE.toSeconds()))
                : 0;
    }

    /** Reads up to a day; empty: there is nothing left to read. */
    private Optional<Long> readNext(String name, MeterSource source, Instant oldest, Instant to) {
        return Objects.requireNonNull(
                transaction.execute(_ ->
                        readTo(name, source)
                                .map(readTo -> begin(name, readTo, oldest))
                                .filter(from -> from.isBefore(to))
                                .map(from -> {
                                    Instant dayLater = from.plus(AT_ONCE);
                                    Instant end = dayLater.isBefore(to) ? dayLater : to;
                                    long read =
                                            metering.take(source, new Period(from, end)).hours();
                                    store.advance(name, end);
                                    return read;
                                })));
    }

    /**
     * One that is new is read from its first host on, as far back as is looked: a cluster whose
     * Prometheus came late, or whose hosts were measured by files until now, leaves no gap that
     * nobody reads. To read what stands already changes nothing.
     */
    private Optional<Instant> readTo(String name, MeterSource source) {
        return store.lock(name)
                .or(() ->
                        metering.beginning(source)
                                .flatMap(from -> {
                                    store.begin(name, from);
                                    return store.lock(name);
                                }));
    }

    private static Instant begin(String name, Instant readTo, Instant oldest) {
        if (!readTo.isBefore(oldest)) {
            return readTo;
        }
        LOG.warn(
                "source {} was not read from {} to {}: that is too long ago", name, readTo, oldest);
        return oldest;
    }

    /**
     * Up to when every source of hosts was read; now, when there is none. Nobody waits for those of
     * namespaces: nothing that is ranked, judged or frozen rests on them.
     *
     * @return the beginning of time while one was never read
     */
    public Instant readUpTo(Instant now) {
        if (hosts.isEmpty()) {
            return now;
        }
        var read = store.readTo(hosts);
        return read.size() < hosts.size() ? Instant.EPOCH : Collections.min(read);
    }

    /** Whether every source of hosts was read up to a moment; so it is when there is none. */
    public boolean areReadUpTo(Instant moment) {
        return store.countRead(hosts, moment) == hosts.size();
    }
}
