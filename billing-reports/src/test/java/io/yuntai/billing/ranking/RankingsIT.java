package io.yuntai.billing.ranking;

import static io.yuntai.billing.Sample.DOMESTIC;
import static io.yuntai.billing.Sample.ORDINARY;
import static io.yuntai.billing.Sample.allocation;
import static io.yuntai.billing.Sample.host;
import static io.yuntai.billing.Sample.party;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.metering.UsageSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RankingsIT {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final Period MONTH = Period.of(OCTOBER);
    private static final int HOURS = 31 * 24;

    /** How a host behaves all month, in percent of its capacity. */
    private record Behaviour(int cpu, int peak, int memory, int disk, int samples, int hours) {

        Behaviour(int cpu, int peak, int memory, int samples, int hours) {
            this(cpu, peak, memory, 50, samples, hours);
        }
    }

    private static final Behaviour BUSY = new Behaviour(40, 60, 50, 12, HOURS);

    private final BillingDatabase database = new BillingDatabase();
    private final Allocations allocations = database.service(Allocations.class);
    private final Rankings rankings = database.service(Rankings.class);
    private final Map<Integer, Behaviour> behaviours = new HashMap<>();

    /** Of a host, in how many of the first hours its memory was not measured. */
    private final Map<Integer, Integer> memoryGaps = new HashMap<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theDatabaseBeginsWithThePolicyOfTheRules() {
        var stored = database.service(PolicyStore.class).inForce(OCTOBER);
        assertThat(stored)
                .usingRecursiveComparison()
                .ignoringFields("basis")
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(Usages.POLICY);
    }

    @Test
    void aUnitsRatioIsARatioOfSums() {
        hosts(1, 4, new Behaviour(10, 20, 50, 12, HOURS), 1, 2);
        hosts(1, 16, new Behaviour(70, 80, 50, 12, HOURS), 3);
        compute();
        // (2 * 4 * 10 + 16 * 70) / 24, where the mean of the ratios were 30
        var row = row(1);
        assertThat(row.figures().cpu()).hasToString("Optional[50.00]");
        assertThat(row.figures().memory()).hasToString("Optional[50.00]");
        assertThat(row.figures().cpuP95()).hasToString("Optional[50.00]");
        assertThat(row.figures().coverage()).isEqualTo("100.00");
        assertThat(row.standing().orElseThrow().score()).isEqualTo("100.00");
    }

    @Test
    void anHourWithEightSamplesIsNotValidAndOneWithNineIs() {
        hosts(1, 4, BUSY, 1, 2, 3);
        hosts(2, 4, new Behaviour(40, 60, 50, 9, HOURS), 4, 5, 6);
        hosts(3, 4, new Behaviour(40, 60, 50, 8, HOURS), 7, 8, 9);
        compute();
        assertThat(row(2).figures().cpu()).isEqualTo(row(1).figures().cpu());
        assertThat(row(2).figures().coverage()).isEqualTo("100.00");
        assertThat(row(3).measuredHosts()).isZero();
        assertThat(row(3).figures().coverage()).isEqualTo("0.00");
    }

    @Test
    void aHostUnder80PercentIsLeftOutAboveAndBelowTheLine() {
        hosts(1, 4, BUSY, 1, 2, 3, 4);
        // 595 of 744 hours are 79.97 %, 596 are 80.11 %
        behaviours.put(1, new Behaviour(100, 100, 100, 12, 595));
        compute();
        assertThat(row(1).measuredHosts()).isEqualTo(3);
        assertThat(row(1).hosts()).isEqualTo(4);
        assertThat(row(1).figures().cpu()).hasToString("Optional[40.00]");
        assertThat(row(1).figures().coverage()).isEqualTo("75.00");
        assertThat(row(1).reasons()).containsExactly(Reason.UNDER_80_PERCENT_COVERAGE);
    }

    @Test
    void aHostOf80PercentIsMeasured() {
        hosts(1, 4, BUSY, 1, 2, 3, 4);
        behaviours.put(1, new Behaviour(40, 60, 50, 12, 596));
        compute();
        assertThat(row(1).measuredHosts()).isEqualTo(4);
        assertThat(row(1).reasons()).isEmpty();
    }

    @Test
    void ofAHostsOwnHoursExactly80PercentAreEnoughAndOneHourLessIsNot() {
        // Existing for 400 hours of the month: 320 of them are 80 %, and 319 are 79.75 %
        var from = MONTH.to().minusSeconds(400 * 3600).toString();
        for (int host : List.of(1, 2, 3, 4)) {
            allocations.record(List.of(allocation(host, 1, 4, ORDINARY, from)));
            confirmLongAgo(host);
            behaviours.put(host, new Behaviour(40, 60, 50, 12, host == 4 ? 319 : 320));
        }
        compute();
        assertThat(row(1).measuredHosts()).isEqualTo(3);
    }

    @Test
    void aUnitsCoverageOf7999IsTooLittleAndOfExactly80PercentEnough() {
        // 1599 of 1999 vCPU are measured, and 1600 of 2000
        hosts(1, 533, BUSY, 1, 2, 3);
        hosts(1, 400, new Behaviour(40, 60, 50, 12, 0), 4);
        hosts(2, 533, BUSY, 5, 6);
        hosts(2, 534, BUSY, 7);
        hosts(2, 400, new Behaviour(40, 60, 50, 12, 0), 8);
        compute();
        assertThat(row(1).figures().coverage()).isEqualTo("79.99");
        assertThat(row(1).reasons()).containsExactly(Reason.UNDER_80_PERCENT_COVERAGE);
        assertThat(row(2).figures().coverage()).isEqualTo("80.00");
        assertThat(row(2).reasons()).isEmpty();
    }

    @Test
    void ofMemoryExactly40And70PercentAreNormalOnTheBoard() {
        int[] memory = {39, 40, 70, 71};
        for (int unit = 1; unit <= memory.length; unit++) {
            var behaviour = new Behaviour(40, 60, memory[unit - 1], 12, HOURS);
            hosts(unit, 4, behaviour, 3 * unit, 3 * unit + 1, 3 * unit + 2);
        }
        compute();
        assertThat(board("all").ranked())
                .extracting(place -> place.row().code() + " " + place.memoryBand())
                .containsExactlyInAnyOrder("U001 LOW", "U002 NORMAL", "U003 NORMAL", "U004 HIGH");
    }

    @Test
    void aHostDestroyedWithinTheMonthCountsForItsHoursOnly() {
        hosts(1, 4, BUSY, 1, 2, 3);
        hosts(1, 4, new Behaviour(100, 100, 50, 12, HOURS), 4);
        allocations.end(host(4), at(360));
        compute();
        // (3 * 744 * 4 * 40 + 360 * 4 * 100) / (3 * 744 * 4 + 360 * 4) = 48.3333
        assertThat(row(1).figures().cpu()).hasToString("Optional[48.33]");
        assertThat(row(1).figures().coverage()).isEqualTo("100.00");
        assertThat(row(1).hosts()).isEqualTo(4);
        assertThat(row(1).measuredHosts()).isEqualTo(4);
        assertThat(rankings.hosts(OCTOBER, Optional.empty(), Optional.empty()).orElseThrow())
                .filteredOn(share -> share.host().equals(host(4)))
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.hours()).isEqualTo(360);
                    assertThat(share.validHours()).isEqualTo(360);
                });
    }

    @Test
    void theThirteenthDaySinceConfirmationIsExcludedAndTheFourteenthIsNot() {
        hosts(1, 4, BUSY, 1, 2, 3);
        for (int host = 4; host <= 8; host++) {
            allocations.record(List.of(allocation(host, 1, 4)));
            behaviours.put(host, BUSY);
        }
        var fourteenDays = Instant.parse("2026-10-17T16:00:00Z");
        allocations.confirm(List.of(host(4)), fourteenDays);
        allocations.confirm(List.of(host(5)), fourteenDays.plusMillis(1));
        // the sixth was never confirmed
        allocations.confirm(List.of(host(7)), MONTH.to().minusMillis(1));
        allocations.confirm(List.of(host(8)), MONTH.to());
        compute();
        assertThat(row(1).hosts()).isEqualTo(8);
        assertThat(row(1).measuredHosts()).isEqualTo(4);
        assertThat(row(1).excludedHosts()).isEqualTo(4);
        assertThat(
                        rankings
                                .hosts(OCTOBER, Optional.empty(), Optional.empty())
                                .orElseThrow()
                                .stream()
                                .filter(share -> share.exclusion().isPresent())
                                .collect(
                                        toMap(
                                                HostShare::name,
                                                share -> share.exclusion().orElseThrow())))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "host-5", Exclusion.RECENTLY_CONFIRMED,
                                "host-6", Exclusion.NOT_CONFIRMED,
                                "host-7", Exclusion.RECENTLY_CONFIRMED,
                                "host-8", Exclusion.NOT_CONFIRMED));
        assertThat(row(1).figures().coverage()).isEqualTo("100.00");
    }

    @Test
    void idleTakesAllFourAndTheShareIsOfVcpu() {
        hosts(1, 4, BUSY, 1);
        hosts(1, 12, new Behaviour(4, 29, 19, 12, HOURS), 2);
        hosts(1, 4, new Behaviour(5, 29, 19, 12, HOURS), 3);
        hosts(1, 4, new Behaviour(4, 30, 19, 12, HOURS), 4);
        hosts(1, 4, new Behaviour(4, 29, 20, 12, HOURS), 5);
        compute();
        // 12 of 28 vCPU
        assertThat(row(1).figures().idleShare()).hasToString("Optional[0.4286]");
    }

    @Test
    void ofMemoryEightyPercentOfTheHoursAreEnoughForBeingIdle() {
        hosts(1, 4, BUSY, 1);
        hosts(1, 4, new Behaviour(4, 29, 19, 12, HOURS), 2, 3, 4);
        memoryGaps.put(2, 1);
        // 596 of 744 hours are 80.11 %, 595 are 79.97 %
        memoryGaps.put(3, 148);
        memoryGaps.put(4, 149);
        compute();
        assertThat(row(1).figures().idleShare()).hasToString("Optional[0.5000]");
    }

    /** The figures by which the hosts of the two tests above are idle or not. */
    @Test
    void ofEachHostStandsByWhatItIsIdleOrNot() {
        hosts(1, 4, new Behaviour(4, 29, 19, 12, HOURS), 1, 2);
        hosts(1, 4, new Behaviour(9, 30, 19, 9, HOURS), 3);
        hosts(1, 4, new Behaviour(4, 29, 19, 8, HOURS), 4);
        memoryGaps.put(2, 149);
        compute();
        assertThat(idleFigures())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "host-1", figures("4.00", "29.00", HOURS),
                                "host-2", figures("4.00", "29.00", HOURS - 149),
                                "host-3", figures("9.00", "30.00", HOURS)));
    }

    private Map<String, IdleFigures> idleFigures() {
        var shares = rankings.hosts(OCTOBER, Optional.empty(), Optional.empty()).orElseThrow();
        return database
                .service(DerivedUse.class)
                .idle(shares, Usages.POLICY, OCTOBER, Optional.empty())
                .entrySet()
                .stream()
                .collect(toMap(of -> of.getKey().name(), Map.Entry::getValue));
    }

    private static IdleFigures figures(String p95, String peak, int memoryHours) {
        return new IdleFigures(Optional.of(new BigDecimal(p95)), new BigDecimal(peak), memoryHours);
    }

    /** 706 hours of 744 are 94.9 % and not 95: one more decides it, as it decides the ranking. */
    @Test
    void theP95OfSamplesIsUnderTheLimitExactlyWhenTheHostIsIdle() {
        hosts(1, 4, new Behaviour(4, 29, 19, 12, HOURS), 1, 2);
        readWith(host -> number(host) == 1 ? 706 : 707);
        var shares = rankings.hosts(OCTOBER, Optional.empty(), Optional.empty()).orElseThrow();
        assertThat(shares).extracting(HostShare::idle).containsExactly(false, true);
        assertThat(idleFigures().get("host-1").cpuP95()).hasToString("Optional[20.00]");
        assertThat(idleFigures().get("host-2").cpuP95()).hasToString("Optional[1.00]");
    }

    /** So many hours at 1 % and the others at 20 %. */
    private void readWith(ToIntFunction<MeteredHost> lowHours) {
        UsageSource source =
                (hosts, into) ->
                        hosts.forEach(host ->
                                IntStream.range(0, HOURS)
                                        .forEach(i -> {
                                            int cpu = i < lowHours.applyAsInt(host) ? 1 : 20;
                                            into.accept(
                                                    hour(
                                                            host,
                                                            i,
                                                            new Behaviour(cpu, 25, 19, 12, HOURS)));
                                        }));
        var _ = database.service(Metering.class).read(source, MONTH);
        var _ = rankings.compute(OCTOBER);
    }

    @Test
    void aResizedHostCountsByHoursWithThatHoursCapacity() {
        hosts(1, 4, BUSY, 1, 2, 3);
        // 10:30 on the 31st in Shanghai: the hour of ten o'clock is the old capacity's, 13 are new
        allocations.record(List.of(allocation(1, 1, 104, ORDINARY, "2026-10-31T02:30:00Z")));
        behaviours.put(2, new Behaviour(0, 0, 50, 12, HOURS));
        behaviours.put(3, new Behaviour(0, 0, 50, 12, HOURS));
        compute();
        // 40 * (731 * 4 + 13 * 104) / (731 * 4 + 13 * 104 + 744 * 8) = 16.7227
        assertThat(row(1).figures().cpu()).hasToString("Optional[16.72]");
        assertThat(row(1).vcpu()).isEqualTo(112);
        assertThat(row(1).hosts()).isEqualTo(3);
    }

    @Test
    void aMovedHostCountsForEachOwnerByHours() {
        hosts(1, 4, BUSY, 1, 2, 3, 4);
        allocations.record(List.of(allocation(1, 2, 4, ORDINARY, "2026-10-16T00:00:00Z")));
        compute();
        assertThat(row(1).hosts()).isEqualTo(4);
        assertThat(row(1).measuredHosts()).isEqualTo(4);
        assertThat(row(2).hosts()).isOne();
        assertThat(row(2).reasons())
                .containsExactly(Reason.FEWER_THAN_3_HOSTS, Reason.UNDER_8_VCPU);
    }

    @Test
    void aStoppedHostsCapacityCountsWithNoUse() {
        hosts(1, 4, BUSY, 1, 2, 3);
        behaviours.put(1, new Behaviour(0, 0, 0, 12, HOURS));
        compute();
        assertThat(row(1).figures().cpu()).hasToString("Optional[26.67]");
    }

    @Test
    void p95IsTheNearestRankOfTheUnitsHours() {
        hosts(1, 4, BUSY, 1, 2, 3);
        // rank 707 of 744: 706 hours under it, the others over it
        UsageSource source =
                (hosts, into) ->
                        hosts.forEach(host ->
                                IntStream.range(0, HOURS)
                                        .forEach(i -> into.accept(hour(host, i, rising(i)))));
        var _ = database.service(Metering.class).read(source, MONTH);
        var _ = rankings.compute(OCTOBER);
        assertThat(row(1).figures().cpuP95()).hasToString("Optional[20.00]");
        assertThat(row(1).figures().cpuPeak()).hasToString("Optional[90.00]");
        var hours = hoursOf(1);
        assertThat(hours).hasSize(HOURS).isSortedAccordingTo(Comparator.comparing(UnitHour::hour));
        assertThat(hours)
                .filteredOn(UnitHour::isP95)
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.hour()).isEqualTo(at(706));
                    assertThat(hour.percent()).isEqualTo("20.00");
                    assertThat(hour.hosts()).isEqualTo(3);
                });
        assertThat(hours)
                .filteredOn(UnitHour::isPeak)
                .extracting(UnitHour::percent)
                .containsExactly(new BigDecimal("90.00"));
    }

    private List<UnitHour> hoursOf(int party) {
        var unit = Optional.of(party(party).id());
        return database.service(DerivedUse.class)
                .hours(
                        rankings.hosts(OCTOBER, unit, Optional.empty()).orElseThrow(),
                        Usages.POLICY,
                        OCTOBER,
                        Optional.empty());
    }

    @Test
    void unmeasuredHostsAddNothingToTheUnitsHours() {
        hosts(1, 4, BUSY, 1);
        hosts(1, 4, new Behaviour(90, 95, 50, 12, 595), 2);
        allocations.record(
                List.of(allocation(3, 2, 4, ORDINARY, MONTH.to().minusSeconds(3600).toString())));
        confirmLongAgo(3);
        behaviours.put(3, new Behaviour(7, 9, 50, 12, 1));
        compute();
        assertThat(hoursOf(1)).hasSize(HOURS).extracting(UnitHour::hosts).containsOnly(1);
        assertThat(hoursOf(1))
                .extracting(UnitHour::percent)
                .containsOnly(row(1).figures().cpuP95().orElseThrow());
        assertThat(hoursOf(2))
                .singleElement()
                .satisfies(hour -> {
                    assertThat(hour.isP95()).isTrue();
                    assertThat(hour.isPeak()).isTrue();
                });
    }

    @Test
    void poolsAreCountedApartAndTotalled() {
        hosts(1, 4, BUSY, 1, 2, 3);
        for (int host : List.of(4, 5, 6)) {
            allocations.record(List.of(allocation(host, 1, 4, DOMESTIC, "2026-01-01T00:00:00Z")));
            confirmLongAgo(host);
            behaviours.put(host, new Behaviour(10, 20, 50, 12, HOURS));
        }
        compute();
        assertThat(board(ORDINARY).ranked().getFirst().row().figures().cpu())
                .hasToString("Optional[40.00]");
        assertThat(board(DOMESTIC).total().cpu()).hasToString("Optional[10.00]");
        assertThat(board("all").total().cpu()).hasToString("Optional[25.00]");
        assertThat(board("all").total().hosts()).isEqualTo(6);
        assertThat(rankings.of(OCTOBER, Board.SCORE, "internet-ordinary")).isEmpty();
    }

    /** Three hosts of two processors are six, however many pools they were in. */
    @Test
    void aHostThatWentToAnotherPoolCountsOnceInAll() {
        hosts(1, 2, BUSY, 1, 2, 3);
        for (int host : List.of(1, 2, 3)) {
            allocations.record(List.of(allocation(host, 1, 2, DOMESTIC, "2026-10-16T00:00:00Z")));
        }
        compute();
        assertThat(row(1).hosts()).isEqualTo(3);
        assertThat(row(1).vcpu()).isEqualTo(6);
        assertThat(row(1).reasons()).containsExactly(Reason.UNDER_8_VCPU);
        for (var pool : List.of("all", "zone:extranet", ORDINARY, DOMESTIC)) {
            assertThat(board(pool).total().hosts()).isEqualTo(3);
            assertThat(board(pool).total().vcpu()).isEqualTo(6);
        }
    }

    @Test
    void equalUnitsTieAndComputingAgainReplaces() {
        hosts(1, 4, BUSY, 1, 2, 3);
        hosts(2, 4, BUSY, 4, 5, 6);
        hosts(3, 4, new Behaviour(10, 20, 50, 12, HOURS), 7, 8, 9);
        hosts(4, 4, BUSY, 10);
        compute();
        var again = rankings.compute(OCTOBER);
        assertThat(again)
                .isEqualTo(new RankedMonth(OCTOBER, 3, 1, BillingDatabase.NOW, Optional.empty()));
        assertThat(rankings.months()).containsExactly(again);
        var board = board("all");
        assertThat(board.ranked()).extracting(MonthRanking.Place::rank).containsExactly(1, 1, 3);
        assertThat(board.ranked())
                .extracting(MonthRanking.Place::tied)
                .containsExactly(true, true, false);
        assertThat(board.notRanked()).extracting(RankingRow::code).containsExactly("U004");
        assertThat(board.policy().id()).isEqualTo("default-1");
        assertThat(board.ranked().getFirst().row().name()).isEqualTo("第1局");
    }

    @Test
    void allHostsStoppedIsAResultAndNothingMeasuredIsNone() {
        hosts(1, 4, new Behaviour(0, 0, 0, 0, 12, HOURS), 1, 2, 3);
        hosts(2, 4, new Behaviour(0, 0, 0, 12, 0), 4, 5, 6);
        compute();
        assertThat(row(1).figures().cpu()).hasToString("Optional[0.00]");
        assertThat(row(1).figures().idleShare()).hasToString("Optional[1.0000]");
        assertThat(board("all").ranked())
                .singleElement()
                .satisfies(place -> {
                    assertThat(place.row().standing().orElseThrow().score()).isEqualTo("0.00");
                    assertThat(place.grade()).isEqualTo(Grade.D);
                });
        assertThat(row(2).figures().cpu()).isEmpty();
        assertThat(row(2).reasons()).containsExactly(Reason.values());
    }

    @Test
    void aMonthWithoutHostsHasAnEmptyRanking() {
        assertThat(rankings.compute(OCTOBER).ranked()).isZero();
        assertThat(board("all").ranked()).isEmpty();
    }

    @Test
    void aMissingDayIsNeitherZeroNorTheMean() {
        hosts(1, 4, BUSY, 1, 2, 3);
        // The last 30 of 31 days are there.
        behaviours.put(1, new Behaviour(40, 60, 50, 12, HOURS - 24));
        behaviours.put(2, new Behaviour(40, 60, 50, 12, HOURS - 24));
        behaviours.put(3, new Behaviour(40, 60, 50, 12, HOURS - 24));
        compute();
        assertThat(row(1).figures().cpu()).hasToString("Optional[40.00]");
        assertThat(row(1).figures().coverage()).isEqualTo("96.77");
        assertThat(row(1).measuredHosts()).isEqualTo(3);
    }

    @Test
    void aSystemThatMovedBetweenUnitsCountsForEachByHoursAndStandsOnceWithItsLastOne() {
        hosts(1, 4, BUSY, 1, 2, 3);
        for (int host : List.of(1, 2, 3)) {
            var before = allocation(host, 1, 4);
            allocations.record(
                    List.of(
                            new HostAllocation(
                                    before.host(),
                                    before.hostName(),
                                    party(2),
                                    before.system(),
                                    before.pool(),
                                    before.capacity(),
                                    before.place(),
                                    Instant.parse("2026-10-15T16:00:00Z"))));
        }
        compute();
        assertThat(row(1).measuredHosts()).isEqualTo(3);
        assertThat(row(2).measuredHosts()).isEqualTo(3);
        var shares = rankings.hosts(OCTOBER, Optional.empty(), Optional.empty()).orElseThrow();
        assertThat(shares)
                .extracting(HostShare::hours)
                .containsExactly(360, 360, 360, 384, 384, 384);
        assertThat(
                        rankings.systems(
                                        OCTOBER,
                                        Band.NORMAL,
                                        SystemRow.Measure.CPU,
                                        "all",
                                        Optional.empty())
                                .orElseThrow())
                .singleElement()
                .satisfies(system -> {
                    assertThat(system.unitName()).isEqualTo("第2局");
                    assertThat(system.hosts()).isEqualTo(3);
                });
    }

    @Test
    void figuresOfAMonthAreTheSumsOfItsHostsAsTheDatabaseAddsThemUp() {
        hosts(1, 4, BUSY, 1, 2, 3);
        hosts(2, 8, new Behaviour(10, 20, 50, 12, HOURS), 4, 5, 6);
        compute();
        assertThat(
                        database.sql()
                                .sql(
                                        """
                                        select round(100 * sum(u.cpu_time_ms)::numeric
                                            / sum(300000 * a.vcpu * u.samples), 2)
                                        from usage_hour u join allocation a on a.host = u.host and a.during @> u.hour
                                        """)
                                .query(BigDecimal.class)
                                .single())
                .isEqualByComparingTo(board("all").total().cpu().orElseThrow());
        assertThat(board("zone:extranet").total()).isEqualTo(board("all").total());
        assertThat(board("family:ordinary").total()).isEqualTo(board("all").total());
    }

    private static Behaviour rising(int hour) {
        int cpu = hour < 706 ? 10 : hour == 706 ? 20 : 90;
        return new Behaviour(cpu, 90, 50, 12, HOURS);
    }

    private void hosts(int party, int vcpu, Behaviour behaviour, int... numbers) {
        for (int number : numbers) {
            allocations.record(List.of(allocation(number, party, vcpu)));
            confirmLongAgo(number);
            behaviours.put(number, behaviour);
        }
    }

    private void confirmLongAgo(int number) {
        allocations.confirm(List.of(host(number)), Instant.parse("2026-01-02T00:00:00Z"));
    }

    /** The statement as docs/ranking.md prints it: from the score of a unit to its samples. */
    @Test
    void theDocumentedStatementDerivesAScoreFromItsHours() throws IOException {
        hosts(1, 4, BUSY, 1, 2);
        hosts(1, 4, new Behaviour(10, 20, 50, 12, HOURS), 3);
        hosts(2, 4, BUSY, 4);
        // The first is resized, the second with another for a day, and an hour has few samples.
        allocations.record(List.of(allocation(1, 1, 104, ORDINARY, "2026-10-31T02:30:00Z")));
        allocations.record(List.of(allocation(2, 2, 4, ORDINARY, "2026-10-10T16:00:00Z")));
        allocations.record(List.of(allocation(2, 1, 4, ORDINARY, "2026-10-11T16:00:00Z")));
        read();
        UsageSource few =
                (hosts, into) ->
                        hosts.forEach(host ->
                                into.accept(hour(host, 5, new Behaviour(90, 90, 90, 8, HOURS))));
        var _ = database.service(Metering.class).read(few, new Period(at(5), at(6)));
        var _ = rankings.compute(OCTOBER);
        var rows = database.sql().sql(documentedStatement()).query().listOfRows();
        assertThat(rows).hasSize(3 * HOURS - 24);
        var unit = row(1);
        var first = rows.getFirst();
        assertThat((BigDecimal) first.get("score"))
                .isEqualTo(unit.standing().orElseThrow().score());
        assertThat(
                        Stream.of("cpu_points", "memory_points", "disk_points", "idle_points")
                                .map(part -> (BigDecimal) first.get(part))
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .setScale(2, RoundingMode.HALF_UP))
                .isEqualTo(first.get("score"));
        var valid = rows.stream().filter(row -> (Boolean) row.get("valid")).toList();
        assertThat(valid).hasSize(rows.size() - 3);
        assertThat(ratio(valid, "cpu_time_ms", "cpu_of_ms"))
                .isEqualTo(unit.figures().cpu().orElseThrow());
        assertThat(ratio(valid, "memory_byte_seconds", "memory_of_byte_seconds"))
                .isEqualTo(unit.figures().memory().orElseThrow());
        assertThat(ratio(valid, "disk_byte_seconds", "disk_of_byte_seconds"))
                .isEqualTo(unit.figures().disk().orElseThrow());
    }

    private static BigDecimal ratio(List<Map<String, Object>> rows, String used, String of) {
        return sum(rows, used).movePointRight(2).divide(sum(rows, of), 2, RoundingMode.HALF_UP);
    }

    private static BigDecimal sum(List<Map<String, Object>> rows, String column) {
        return rows.stream()
                .map(row -> new BigDecimal(String.valueOf(row.get(column))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String documentedStatement() throws IOException {
        var text = Files.readString(Path.of("../docs/ranking.md"));
        int begin = text.indexOf("```sql") + "```sql".length();
        return text.substring(begin, text.indexOf("```", begin)).strip().replaceFirst(";$", "");
    }

    @Test
    void aPreliminaryMonthIsRankedAnewOnlyIfSomethingCameOutDifferently() {
        hosts(1, 4, BUSY, 1, 2, 3);
        assertThat(rankings.refresh(OCTOBER)).isEmpty();
        compute();
        assertThat(rankings.preliminary()).contains(OCTOBER);
        assertThat(rankings.refresh(OCTOBER)).isEmpty();
        assertThat(runs()).isOne();
        UsageSource late =
                (hosts, into) ->
                        hosts.forEach(host ->
                                into.accept(hour(host, 5, new Behaviour(90, 95, 50, 12, HOURS))));
        var _ = database.service(Metering.class).read(late, new Period(at(5), at(6)));
        assertThat(rankings.refresh(OCTOBER)).isPresent();
        assertThat(runs()).isEqualTo(2);
    }

    /**
     * One whose memory is not measured in one hour is idle by the rules of now, and not by the
     * first.
     */
    @Test
    void aPolicyIsTriedAndAMonthComparedByTheRulesThatMonthsWereMadeBy() {
        hosts(1, 4, BUSY, 1, 2);
        hosts(1, 4, new Behaviour(4, 29, 19, 12, HOURS), 3);
        memoryGaps.put(3, 1);
        read();
        madeByTheFirstRules(OCTOBER);
        madeByTheFirstRules(OCTOBER.minusMonths(1));
        assertThat(board("all").rules()).isEqualTo(Rules.MEMORY_IN_ALL_HOURS);
        assertThat(compared()).isEqualTo(Comparison.State.COMPARED);
        var trial =
                database.service(Policies.class).trial("default-1", OCTOBER, "all").orElseThrow();
        assertThat(trial.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.now()).isEqualTo(row.then()));
        assertThat(rankings.refresh(OCTOBER)).isPresent();
        assertThat(board("all").rules()).isEqualTo(Rules.LATEST);
        assertThat(row(1).standing().orElseThrow().score())
                .isNotEqualTo(trial.rows().getFirst().then().score().orElseThrow());
        assertThat(compared()).isEqualTo(Comparison.State.NOT_COMPARABLE);
    }

    @Test
    void aPreliminaryMonthIsMadeAnewByOtherRulesEvenIfTheySayTheSame() {
        hosts(1, 4, BUSY, 1, 2, 3);
        read();
        madeByTheFirstRules(OCTOBER);
        assertThat(rankings.refresh(OCTOBER)).isPresent();
        assertThat(rankings.refresh(OCTOBER)).isEmpty();
    }

    private void madeByTheFirstRules(YearMonth month) {
        var figures =
                Rankings.derive(
                        database.sql(),
                        month,
                        Usages.POLICY,
                        Rules.MEMORY_IN_ALL_HOURS,
                        BillingDatabase.NOW);
        var _ = database.service(RankingStore.class).add(figures, BillingDatabase.NOW);
    }

    private Comparison.State compared() {
        return rankings.compared(
                        OCTOBER, OCTOBER.minusMonths(1), Board.SCORE, "all", Optional.empty())
                .orElseThrow()
                .state();
    }

    private int runs() {
        return database.sql().sql("select count(*) from ranking").query(Integer.class).single();
    }

    @Test
    void missingIsEveryMonthThatEndedSinceTheFirstHostUntilItIsComputed() {
        assertThat(rankings.missing()).isEmpty();
        allocations.record(List.of(allocation(1, 1, 4, ORDINARY, "2026-08-31T15:59:59Z")));
        assertThat(rankings.missing())
                .containsExactly(YearMonth.of(2026, 8), YearMonth.of(2026, 9), OCTOBER);
        var _ = rankings.compute(YearMonth.of(2026, 9));
        assertThat(rankings.missing()).containsExactly(YearMonth.of(2026, 8), OCTOBER);
    }

    @Test
    void noMonthOfMoreThanAYearAgoIsMissing() {
        allocations.record(List.of(allocation(1, 1, 4, ORDINARY, "2020-01-01T00:00:00Z")));
        assertThat(rankings.missing()).hasSize(12).startsWith(YearMonth.of(2025, 11));
    }

    @Test
    void ofTwoComputedAtOnceTheSlowerIsTheLaterRun() throws Exception {
        hosts(1, 4, BUSY, 1, 2, 3);
        compute();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = threads.invokeAll(Collections.nCopies(4, () -> rankings.run(OCTOBER).run()));
            assertThat(runs).extracting(Future::get).containsExactlyInAnyOrder(2, 3, 4, 5);
        }
    }

    private void compute() {
        read();
        var _ = rankings.compute(OCTOBER);
    }

    private void read() {
        var _ =
                database.service(Metering.class)
                        .read(
                                (hosts, into) ->
                                        hosts.forEach(host -> {
                                            var behaviour = behaviours.get(number(host));
                                            // the last hours are there, so that late hosts have
                                            // some
                                            for (int i = HOURS - behaviour.hours();
                                                    i < HOURS;
                                                    i++) {
                                                if (host.during().contains(at(i))) {
                                                    into.accept(hour(host, i, behaviour));
                                                }
                                            }
                                        }),
                                MONTH);
    }

    private static Instant at(int hour) {
        return MONTH.from().plusSeconds(hour * 3600L);
    }

    private static int number(MeteredHost host) {
        return (int) host.host().value().getLeastSignificantBits();
    }

    private UsageHour hour(MeteredHost host, int hour, Behaviour behaviour) {
        var capacity = host.capacity();
        long seconds = 300L * behaviour.samples();
        return new UsageHour(
                host.host(),
                at(hour),
                FiveMinutes.even(behaviour.samples(), 100 * behaviour.cpu()),
                FiveMinutes.even(behaviour.samples(), 100 * behaviour.memory()),
                0,
                capacity.vcpu() * 10L * behaviour.cpu() * seconds,
                capacity.vcpu() * 10 * behaviour.peak(),
                hour < memoryGaps.getOrDefault(number(host), 0)
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                capacity.memoryBytes() * behaviour.memory() * seconds / 100),
                OptionalLong.of(capacity.diskBytes() * behaviour.disk() / 100 * seconds));
    }

    private MonthRanking board(String pool) {
        return rankings.of(OCTOBER, Board.SCORE, pool).orElseThrow();
    }

    private RankingRow row(int party) {
        var code = "U%03d".formatted(party);
        var board = board("all");
        return Stream.concat(
                        board.ranked().stream().map(MonthRanking.Place::row),
                        board.notRanked().stream())
                .filter(row -> row.code().equals(code))
                .findAny()
                .orElseThrow();
    }
}
