package io.yuntai.onboarding.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkRulesTest {

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                wrong(() -> deadlines(0, 2, List.of(), 10), "/remindAfter"),
                wrong(() -> deadlines(2, 2, List.of(), 10), "/escalateAfter"),
                wrong(() -> deadlines(1, 251, List.of(), 10), "/escalateAfter"),
                wrong(() -> deadlines(1, 2, List.of(1, 10), 10), "/warnAfter"),
                wrong(() -> deadlines(1, 2, List.of(0), 10), "/warnAfter"),
                wrong(() -> deadlines(1, 2, List.of(), 0), "/deemAfter"),
                wrong(() -> new WorkRules.ApplicationRules(0, 0), "/lockDays"),
                wrong(() -> new WorkRules.ApplicationRules(30, -1), "/expertsFromVcpu"),
                wrong(() -> hosts(-1, 30, List.of(), 15), "/recycleBinDays"),
                wrong(() -> hosts(15, 0, List.of(), 15), "/trialDays"),
                wrong(() -> hosts(15, 30, List.of(366), 15), "/termNotices"),
                wrong(() -> hosts(15, 30, List.of(), -1), "/retireDays"),
                wrong(() -> reclaims(-1, 5, 60, 90), "/remindHours"),
                wrong(() -> reclaims(48, 251, 60, 90), "/answerWithin"),
                wrong(() -> reclaims(48, 5, 0, 90), "/p95AtMost"),
                wrong(() -> reclaims(48, 5, 60, 59), "/peakAtMost"));
    }

    private static Arguments wrong(Supplier<Record> rules, String pointer) {
        return Arguments.of(rules, pointer);
    }

    private static WorkRules.DeadlineRules deadlines(
            int remind, int escalate, List<Integer> warn, int deem) {
        return new WorkRules.DeadlineRules(remind, escalate, warn, deem, 10);
    }

    private static WorkRules.HostRules hosts(
            int bin, int trial, List<Integer> notices, int retire) {
        return new WorkRules.HostRules(bin, trial, notices, retire);
    }

    private static WorkRules.ReclaimRules reclaims(int remind, int answer, int p95, int peak) {
        return new WorkRules.ReclaimRules(remind, answer, 7, 180, p95, peak);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void aNumberOutOfItsRangeIsRefusedAtItsPlace(Supplier<Record> rules, String pointer) {
        assertThatThrownBy(rules::get)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.faults())
                                        .extracting(Fault::pointer, Fault::code)
                                        .containsExactly(tuple(pointer, "OUT_OF_RANGE")));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> new WorkRules.DeadlineRules(0, 300, List.of(), 0, 0))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.faults()).hasSize(4));
    }

    @Test
    void daysAreKeptOnceAndInTheirOrder() {
        assertThat(deadlines(1, 2, List.of(9, 1, 9), 10).warnAfter()).containsExactly(1, 9);
        var hosts = hosts(15, 20, List.of(1, 30, 7, 7), 15);
        assertThat(hosts.termNotices()).containsExactly(30, 7, 1);
        assertThat(hosts.expiringFor()).hasDays(30);
        assertThat(hosts.trialExpiringFor()).hasDays(7);
        assertThat(hosts(15, 20, List.of(), 15).expiringFor()).isZero();
    }

    @Test
    void expertsAreHeardFromAsManyProcessorsOnOrOnlyWhereTheReviewerWantsIt() {
        assertThat(new WorkRules.ApplicationRules(30, 64).needsExperts(63)).isFalse();
        assertThat(new WorkRules.ApplicationRules(30, 64).needsExperts(64)).isTrue();
        assertThat(new WorkRules.ApplicationRules(30, 0).needsExperts(1000)).isFalse();
    }
}
