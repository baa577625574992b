package io.yuntai.billing.ranking;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every month, whatever was used in it; and the boards beside that of the units. */
class MonthFiguresTest {

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderInWhichHostsComeChangesNothing(int seed) {
        var shares = Shares.city(seed);
        var shuffled = new ArrayList<>(shares);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(Shares.figures(shuffled)).isEqualTo(Shares.figures(shares));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aScopeSaysTheSameWhetherOrNotThereAreOthers(int seed) {
        var shares = Shares.city(seed);
        var pool = shares.getFirst().pool();
        var alone = shares.stream().filter(share -> share.pool().equals(pool)).toList();
        assertThat(Shares.figures(alone).scopes().get(pool))
                .isEqualTo(Shares.figures(shares).scopes().get(pool));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void totalsAreSumsOfTheirParts(int seed) {
        var shares = Shares.city(seed);
        var scopes = Shares.figures(shares).scopes();
        ToLongFunction<String> vcpu = scope -> scopes.get(scope).total().vcpu();
        for (var kind : List.of("zone:", "family:")) {
            assertThat(
                            scopes.keySet().stream()
                                    .filter(scope -> scope.startsWith(kind))
                                    .mapToLong(vcpu)
                                    .sum())
                    .isEqualTo(vcpu.applyAsLong("all"));
        }
        for (var scope : scopes.values()) {
            assertThat(scope.rows().stream().mapToLong(RankingRow::vcpu).sum())
                    .isEqualTo(scope.total().vcpu());
            assertThat(scope.systems().stream().mapToLong(SystemRow::vcpu).sum())
                    .isEqualTo(scope.total().vcpu());
            assertThat(scope.cities().stream().mapToLong(CityRow::vcpu).sum())
                    .isEqualTo(scope.total().vcpu());
        }
    }

    /** Of one thing that is used, and where each board says how much. */
    private enum Measure {
        CPU(HostShare::cpu, Figures::cpu, SystemRow::cpu, CityRow::cpu, PoolTotal::cpu),
        MEMORY(
                HostShare::memory,
                Figures::memory,
                SystemRow::memory,
                CityRow::memory,
                PoolTotal::memory),
        DISK(HostShare::disk, Figures::disk, SystemRow::disk, CityRow::disk, PoolTotal::disk);

        private final Function<HostShare, Use> ofHost;
        private final Function<Figures, Optional<BigDecimal>> ofUnit;
        private final Function<SystemRow, Optional<BigDecimal>> ofSystem;
        private final Function<CityRow, Optional<BigDecimal>> ofCity;
        private final Function<PoolTotal, Optional<BigDecimal>> ofTotal;

        Measure(
                Function<HostShare, Use> ofHost,
                Function<Figures, Optional<BigDecimal>> ofUnit,
                Function<SystemRow, Optional<BigDecimal>> ofSystem,
                Function<CityRow, Optional<BigDecimal>> ofCity,
                Function<PoolTotal, Optional<BigDecimal>> ofTotal) {
            this.ofHost = ofHost;
            this.ofUnit = ofUnit;
            this.ofSystem = ofSystem;
            this.ofCity = ofCity;
            this.ofTotal = ofTotal;
        }

        /** What each part has used and had, added up here. */
        <K> Map<K, Sum> sums(List<HostShare> measured, Function<HostShare, K> part) {
            return measured.stream()
                    .collect(
                            toMap(
                                    part,
                                    share ->
                                            new Sum(
                                                    ofHost.apply(share).used(),
                                                    ofHost.apply(share).allocated()),
                                    Sum::plus));
        }
    }

    private record Sum(BigInteger used, BigInteger allocated) {

        Sum plus(Sum other) {
            return new Sum(used.add(other.used), allocated.add(other.allocated));
        }

        static Sum of(Collection<Sum> parts) {
            return parts.stream().reduce(new Sum(BigInteger.ZERO, BigInteger.ZERO), Sum::plus);
        }

        BigDecimal percent() {
            return new BigDecimal(used)
                    .movePointRight(2)
                    .divide(new BigDecimal(allocated), 2, RoundingMode.HALF_UP);
        }
    }

    /** Of hosts of unequal sizes: what is used over what is there, part by part and in total. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theUseOfATotalIsThatOfItsUnitsOfItsSystemsAndOfItsCities(int seed) {
        var shares = Shares.city(seed);
        Shares.figures(shares)
                .scopes()
                .forEach((name, scope) -> {
                    var measured =
                            shares.stream()
                                    .filter(share -> share.measured() && share.isIn(name))
                                    .toList();
                    for (var measure : Measure.values()) {
                        var units = measure.sums(measured, share -> share.unit().id());
                        for (var row : scope.rows()) {
                            assertThat(measure.ofUnit.apply(row.figures()))
                                    .isEqualTo(
                                            Optional.ofNullable(units.get(row.unit()))
                                                    .map(Sum::percent));
                        }
                        var systems = measure.sums(measured, share -> share.system().id());
                        for (var row : scope.systems()) {
                            measure.ofSystem
                                    .apply(row)
                                    .ifPresent(percent ->
                                            assertThat(systems.get(row.system().id()).percent())
                                                    .isEqualTo(percent));
                        }
                        var cities =
                                measure.sums(
                                        measured,
                                        share ->
                                                CityRow.cityOf(
                                                        share.unit().region(), Rules.LATEST));
                        for (var row : scope.cities()) {
                            measure.ofCity
                                    .apply(row)
                                    .ifPresent(percent ->
                                            assertThat(cities.get(row.city()).percent())
                                                    .isEqualTo(percent));
                        }
                        for (var parts : List.of(units, systems, cities)) {
                            assertThat(measure.ofTotal.apply(scope.total()))
                                    .isEqualTo(
                                            Optional.of(Sum.of(parts.values()))
                                                    .filter(sum -> sum.allocated.signum() > 0)
                                                    .map(Sum::percent));
                        }
                    }
                });
    }

    /** 10 % of 4 and 60 % of 16: the mean of the ratios were 35. */
    @Test
    void aTotalIsARatioOfSums() {
        var scope =
                Shares.figures(List.of(Shares.sized(1, 1, 4, 1000), Shares.sized(2, 2, 16, 6000)))
                        .scopes()
                        .get("all");
        for (var measure : Measure.values()) {
            assertThat(measure.ofTotal.apply(scope.total())).hasToString("Optional[50.00]");
            assertThat(measure.ofCity.apply(scope.cities().getFirst()))
                    .hasToString("Optional[50.00]");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aHostThatMovedStandsInEachOfItsPlacesAndOnceInTheTotal(int seed) {
        var shares = Shares.cityWithMoves(seed);
        var figures = Shares.figures(shares);
        figures.scopes()
                .forEach((name, scope) -> {
                    var inScope =
                            shares.stream()
                                    .filter(share -> Scopes.of(share.pool()).contains(name))
                                    .toList();
                    assertOnce(inScope, scope.total().hosts(), scope.total().vcpu());
                    for (var row : scope.rows()) {
                        assertOnce(
                                inScope.stream()
                                        .filter(share -> share.unit().id().equals(row.unit()))
                                        .toList(),
                                row.hosts(),
                                row.vcpu());
                    }
                    for (var row : scope.systems()) {
                        assertOnce(
                                inScope.stream()
                                        .filter(share -> share.system().equals(row.system()))
                                        .toList(),
                                row.hosts(),
                                row.vcpu());
                    }
                    for (var row : scope.cities()) {
                        assertOnce(
                                inScope.stream()
                                        .filter(share ->
                                                CityRow.cityOf(share.unit().region(), Rules.LATEST)
                                                        .equals(row.city()))
                                        .toList(),
                                row.hosts(),
                                row.vcpu());
                    }
                    assertThat(scope.rows().stream().mapToInt(RankingRow::hosts).sum())
                            .isGreaterThanOrEqualTo(scope.total().hosts());
                });
        assertThat(figures.scopes().get("all").total().hosts())
                .isEqualTo(Shares.figures(Shares.city(seed)).scopes().get("all").total().hosts());
    }

    private static void assertOnce(List<HostShare> shares, int hosts, long vcpu) {
        var last = new HashMap<Object, HostShare>();
        shares.stream()
                .sorted(Comparator.comparing(share -> share.held().to()))
                .forEach(share -> last.put(share.host(), share));
        assertThat(hosts).isEqualTo(last.size());
        assertThat(vcpu).isEqualTo(last.values().stream().mapToLong(HostShare::vcpu).sum());
    }

    @Test
    void aTownAndAVillageLieInTheirCity() {
        var cities =
                Shares.figures(
                                List.of(
                                        Shares.share(1, 1, "440703", Shares.ORDINARY, 4000),
                                        Shares.share(2, 2, "440703001", Shares.ORDINARY, 4000),
                                        Shares.share(3, 3, "440703001001", Shares.ORDINARY, 4000),
                                        Shares.share(4, 4, "4407030", Shares.ORDINARY, 4000)))
                        .scopes()
                        .get("all")
                        .cities();
        assertThat(cities).extracting(CityRow::city).containsExactly("440700", "4407030");
        assertThat(cities.getFirst().units()).isEqualTo(3);
        // What was published before stays as it was.
        assertThat(CityRow.cityOf("440703001", Rules.MEMORY_IN_ENOUGH_HOURS))
                .isEqualTo("440703001");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rankedAndNotRankedAreAllUnitsWithResources(int seed) {
        var shares = Shares.city(seed);
        for (var scope : Shares.figures(shares).scopes().values()) {
            for (var row : scope.rows()) {
                assertThat(row.standing().isPresent()).isEqualTo(row.reasons().isEmpty());
            }
        }
        var units = new HashSet<>(shares.stream().map(share -> share.unit().id()).toList());
        assertThat(Shares.figures(shares).scopes().get("all").rows())
                .extracting(RankingRow::unit)
                .containsExactlyInAnyOrderElementsOf(units);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thePartsOfAScoreAddUpToItButForTheirRounding(int seed) {
        for (var row : Shares.figures(Shares.city(seed)).scopes().get("all").rows()) {
            row.parts()
                    .ifPresent(parts -> {
                        var sum =
                                parts.cpu().add(parts.memory()).add(parts.disk()).add(parts.idle());
                        assertThat(sum.subtract(row.standing().orElseThrow().score()).abs())
                                .isLessThanOrEqualTo(new BigDecimal("0.0052"));
                    });
        }
    }

    /** In hundredths of a percent; in whatever order the systems come. */
    @ParameterizedTest
    @CsvSource({"CPU, 3000, 5000", "MEMORY, 4000, 7000"})
    void systemsStandByValueThenByCodeInTheirBandAndItsEndsAreInNeither(
            SystemRow.Measure measure, int low, int high) {
        var shares = new ArrayList<HostShare>();
        for (int of : List.of(low - 1, low, high, high + 1, 9000, 1000, 9000, 1000)) {
            int unit = shares.size() + 1;
            shares.add(
                    measure == SystemRow.Measure.CPU
                            ? Shares.using(unit, of, 5000)
                            : Shares.using(unit, 4000, of));
        }
        var rows = Shares.figures(shares).scopes().get("all").systems().reversed();
        assertThat(codes(rows, Band.LOW, measure)).containsExactly("s006", "s008", "s001");
        assertThat(codes(rows, Band.HIGH, measure)).containsExactly("s005", "s007", "s004");
    }

    @Test
    void aCityIsItsCountiesAndHasThreePlaces() {
        var cities =
                Shares.figures(
                                List.of(
                                        Shares.share(1, 1, "440703", Shares.ORDINARY, 4000),
                                        Shares.share(2, 2, "440704", Shares.ORDINARY, 2000),
                                        Shares.share(3, 3, "440304", Shares.ORDINARY, 4000)))
                        .scopes()
                        .get("all")
                        .cities();
        assertThat(cities).extracting(CityRow::city).containsExactly("440300", "440700");
        var jiangmen = cities.getLast();
        // 0.40 * 30 + 0.30 * 50 + 0.10 * 50, over 0.80
        assertThat(jiangmen.overall()).hasToString("Optional[40.00]");
        assertThat(jiangmen.overallRank()).contains(2);
        assertThat(jiangmen.systems()).isEqualTo(2);
        assertThat(jiangmen.systemsRank()).isOne();
        assertThat(jiangmen.unitsRank()).isOne();
        assertThat(cities.getFirst().unitsRank()).isEqualTo(2);
    }

    private static List<String> codes(List<SystemRow> rows, Band band, SystemRow.Measure measure) {
        return SystemRow.in(band, measure, rows, Usages.POLICY).stream()
                .map(row -> row.system().code())
                .toList();
    }
}
