package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.toSet;

import io.yuntai.billing.metering.Period;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The monthly ranking of units by how well they use what they were given. A month is computed once
 * and stored; until it is frozen, computing it again replaces it.
 */
@Service
public class Rankings {

    private final UsageSums sums;
    private final PolicyStore policies;
    private final RankingStore store;
    private final Clock clock;

    Rankings(UsageSums sums, PolicyStore policies, RankingStore store, Clock clock) {
        this.sums = sums;
        this.policies = policies;
        this.store = store;
        this.clock = clock;
    }

    /** Computes a month from what was allocated and measured, under the policy in force in it. */
    @Transactional
    public RankedMonth compute(YearMonth month) {
        var policy = policies.inForce(month);
        var pools = new TreeMap<String, List<UnitUsage>>();
        // A month without any host still has a ranking of everything: an empty one.
        pools.put(UnitUsage.ALL_POOLS, new ArrayList<>());
        for (var unit : sums.of(Period.of(month), policy)) {
            pools.computeIfAbsent(unit.pool(), _ -> new ArrayList<>()).add(unit);
        }
        store.begin(month, policy, clock.instant());
        pools.forEach((pool, units) ->
                store.add(month, pool, PoolTotal.of(units, policy), Ranking.of(units, policy)));
        return months().stream().filter(m -> m.month().equals(month)).findAny().orElseThrow();
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

    /** The months that have a ranking, the latest first. */
    @Transactional(readOnly = true)
    public List<RankedMonth> months() {
        return store.months();
    }

    /**
     * A month's board.
     *
     * @param pool {@code all}, or one pool
     * @return empty if the month was not computed or had nothing in this pool
     */
    @Transactional(readOnly = true)
    public Optional<MonthRanking> of(YearMonth month, Board board, String pool) {
        return store.find(month, pool)
                .map(found ->
                        MonthRanking.of(
                                month,
                                board,
                                pool,
                                policies.get(found.policy()),
                                found.computedAt(),
                                found.total(),
                                store.rows(month, pool)));
    }
}
