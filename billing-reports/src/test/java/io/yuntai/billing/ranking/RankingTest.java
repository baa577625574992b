package io.yuntai.billing.ranking;

import static io.yuntai.billing.ranking.Reason.FEWER_THAN_3_HOSTS;
import static io.yuntai.billing.ranking.Reason.INSUFFICIENT_DATA;
import static io.yuntai.billing.ranking.Reason.UNDER_80_PERCENT_COVERAGE;
import static io.yuntai.billing.ranking.Reason.UNDER_8_VCPU;
import static io.yuntai.billing.ranking.Usages.POLICY;
import static io.yuntai.billing.ranking.Usages.use;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final Use NOT_MEASURED =
            new Use(BigInteger.ZERO, BigInteger.ZERO, BigInteger.valueOf(100));

    @Test
    void theFirstExampleOfTheRulesScores75() {
        assertThat(Usages.score("15", "40", "40", "0.25")).isEqualTo("75.00");
    }

    @Test
    void theSecondExampleOfTheRulesScores84() {
        assertThat(Usages.score("80", "40", "40", "0")).isEqualTo("84.00");
    }

    @Test
    void bothEndsOfTheRangeScoreFull() {
        assertThat(Usages.score("30", "40", "40", "0")).isEqualTo("100.00");
        assertThat(Usages.score("50", "70", "80", "0")).isEqualTo("100.00");
    }

    @Test
    void aboveTheRangeTwoPointsAreLostForEachPercentDownTo60() {
        var cpu = POLICY.cpu();
        assertThat(component("50.5", cpu)).isEqualTo("99.00");
        assertThat(component("70", cpu)).isEqualTo("60.00");
        assertThat(component("70.01", cpu)).isEqualTo("60.00");
        assertThat(component("105", cpu)).isEqualTo("60.00");
        assertThat(component("0", cpu)).isEqualTo("0.00");
    }

    @Test
    void aScoreIsRoundedOnceAndHalfUp() {
        // 0.40 * 100 * 0.00375 / 30 = 0.005 exactly; anything rounded before would lose it
        assertThat(Usages.score("0.00375", "0", "0", "1")).isEqualTo("0.01");
        assertThat(Usages.score("0.003749", "0", "0", "1")).isEqualTo("0.00");
        // thirds that only sum up if none was cut off
        assertThat(Usages.score("10", "40", "40", "0.3333")).isEqualTo("66.67");
    }

    @Test
    void thirtyAndFiftyPercentAreNormal() {
        assertThat(band("29.99")).isEqualTo(Band.LOW);
        assertThat(band("30.00")).isEqualTo(Band.NORMAL);
        assertThat(band("50.00")).isEqualTo(Band.NORMAL);
        assertThat(band("50.01")).isEqualTo(Band.HIGH);
    }

    @Test
    void ofMemoryFortyAndSeventyPercentAreNormal() {
        assertThat(memoryBand("39.99")).isEqualTo(Band.LOW);
        assertThat(memoryBand("40.00")).isEqualTo(Band.NORMAL);
        assertThat(memoryBand("70.00")).isEqualTo(Band.NORMAL);
        assertThat(memoryBand("70.01")).isEqualTo(Band.HIGH);
    }

    @Test
    void gradesBeginAt80And60And40() {
        assertThat(List.of("80.00", "79.99", "60.00", "59.99", "40.00", "39.99"))
                .map(score -> POLICY.grade(new BigDecimal(score)))
                .containsExactly(Grade.A, Grade.B, Grade.B, Grade.C, Grade.C, Grade.D);
    }

    @Test
    void unitsEqualToTheLastDecimalShareARankAndTheNextIsSkipped() {
        var rows =
                Ranking.of(
                        List.of(
                                Usages.unit("A").cpu("30").build(),
                                Usages.unit("B").cpu("20").build(),
                                Usages.unit("C").cpu("20").build(),
                                Usages.unit("D").cpu("10").build()),
                        POLICY);
        assertThat(rows)
                .extracting(row -> row.standing().orElseThrow().scoreRank())
                .containsExactly(1, 2, 2, 4);
    }

    @Test
    void scoresThatDifferOnlyBehindTheRoundingTie() {
        var rows =
                Ranking.of(
                        List.of(
                                Usages.unit("A").cpu("20.0000").build(),
                                Usages.unit("B").cpu("20.0001").build()),
                        POLICY);
        assertThat(rows)
                .extracting(row -> row.standing().orElseThrow().scoreRank())
                .containsExactly(1, 1);
    }

    @Test
    void insideATieTheHigherCpuStandsFirstThenTheCode() {
        var rows =
                Ranking.of(
                        List.of(
                                Usages.unit("C").cpu("40").build(),
                                Usages.unit("B").cpu("45").build(),
                                Usages.unit("A").cpu("40").build()),
                        POLICY);
        assertThat(Ranking.inOrder(rows, Board.SCORE))
                .extracting(RankingRow::code)
                .containsExactly("B", "A", "C");
    }

    @Test
    void eachBoardRanksByItsOwnFigure() {
        var rows =
                Ranking.of(
                        List.of(
                                Usages.unit("A").cpu("90").memory("41").build(),
                                Usages.unit("B").cpu("40").memory("50").build()),
                        POLICY);
        assertThat(codes(rows, Board.SCORE)).containsExactly("B", "A");
        assertThat(codes(rows, Board.CPU)).containsExactly("A", "B");
        assertThat(codes(rows, Board.MEMORY)).containsExactly("B", "A");
    }

    @Test
    void twoMeasuredHostsAreTooFewAndThreeEnough() {
        assertThat(reasons(Usages.unit("A").hosts(2))).containsExactly(FEWER_THAN_3_HOSTS);
        assertThat(reasons(Usages.unit("A").hosts(3))).isEmpty();
    }

    @Test
    void sevenMeasuredVcpuAreTooFewAndEightEnough() {
        assertThat(reasons(Usages.unit("A").vcpu(7))).containsExactly(UNDER_8_VCPU);
        assertThat(reasons(Usages.unit("A").vcpu(8))).isEmpty();
    }

    @Test
    void coverageOf7999IsTooLittleAnd80Enough() {
        assertThat(reasons(Usages.unit("A").covered(7999)))
                .containsExactly(UNDER_80_PERCENT_COVERAGE);
        assertThat(reasons(Usages.unit("A").covered(8000))).isEmpty();
    }

    @Test
    void aMissingComponentIsNotReweighted() {
        var memoryless = Usages.unit("A").memory(NOT_MEASURED);
        assertThat(reasons(memoryless)).containsExactly(INSUFFICIENT_DATA);
        var row = Ranking.of(List.of(memoryless.build()), POLICY).getFirst();
        assertThat(row.figures().memory()).isEmpty();
        assertThat(row.standing()).isEmpty();
    }

    @Test
    void aComponentMeasuredForTooSmallAPartDoesNotSpeakForTheWhole() {
        assertThat(reasons(Usages.unit("A").memory(partly(7999))))
                .containsExactly(INSUFFICIENT_DATA);
        assertThat(reasons(Usages.unit("A").memory(partly(8000)))).isEmpty();
    }

    @Test
    void everyReasonIsNamed() {
        assertThat(reasons(Usages.unit("A").hosts(0).vcpu(0).covered(0).memory(NOT_MEASURED)))
                .containsExactly(Reason.values());
    }

    @Test
    void whoIsNotRankedTakesNoPlace() {
        var rows =
                Ranking.of(
                        List.of(
                                Usages.unit("A").cpu("30").hosts(2).build(),
                                Usages.unit("B").cpu("20").build()),
                        POLICY);
        assertThat(rows).hasSize(2);
        assertThat(rows.getLast().standing().orElseThrow().scoreRank()).isOne();
    }

    @Test
    void theOrderInWhichUnitsComeChangesNothing() {
        var units = new ArrayList<UnitUsage>();
        for (int i = 0; i < 50; i++) {
            units.add(Usages.unit("U%02d".formatted(i)).cpu("" + (i * 7 % 60)).build());
        }
        var rows = Ranking.of(units, POLICY);
        Collections.shuffle(units, new Random(42));
        assertThat(Ranking.of(units, POLICY)).isEqualTo(rows);
    }

    @Test
    void theTotalIsARatioOfSumsNotAMeanOfRatios() {
        var small = Usages.unit("A").cpu(use(50, 100)).build();
        var large = Usages.unit("B").cpu(use(90, 900)).build();
        assertThat(PoolTotal.of(List.of(small, large), POLICY).cpu()).contains(d("14.00"));
    }

    private static List<Reason> reasons(Usages unit) {
        return Ranking.of(List.of(unit.build()), POLICY).getFirst().reasons();
    }

    private static List<String> codes(List<RankingRow> rows, Board board) {
        return Ranking.inOrder(rows, board).stream().map(RankingRow::code).toList();
    }

    private static Use partly(int tenThousandths) {
        return new Use(
                BigInteger.valueOf(1000),
                BigInteger.valueOf(tenThousandths),
                BigInteger.valueOf(10_000));
    }

    private static BigDecimal component(String percent, RankingPolicy.Range range) {
        return Score.component(POLICY, Ratio.of(d(percent)), range).rounded(2);
    }

    private static Band band(String percent) {
        return RankingPolicy.band(d(percent), POLICY.cpu());
    }

    private static Band memoryBand(String percent) {
        return RankingPolicy.band(d(percent), POLICY.memory());
    }

    private static BigDecimal d(String text) {
        return new BigDecimal(text);
    }
}
