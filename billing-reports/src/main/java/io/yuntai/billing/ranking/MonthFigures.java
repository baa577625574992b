package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.yuntai.billing.metering.PartyId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is said of a month. Pure: made of what the hosts used and of a policy, the same for the
 * same input in whatever order it comes.
 *
 * @param rules by which it was made of them, where the policy says nothing
 * @param hosts in the order in which they are printed
 * @param hourly of each unit and scope
 * @param scopes by name: {@code all}, {@code extranet-ordinary}, {@code zone:extranet}, {@code
 *     family:ordinary}
 */
public record MonthFigures(
        YearMonth month,
        RankingPolicy policy,
        Rules rules,
        List<HostShare> hosts,
        Map<UnitScope, HourlyCpu> hourly,
        SortedMap<String, Scope> scopes) {

    /** A unit in a scope. */
    public record UnitScope(PartyId unit, String scope) {

        /** In which they are printed. */
        public static final Comparator<UnitScope> ORDER =
                Comparator.comparing(UnitScope::scope)
                        .thenComparing(at -> at.unit().value().toString());
    }

    /** What is said of one scope. Rows are sorted by code, cities by theirs. */
    public record Scope(
            PoolTotal total, List<RankingRow> rows, List<SystemRow> systems, List<CityRow> cities) {

        public Scope {
            rows = List.copyOf(rows);
            systems = List.copyOf(systems);
            cities = List.copyOf(cities);
        }
    }

    /** Works a month out. */
    public static MonthFigures of(
            YearMonth month,
            RankingPolicy policy,
            Rules rules,
            List<HostShare> hosts,
            Map<UnitScope, HourlyCpu> hourly) {
        var inOrder = hosts.stream().sorted(HostShare.ORDER).toList();
        var byScope = new TreeMap<String, List<HostShare>>();
        // A month without any host still has a ranking of everything: an empty one.
        byScope.put(Scopes.ALL, new ArrayList<>());
        for (var share : inOrder) {
            for (var scope : Scopes.of(share.pool())) {
                byScope.computeIfAbsent(scope, _ -> new ArrayList<>()).add(share);
            }
        }
        var scopes = new TreeMap<String, Scope>();
        byScope.forEach(
                (scope, shares) -> scopes.put(scope, scope(scope, shares, policy, rules, hourly)));
        return new MonthFigures(month, policy, rules, inOrder, Map.copyOf(hourly), scopes);
    }

    /**
     * A board of a scope.
     *
     * @param at when this was worked out
     * @return empty if nothing was counted in such a scope
     */
    public Optional<MonthRanking> board(Board board, String scope, Instant at) {
        return Optional.ofNullable(scopes.get(scope))
                .map(of ->
                        MonthRanking.of(
                                month, board, scope, policy, rules, at, of.total(), of.rows()));
    }

    private static Scope scope(
            String scope,
            List<HostShare> shares,
            RankingPolicy policy,
            Rules rules,
            Map<UnitScope, HourlyCpu> hourly) {
        var units =
                shares.stream()
                        .collect(
                                groupingBy(
                                        share -> share.unit().id(), LinkedHashMap::new, toList()))
                        .values()
                        .stream()
                        .map(ofUnit -> {
                            var unit = ofUnit.getLast().unit();
                            var hours = hourly.get(new UnitScope(unit.id(), scope));
                            return UnitUsage.of(
                                    unit, scope, ofUnit, Optional.ofNullable(hours), rules);
                        })
                        .toList();
        var systems =
                shares.stream()
                        .collect(
                                groupingBy(
                                        share -> share.system().id(), LinkedHashMap::new, toList()))
                        .values()
                        .stream()
                        .map(ofSystem -> SystemRow.of(scope, ofSystem, policy, rules))
                        .sorted(
                                Comparator.comparing((SystemRow row) -> row.system().code())
                                        .thenComparing(row -> row.system().id().value()))
                        .toList();
        return new Scope(
                PoolTotal.of(units, shares, policy, rules),
                Ranking.of(units, policy),
                systems,
                CityRow.of(scope, shares, policy, rules));
    }
}
