package io.yuntai.billing.verdict;

import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yuntai.billing.BillingDatabase;
import io.yuntai.billing.Person;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

/** Each rule at its edges. */
class VerdictPolicyIT {

    private static final VerdictPolicy POLICY =
            new VerdictPolicy(
                    "default-1",
                    LocalDate.of(2000, 1, 1),
                    "basis",
                    "somebody",
                    new VerdictPolicy.Window(30, 9, percent("80")),
                    new VerdictPolicy.Idle(
                            percent("5"), percent("10"), percent("30"), percent("20")),
                    new VerdictPolicy.ShrinkCpu(percent("10"), percent("20"), percent("50")),
                    new VerdictPolicy.ShrinkMemory(percent("40")),
                    new VerdictPolicy.Grow(percent("80"), percent("85"), percent("90")));

    private static BigDecimal percent(String text) {
        return new BigDecimal(text).setScale(2);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // coverage, CPU mean, P95, peak, memory mean, P95, disk, what is said
                "80.00, 4.9999, 9.99, 29.99, 19.9999, 39.99, 50, IDLE SHRINK_MEMORY",
                "80.00, 5.0000, 9.99, 29.99, 19.9999, 40.00, 50, SHRINK_CPU",
                "80.00, 4.9999, 10.00, 29.99, 19.9999, 40.00, 50, SHRINK_CPU",
                "80.00, 4.9999, 9.99, 30.00, 19.9999, 40.00, 50, SHRINK_CPU",
                "80.00, 4.9999, 9.99, 29.99, 20.0000, 40.00, 50, SHRINK_CPU",
                // Nobody is idle by his processors alone.
                "80.00, 0.0000, 0.00, 0.00, -, -, 50, SHRINK_CPU",
                "80.00, 9.9999, 19.99, 49.99, 50, 60, 50, SHRINK_CPU",
                "80.00, 10.0000, 19.99, 49.99, 50, 60, 50, FIT",
                "80.00, 9.9999, 20.00, 49.99, 50, 60, 50, FIT",
                "80.00, 9.9999, 19.99, 50.00, 50, 60, 50, FIT",
                "80.00, 30, 50, 70, 30, 39.99, 50, SHRINK_MEMORY",
                "80.00, 30, 50, 70, 30, 40.00, 50, FIT",
                "80.00, 30, 80.00, 99, 50, 85.00, 90.0000, FIT",
                "80.00, 30, 80.01, 99, 50, 60, 50, GROW",
                "80.00, 30, 50, 70, 50, 85.01, 50, GROW",
                "80.00, 30, 50, 70, 50, 60, 90.0001, GROW",
                "80.00, 30, 81, 99, 30, 39, 50, SHRINK_MEMORY GROW",
                "79.99, 4, 9, 29, 19, 39, 50, INSUFFICIENT_DATA",
            })
    void saysOfTheEvidence(
            String coverage,
            String mean,
            String p95,
            String peak,
            String memoryMean,
            String memoryP95,
            String disk,
            String said) {
        var evidence =
                new Evidence(
                        720,
                        720,
                        new BigDecimal(coverage),
                        Optional.of(
                                new Evidence.Measure(
                                        new BigDecimal(mean),
                                        new BigDecimal(p95),
                                        new BigDecimal(peak))),
                        Optional.ofNullable(memoryMean)
                                .map(memory ->
                                        new Evidence.Measure(
                                                new BigDecimal(memory),
                                                new BigDecimal(memoryP95),
                                                new BigDecimal(memoryP95))),
                        Optional.of(new BigDecimal(disk)),
                        false);
        assertThat(POLICY.judge(evidence))
                .extracting(Verdict::name)
                .containsExactly(said.split(" "));
    }

    /** However well they were measured: 576 are 80 % of the hours of 30 days. */
    @ParameterizedTest
    @CsvSource({
        "24, false, INSUFFICIENT_DATA",
        "575, false, INSUFFICIENT_DATA",
        "576, false, IDLE",
        "24, true, INSUFFICIENT_DATA",
        "719, true, INSUFFICIENT_DATA",
        "720, true, IDLE_STOPPED",
    })
    void aNewHostIsNotJudgedByTheFewDaysThatItIsThere(int hours, boolean stopped, Verdict said) {
        var nothing = Optional.of(new Evidence.Measure(ONE, ONE, ONE));
        var evidence =
                new Evidence(
                        hours, hours, percent("100"), nothing, nothing, Optional.of(ONE), stopped);
        assertThat(POLICY.judge(evidence)).contains(said);
    }

    @ParameterizedTest
    @CsvSource({"true, IDLE_STOPPED", "false, INSUFFICIENT_DATA"})
    void whatStoodStillIsNotUnmeasured(boolean stopped, Verdict said) {
        var nothing =
                new Evidence(
                        720,
                        0,
                        BigDecimal.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        stopped);
        assertThat(POLICY.judge(nothing)).containsExactly(said);
    }

    @Test
    void theDatabaseBeginsWithThePolicyOfTheRules() {
        try (var database = new BillingDatabase()) {
            assertThat(
                            database.service(VerdictPolicyStore.class)
                                    .inForce(LocalDate.of(2026, 10, 1)))
                    .usingRecursiveComparison()
                    .ignoringFields("basis", "approvedBy")
                    .isEqualTo(POLICY);
        }
    }

    @Test
    void aCitysOwnVersionIsApprovedByAnotherAndJudgesFromItsDayOn() {
        var proposer = new Person(new UUID(9, 1), "甲");
        var approver = new Person(new UUID(9, 2), "乙");
        var first = LocalDate.of(2026, 12, 1);
        var own =
                new VerdictPolicy(
                        "city-2",
                        first,
                        "文号 2 号",
                        "",
                        new VerdictPolicy.Window(60, 9, percent("90")),
                        POLICY.idle(),
                        POLICY.shrinkCpu(),
                        POLICY.shrinkMemory(),
                        POLICY.grow());
        try (var database = new BillingDatabase()) {
            var policies = database.service(VerdictPolicies.class);
            var store = database.service(VerdictPolicyStore.class);
            var _ = policies.propose(own, proposer);
            assertThat(store.inForce(first).id()).isEqualTo("default-1");
            assertThatThrownBy(() -> policies.decide("city-2", true, proposer))
                    .hasMessage("SAME_PERSON");
            var _ = policies.decide("city-2", true, approver);
            assertThat(store.inForce(first).window()).isEqualTo(own.window());
            assertThat(store.inForce(first).approvedBy()).isEqualTo("乙");
            assertThat(store.inForce(first.minusDays(1)).id()).isEqualTo("default-1");
            assertThat(policies.trial("city-2")).isEmpty();
            assertThatThrownBy(() ->
                            database.sql()
                                    .sql("update verdict_policy set days = 1 where id = 'city-2'")
                                    .update())
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
