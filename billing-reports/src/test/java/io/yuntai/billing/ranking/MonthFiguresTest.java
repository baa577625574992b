package io.yuntai.billing.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        var used =
                shares.stream()
                        .filter(HostShare::measured)
                        .map(share -> share.cpu().used())
                        .reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(UnitUsage.use(shares, HostShare::cpu).used()).isEqualTo(used);
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

    @Test
    void systemsStandByValueInTheirBandAndThirtyAndFiftyAreInNeither() {
        var rows =
                Shares.figures(
                                List.of(
                                        Shares.share(1, 1, "440700", Shares.ORDINARY, 2999),
                                        Shares.share(2, 2, "440700", Shares.ORDINARY, 3000),
                                        Shares.share(3, 3, "440700", Shares.ORDINARY, 5000),
                                        Shares.share(4, 4, "440700", Shares.ORDINARY, 5001),
                                        Shares.share(5, 5, "440700", Shares.ORDINARY, 9000),
                                        Shares.share(6, 6, "440700", Shares.ORDINARY, 1000)))
                        .scopes()
                        .get("all")
                        .systems();
        assertThat(codes(rows, Band.LOW)).containsExactly("s006", "s001");
        assertThat(codes(rows, Band.HIGH)).containsExactly("s005", "s004");
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

    private static List<String> codes(List<SystemRow> rows, Band band) {
        return SystemRow.in(band, SystemRow.Measure.CPU, rows, Usages.POLICY).stream()
                .map(row -> row.system().code())
                .toList();
    }
}
