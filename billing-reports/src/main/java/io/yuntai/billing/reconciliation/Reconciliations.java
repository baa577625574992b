package io.yuntai.billing.reconciliation;

import io.yuntai.billing.metering.Period;
import io.yuntai.billing.ranking.Rules;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reconciles a month as it can be told now. What was published of it stands in its report. */
@Service
public class Reconciliations {

    private static final int DAYS_OF_WEEK = 7;

    private final Balances balances;
    private final PoolBooks books;
    private final Clock clock;

    Reconciliations(Balances balances, PoolBooks books, Clock clock) {
        this.balances = balances;
        this.books = books;
        this.clock = clock;
    }

    /**
     * A month as it could be told at a moment that has passed by given rules, from outside the
     * server and inside the caller's transaction.
     */
    public static Reconciliation derive(
            JdbcClient sql, PoolBooks books, YearMonth month, Rules rules, Instant asOf) {
        return new Reconciliations(
                        new Balances(new BalanceStore(sql)),
                        books,
                        Clock.fixed(asOf, ZoneOffset.UTC))
                .of(month, rules, asOf);
    }

    /** A month as it stood when it ended; one that has not ended, as it stands now. */
    @Transactional(readOnly = true)
    public Reconciliation of(YearMonth month) {
        return of(month, clock.instant());
    }

    /** The same as it could be told at a moment that has passed. */
    @Transactional(readOnly = true)
    public Reconciliation of(YearMonth month, Instant now) {
        return of(month, Rules.LATEST, now);
    }

    private Reconciliation of(YearMonth month, Rules rules, Instant now) {
        var ended = Period.of(month).to();
        // The first moment of the next month is that month's; the database tells microseconds.
        var end = ended.isAfter(now) ? now : ended.minus(1, ChronoUnit.MICROS);
        var pools = books.at(end);
        return new Reconciliation(
                balances.of(month, now),
                pools,
                books.delivered(month, rules, now),
                history(pools, end));
    }

    /** How long each pool will last, as it stands now. */
    @Transactional(readOnly = true)
    public List<Forecast> forecasts() {
        var now = clock.instant();
        return history(books.at(now), now).stream().map(Forecast::of).toList();
    }

    private List<TakenHistory> history(List<PoolStanding> pools, Instant end) {
        var moments =
                IntStream.range(0, Forecast.MOST_WEEKS)
                        .mapToObj(week -> end.minus((long) DAYS_OF_WEEK * week, ChronoUnit.DAYS))
                        .sorted()
                        .toList();
        record Key(String pool, String resource) {}
        var weekly = new LinkedHashMap<Key, List<Long>>();
        for (var pool : pools) {
            weekly.put(new Key(pool.pool(), pool.resource()), new ArrayList<>());
        }
        for (var taken : books.taken(moments)) {
            var values = weekly.get(new Key(taken.pool(), taken.resource()));
            if (values != null) {
                values.add(taken.amount());
            }
        }
        var until = LocalDate.ofInstant(end, Period.ZONE);
        return pools.stream()
                .map(pool ->
                        new TakenHistory(
                                pool.pool(),
                                pool.resource(),
                                pool.capacity(),
                                until,
                                weekly.getOrDefault(
                                        new Key(pool.pool(), pool.resource()), List.of())))
                .toList();
    }
}
