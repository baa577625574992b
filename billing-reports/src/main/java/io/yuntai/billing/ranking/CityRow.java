package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A city in a month, in one scope, and its places among the others: by how well its cloud is used
 * overall, by how many business systems run on it, by how many units it serves.
 *
 * @param city GB/T 2260, of the city that a unit's region lies in
 * @param cpu percent, a ratio of sums over all its measured hosts; memory and disk likewise; empty:
 *     too little was measured
 * @param overall the three, weighed as the policy weighs them in a score; empty: one is missing
 * @param overallRank empty exactly if there is no overall figure
 */
public record CityRow(
        String city,
        int hosts,
        long vcpu,
        int systems,
        int units,
        Optional<BigDecimal> cpu,
        Optional<BigDecimal> memory,
        Optional<BigDecimal> disk,
        Optional<BigDecimal> overall,
        Optional<Integer> overallRank,
        int systemsRank,
        int unitsRank) {

    private static final int CITY_DIGITS = 4;

    /** A county's code, and those of its towns and their villages. */
    private static final String REGION = "[0-9]{6}([0-9]{3}){0,2}";

    private static final String COUNTY = "[0-9]{6}";

    /** The city that a region lies in; what is no code of a region is one of its own. */
    static String cityOf(String region, Rules rules) {
        return region.matches(rules.countHostsOnce() ? REGION : COUNTY)
                ? region.substring(0, CITY_DIGITS) + "00"
                : region;
    }

    /** Sorted by city. */
    static List<CityRow> of(
            String pool, List<HostShare> shares, RankingPolicy policy, Rules rules) {
        var cities =
                shares.stream()
                        .collect(
                                groupingBy(
                                        share -> cityOf(share.unit().region(), rules),
                                        TreeMap::new,
                                        toList()));
        var rows =
                cities.entrySet().stream()
                        .map(city -> unranked(city.getKey(), pool, city.getValue(), policy, rules))
                        .toList();
        var overall = rows.stream().flatMap(row -> row.overall().stream()).toList();
        var systems = rows.stream().map(row -> BigDecimal.valueOf(row.systems())).toList();
        var units = rows.stream().map(row -> BigDecimal.valueOf(row.units())).toList();
        return rows.stream()
                .map(row ->
                        new CityRow(
                                row.city,
                                row.hosts,
                                row.vcpu,
                                row.systems,
                                row.units,
                                row.cpu,
                                row.memory,
                                row.disk,
                                row.overall,
                                row.overall.map(value -> Ranking.rank(value, overall)),
                                Ranking.rank(BigDecimal.valueOf(row.systems), systems),
                                Ranking.rank(BigDecimal.valueOf(row.units), units)))
                .toList();
    }

    private static CityRow unranked(
            String city, String pool, List<HostShare> shares, RankingPolicy policy, Rules rules) {
        var sums = UnitUsage.of(shares.getLast().unit(), pool, shares, Optional.empty(), rules);
        var figures = Figures.of(sums, policy);
        var least = policy.evidence().coverage();
        boolean enough = figures.coverage().compareTo(least) >= 0;
        var cpu = sums.cpu().percent(least).filter(_ -> enough);
        var memory = sums.memory().percent(least).filter(_ -> enough);
        var disk = sums.disk().percent(least).filter(_ -> enough);
        return new CityRow(
                city,
                sums.hosts(),
                sums.vcpu(),
                distinct(shares, HostShare::system),
                distinct(shares, share -> share.unit().id()),
                cpu.map(x -> x.rounded(2)),
                memory.map(x -> x.rounded(2)),
                disk.map(x -> x.rounded(2)),
                cpu.isPresent() && memory.isPresent() && disk.isPresent()
                        ? Optional.of(overall(policy, cpu.get(), memory.get(), disk.get()))
                        : Optional.empty(),
                Optional.empty(),
                1,
                1);
    }

    private static int distinct(List<HostShare> shares, Function<HostShare, Object> what) {
        return (int) shares.stream().map(what).distinct().count();
    }

    private static BigDecimal overall(RankingPolicy policy, Ratio cpu, Ratio memory, Ratio disk) {
        var weights = policy.weights();
        var whole = Ratio.of(weights.cpu().add(weights.memory()).add(weights.disk()));
        if (whole.numerator().equals(BigInteger.ZERO)) {
            return cpu.rounded(2);
        }
        return Ratio.of(weights.cpu())
                .times(cpu)
                .plus(Ratio.of(weights.memory()).times(memory))
                .plus(Ratio.of(weights.disk()).times(disk))
                .over(whole)
                .rounded(2);
    }
}
