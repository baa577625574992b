package io.yuntai.onboarding.instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CEL makes of predicates, at their edges. */
class ExpressionsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
    private static final RuleLimits LIMITS = new RuleLimits(4, 8, 100);

    private final Expressions expressions = new Expressions();

    @ParameterizedTest
    @CsvSource({
        "order.vcpu <= 4, ORDER_VCPU, 4, 5",
        "order.largest_memory_gib <= 16, ORDER_LARGEST_MEMORY, 16, 17",
        "order.storage_gib <= 100, ORDER_STORAGE, 100, 101",
        "order.hosts <= 2, ORDER_HOSTS, 2, 3",
        "order.term_months <= 12, ORDER_TERM, 12, 13",
        "system.mlps_level <= 2, SYSTEM_MLPS_LEVEL, 2, 3",
        "system.vcpu_30d <= limit.vcpu, SYSTEM_VCPU_30D, 4, 5",
        "system.memory_gib_30d <= limit.memory_gib, SYSTEM_MEMORY_30D, 8, 9",
        "system.storage_gib_30d <= limit.storage_gib, SYSTEM_STORAGE_30D, 100, 101",
        "unit.left_vcpu >= 10, UNIT_LEFT_VCPU, 10, 9",
        "pool.left_memory_gib >= 0, POOL_LEFT_MEMORY, 0, -1",
    })
    void aNumberHoldsAtItsEdgeAndNotBeyondIt(
            String expression, Fact fact, long holds, long holdsNot) {
        assertThat(judge(expression, Map.of(fact, new FactValue.Whole(holds))).value())
                .isEqualTo(Finding.Value.HOLDS);
        assertThat(judge(expression, Map.of(fact, new FactValue.Whole(holdsNot))).value())
                .isEqualTo(Finding.Value.HOLDS_NOT);
    }

    @Test
    void flagsTextsScoresAndListsAreJudgedAsWhatTheyAre() {
        assertThat(holds("system.filed", Fact.SYSTEM_FILED, new FactValue.Flag(true))).isTrue();
        assertThat(holds("system.filed", Fact.SYSTEM_FILED, new FactValue.Flag(false))).isFalse();
        var zone = "pool.zone == 'extranet'";
        assertThat(holds(zone, Fact.POOL_ZONE, new FactValue.Text("extranet"))).isTrue();
        assertThat(holds(zone, Fact.POOL_ZONE, new FactValue.Text("internet"))).isFalse();
        var score = "unit.score >= 60";
        assertThat(holds(score, Fact.UNIT_SCORE, new FactValue.Real(60.0))).isTrue();
        assertThat(holds(score, Fact.UNIT_SCORE, new FactValue.Real(59.99))).isFalse();
        var kinds = "order.kinds.all(kind, kind in ['HOSTS'])";
        assertThat(holds(kinds, Fact.ORDER_KINDS, new FactValue.Texts(List.of("HOSTS")))).isTrue();
        assertThat(
                        holds(
                                kinds,
                                Fact.ORDER_KINDS,
                                new FactValue.Texts(List.of("HOSTS", "NAMESPACE"))))
                .isFalse();
    }

    @Test
    void aFactIsGoodForADayAndThenAsGoodAsMissing() {
        var predicates = List.of(new Predicate("use", "unit.score >= 60.0"));
        var compiled = expressions.compiled(predicates, LIMITS);
        var value = new FactValue.Real(80);
        var old = new Facts(Map.of(Fact.UNIT_SCORE, known(value, Duration.ofHours(24))));
        assertThat(compiled.judge(old, NOW).getFirst().value()).isEqualTo(Finding.Value.HOLDS);
        var older =
                new Facts(
                        Map.of(Fact.UNIT_SCORE, known(value, Duration.ofHours(24).plusMillis(1))));
        assertThat(compiled.judge(older, NOW).getFirst())
                .isEqualTo(
                        new Finding(
                                "use",
                                "unit.score >= 60.0",
                                Finding.Value.UNDETERMINED,
                                "unit.score: stale"));
    }

    @Test
    void whatIsMissingIsNamedAndDoesNotHold() {
        var finding = judge("unit.score >= 60.0 && order.vcpu < 9", Map.of());
        assertThat(finding.value()).isEqualTo(Finding.Value.UNDETERMINED);
        assertThat(finding.why()).isEqualTo("order.vcpu: missing, unit.score: missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.vcpu / 0 == 1", "order.kinds[3] == 'HOSTS'"})
    void anExpressionThatFailsIsToldAndNeverThrown(String expression) {
        var finding =
                judge(
                        expression,
                        Map.of(
                                Fact.ORDER_VCPU,
                                new FactValue.Whole(1),
                                Fact.ORDER_KINDS,
                                new FactValue.Texts(List.of())));
        assertThat(finding.value()).isEqualTo(Finding.Value.UNDETERMINED);
        assertThat(finding.why()).isNotEmpty();
    }

    @Test
    void whatCostsTooMuchIsGivenUp() {
        String ten = "[1,2,3,4,5,6,7,8,9,10]";
        var expression =
                "%1$s.all(a, %1$s.all(b, %1$s.all(c, %1$s.all(d, %1$s.all(e, a+b+c+d+e > 0)))))"
                        .formatted(ten);
        assertThat(expressions.faults(List.of(new Predicate("costly", expression)), "")).isEmpty();
        long began = System.nanoTime();
        assertThat(judge(expression, Map.of()).value()).isEqualTo(Finding.Value.UNDETERMINED);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void faultsNamePredicateLineColumnAndReason() {
        var faults =
                expressions.faults(
                        List.of(
                                new Predicate("right", "order.vcpu <= 4"),
                                new Predicate("typo", "true &&\n order.vcup <= 4"),
                                new Predicate("number", "order.vcpu + 1"),
                                new Predicate("types", "order.vcpu == 'four'"),
                                new Predicate("broken", "order.vcpu <")),
                        "/predicates");
        assertThat(faults)
                .extracting(Fault::pointer)
                .containsExactly(
                        "/predicates/1/expression",
                        "/predicates/2/expression",
                        "/predicates/3/expression",
                        "/predicates/4/expression");
        assertThat(faults).extracting(Fault::code).containsOnly("BAD_EXPRESSION");
        assertThat(faults.getFirst().arguments().getFirst()).isEqualTo("2");
        assertThat(faults.getFirst().arguments().getLast().toString()).contains("order");
        assertThat(faults.get(1).arguments().getLast().toString()).contains("bool");
    }

    @Test
    void whatNestsTooDeepIsRefusedWhenItIsProposed() {
        var deep = "(".repeat(400) + "true" + ")".repeat(400);
        assertThat(expressions.faults(List.of(new Predicate("deep", deep)), "")).isNotEmpty();
    }

    @Test
    void theGuardsAreFitAndHoldForWhatIsInNobodysWay() {
        assertThat(expressions.faults(Guards.ALL, "")).isEmpty();
        var facts = new HashMap<Fact, FactValue>();
        facts.put(Fact.UNIT_SUSPENDED, new FactValue.Flag(false));
        facts.put(Fact.ORDER_OBSTACLE, new FactValue.Text(""));
        facts.put(Fact.PROTECTION_PERIOD, new FactValue.Flag(false));
        facts.put(Fact.ORDER_PUBLIC_ADDRESS, new FactValue.Flag(false));
        facts.put(Fact.ORDER_GPUS, new FactValue.Whole(0));
        facts.put(Fact.ORDER_KINDS, new FactValue.Texts(List.of("HOSTS")));
        facts.put(Fact.ORDER_EXTRAS, new FactValue.Texts(List.of()));
        facts.put(Fact.SYSTEM_VCPU_30D, new FactValue.Whole(4));
        facts.put(Fact.SYSTEM_MEMORY_30D, new FactValue.Whole(8));
        facts.put(Fact.SYSTEM_STORAGE_30D, new FactValue.Whole(100));
        var compiled = expressions.compiled(Guards.ALL, LIMITS);
        assertThat(compiled.judge(facts(facts), NOW)).allMatch(Finding::holds);
        facts.put(Fact.UNIT_SUSPENDED, new FactValue.Flag(true));
        assertThat(compiled.judge(facts(facts), NOW))
                .filteredOn(one -> !one.holds())
                .extracting(Finding::name)
                .containsExactly("not_suspended");
    }

    @Test
    void whatWasKeptWhenNoExtrasCouldBeAskedForHasNone() {
        var kinds = new FactValue.Texts(List.of("NAMESPACE"));
        var kept = facts(Map.of(Fact.ORDER_KINDS, kinds));
        assertThat(FactsJson.read(FactsJson.write(kept)).fresh(Fact.ORDER_EXTRAS, NOW))
                .contains(new FactValue.Texts(List.of()));
        var some = new FactValue.Texts(List.of("pods"));
        var known = facts(Map.of(Fact.ORDER_KINDS, kinds, Fact.ORDER_EXTRAS, some));
        assertThat(FactsJson.read(FactsJson.write(known))).isEqualTo(known);
    }

    @Test
    void theSampleIsTheSameEachTimeAndCloseToItsShare() {
        byte[] salt = {1, 2, 3};
        long drawn = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean sampled = RuleVersion.isSampled("application-" + i, salt, 5);
            assertThat(RuleVersion.isSampled("application-" + i, salt, 5)).isEqualTo(sampled);
            drawn += sampled ? 1 : 0;
            assertThat(RuleVersion.isSampled("application-" + i, salt, 0)).isFalse();
            assertThat(RuleVersion.isSampled("application-" + i, salt, 100)).isTrue();
        }
        assertThat(drawn).isBetween(900L, 1100L);
    }

    private boolean holds(String expression, Fact fact, FactValue value) {
        return judge(expression, Map.of(fact, value)).holds();
    }

    private Finding judge(String expression, Map<Fact, FactValue> values) {
        return expressions
                .compiled(List.of(new Predicate("it", expression)), LIMITS)
                .judge(facts(values), NOW)
                .getFirst();
    }

    private static Facts facts(Map<Fact, FactValue> values) {
        var known = new HashMap<Fact, Facts.Known>();
        values.forEach((fact, value) -> known.put(fact, known(value, Duration.ZERO)));
        return new Facts(known);
    }

    private static Facts.Known known(FactValue value, Duration age) {
        return new Facts.Known(value, NOW.minus(age));
    }
}
