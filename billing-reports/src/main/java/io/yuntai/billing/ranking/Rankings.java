package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.toSet;

import io.yuntai.billing.Declined;
import io.yuntai.billing.metering.FrozenMonths;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The monthly ranking of units by how well they use what they were given. A month may be computed
 * again until it is frozen; the last run counts, and afterwards the last published version.
 */
@Service
public class Rankings {

    /**
     * A run that was stored.
     *
     * @param run counts the runs of a month
     */
    public record Computed(MonthFigures figures, int run, Instant at) {}

    private final UsageSums sums;
    private final PolicyStore policies;
    private final RankingStore store;
    private final FrozenMonths frozen;
    private final Clock clock;

    Rankings(
            UsageSums sums,
            PolicyStore policies,
            RankingStore store,
            FrozenMonths frozen,
            Clock clock) {
        this.sums = sums;
        this.policies = policies;
        this.store = store;
        this.frozen = frozen;
        this.clock = clock;
    }

    /**
     * Computes a month from what was allocated and measured, under the policy in force in it.
     *
     * @throws Declined {@code MONTH_FROZEN}
     */
    @Transactional
    public RankedMonth compute(YearMonth month) {
        if (frozen.isFrozen(month)) {
            throw new Declined("MONTH_FROZEN");
        }
        var _ = run(month);
        return months().stream().filter(m -> m.month().equals(month)).findAny().orElseThrow();
    }

    /**
     * Computes a month that has a ranking once more, and keeps what came of it if it is another
     * one: hours that were measured since, an exemption, a policy, other rules. Also called every
     * day it leaves no trail of runs that are all alike.
     *
     * @return empty: nothing has changed, or the month is frozen or has no ranking yet
     */
    @Transactional
    public Optional<RankedMonth> refresh(YearMonth month) {
        var current = store.current(month);
        if (current.isEmpty() || frozen.isFrozen(month)) {
            return Optional.empty();
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var figures = sums.of(month, policies.inForce(month), Rules.LATEST, now);
        if (isSame(current.get(), figures)) {
            return Optional.empty();
        }
        var _ = store.add(figures, now);
        return months().stream().filter(one -> one.month().equals(month)).findAny();
    }

    /** All else follows from these. */
    private boolean isSame(RankingStore.Run run, MonthFigures figures) {
        var all = figures.scopes().get(Scopes.ALL);
        return run.policy().equals(figures.policy().id())
                && run.rules() == figures.rules()
                && Set.copyOf(store.hosts(run, Optional.empty()))
                        .equals(Set.copyOf(figures.hosts()))
                && all != null
                && store.rows(run, Scopes.ALL).stream()
                        .map(RankingRow::figures)
                        .collect(toSet())
                        .equals(all.rows().stream().map(RankingRow::figures).collect(toSet()));
    }

    /** Computes a month and hands over all that came of it. */
    @Transactional
    public Computed run(YearMonth month) {
        // As the database keeps it: figures are derived again as of this moment.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var figures = sums.of(month, policies.inForce(month), Rules.LATEST, now);
        return new Computed(figures, store.add(figures, now).run(), now);
    }

    /**
     * Works a month out once more under a policy and by given rules, and keeps nothing of it.
     *
     * @param asOf exemptions count as they stood then
     */
    @Transactional(readOnly = true)
    public MonthFigures derive(YearMonth month, RankingPolicy policy, Rules rules, Instant asOf) {
        return sums.of(month, policy, rules, asOf);
    }

    /** The same from outside the server, inside the caller's transaction. */
    public static MonthFigures derive(
            JdbcClient sql, YearMonth month, RankingPolicy policy, Rules rules, Instant asOf) {
        return new UsageSums(sql).of(month, policy, rules, asOf);
    }

    /**
     * The months that have ended, had a host allocated and have no ranking, the earliest first;
     * none longer ago than a year.
     */
    @Transactional(readOnly = true)
    public List<YearMonth> missing() {
        var current = Period.monthOf(clock.instant());
        var first = sums.firstAllocation().map(Period::monthOf).orElse(current);
        var yearAgo = current.minusYears(1);
        var ranked = months().stream().map(RankedMonth::month).collect(toSet());
        return Stream.iterate(
                        first.isBefore(yearAgo) ? yearAgo : first,
                        month -> month.isBefore(current),
                        month -> month.plusMonths(1))
                .filter(month -> !ranked.contains(month))
                .toList();
    }

    /**
     * The last month that has ended, as long as it has a ranking and is not frozen: what is
     * measured late still counts in it. Months before it are worked out once more when they are
     * frozen.
     */
    @Transactional(readOnly = true)
    public Optional<YearMonth> preliminary() {
        var last = Period.monthOf(clock.instant()).minusMonths(1);
        return months().stream()
                .filter(one -> one.month().equals(last) && one.version().isEmpty())
                .map(RankedMonth::month)
                .findAny();
    }

    /** The months that have a ranking, the latest first. */
    @Transactional(readOnly = true)
    public List<RankedMonth> months() {
        return store.months();
    }

    /**
     * A month's board.
     *
     * @param pool a scope: {@code all}, one pool, {@code zone:extranet}, {@code family:ordinary}
     * @param version a published one; empty: what counts now
     * @return empty if the month was not computed, has no such version or had nothing in this scope
     */
    @Transactional(readOnly = true)
    public Optional<MonthRanking> of(
            YearMonth month, Board board, String pool, Optional<Integer> version) {
        return find(month, version).flatMap(run -> board(run, board, pool));
    }

    /** A month's board, as it counts now. */
    @Transactional(readOnly = true)
    public Optional<MonthRanking> of(YearMonth month, Board board, String pool) {
        return of(month, board, pool, Optional.empty());
    }

    /** The systems of a month in a band, by value. Empty as {@link #of} is. */
    @Transactional(readOnly = true)
    public Optional<List<SystemRow>> systems(
            YearMonth month,
            Band band,
            SystemRow.Measure measure,
            String pool,
            Optional<Integer> version) {
        return find(month, version)
                .map(run ->
                        SystemRow.in(
                                band,
                                measure,
                                store.systems(run, pool),
                                policies.get(run.policy())));
    }

    /** The cities of a month, by code. Empty as {@link #of} is. */
    @Transactional(readOnly = true)
    public Optional<List<CityRow>> cities(YearMonth month, String pool, Optional<Integer> version) {
        return find(month, version).map(run -> store.cities(run, pool));
    }

    /** What the figures of a month are made of: of one unit, or of all. Empty as {@link #of} is. */
    @Transactional(readOnly = true)
    public Optional<List<HostShare>> hosts(
            YearMonth month, Optional<PartyId> unit, Optional<Integer> version) {
        return find(month, version).map(run -> store.hosts(run, unit));
    }

    /** What a month was ranked under. Empty as {@link #of} is. */
    @Transactional(readOnly = true)
    public Optional<RankingPolicy> policy(YearMonth month, Optional<Integer> version) {
        return find(month, version).map(run -> policies.get(run.policy()));
    }

    /**
     * A board beside that of an earlier month. A published version is compared with what had been
     * published of the earlier month when it was frozen, as it is printed.
     *
     * @param version a published one; empty: what counts now, beside what counts now
     * @return empty if the later month has no such board
     */
    @Transactional(readOnly = true)
    public Optional<Comparison> compared(
            YearMonth month,
            YearMonth earlier,
            Board board,
            String pool,
            Optional<Integer> version) {
        return find(month, version)
                .flatMap(run ->
                        board(run, board, pool)
                                .map(now ->
                                        Comparison.of(
                                                now,
                                                earlier,
                                                (version.isPresent()
                                                                ? store.published(
                                                                        earlier, run.computedAt())
                                                                : store.current(earlier))
                                                        .flatMap(then ->
                                                                board(then, board, pool)))));
    }

    private Optional<MonthRanking> board(RankingStore.Run run, Board board, String pool) {
        return store.total(run, pool)
                .map(total ->
                        MonthRanking.of(
                                run.month(),
                                board,
                                pool,
                                policies.get(run.policy()),
                                run.rules(),
                                run.computedAt(),
                                total,
                                store.rows(run, pool)));
    }

    private Optional<RankingStore.Run> find(YearMonth month, Optional<Integer> version) {
        return version.isPresent() ? store.published(month, version.get()) : store.current(month);
    }
}
