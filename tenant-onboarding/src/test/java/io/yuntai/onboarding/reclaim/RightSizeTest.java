package io.yuntai.onboarding.reclaim;

import static org.assertj.core.api.Assertions.assertThat;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.Gpus;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.reclaim.Judgement.Measure;
import io.yuntai.onboarding.reclaim.Judgement.Verdict;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.rules.WorkRules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Of a host of 8 vCPU and 32 GiB. */
class RightSizeTest {

    private static final long GIB = 1L << 30;
    private static final WorkRules.ReclaimRules RULES =
            new WorkRules.ReclaimRules(48, 5, 7, 180, 60, 90);

    private final List<HostSize> sizes =
            new ArrayList<>(
                    List.of(
                            size("c8m32", 8, 32),
                            size("c8m16", 8, 16),
                            size("c4m32", 4, 32),
                            size("c4m16", 4, 16),
                            size("c2m32", 2, 32),
                            size("c2m8", 2, 8)));

    @Test
    void whatDoesNothingIsGivenBackWhateverElseIsSaidOfIt() {
        var size = of("5", "9", "10", "12", Verdict.IDLE, Verdict.SHRINK_MEMORY).orElseThrow();
        assertThat(size.isRecycled()).isTrue();
        assertThat(size.vcpu()).isZero();
    }

    @Test
    void fewerProcessorsLeaveTheMemoryAsItIs() {
        assertThat(of("10", "20", "10", "12", Verdict.SHRINK_CPU))
                .map(size -> size.size().orElseThrow().code())
                .contains("c2m32");
    }

    @Test
    void lessMemoryLeavesTheProcessorsAsTheyAre() {
        assertThat(of("10", "20", "20", "25", Verdict.SHRINK_MEMORY))
                .map(size -> size.size().orElseThrow().code())
                .contains("c8m16");
    }

    @Test
    void thePeakHasRoomAndNotOnlyThePercentile() {
        // 8 x 10 % would fit into 2 at 60 %; 8 x 45 % needs 4 at 90 %.
        assertThat(of("10", "45", "10", "12", Verdict.SHRINK_CPU)).map(RightSize::vcpu).contains(4);
        // To the last: 8 x 45.01 % is more than 90 % of 4.
        assertThat(of("10", "45.01", "10", "12", Verdict.SHRINK_CPU)).isEmpty();
    }

    @Test
    void bothShrinkTogetherToTheSmallestInWhichBothHaveRoom() {
        assertThat(of("10", "20", "14", "20", Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY))
                .map(size -> size.size().orElseThrow().code())
                .contains("c2m8");
        assertThat(of("10", "20", "16", "20", Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY))
                .map(size -> size.size().orElseThrow().code())
                .contains("c2m32");
    }

    @Test
    void whatIsRetiredOrForOtherHostsIsNotOffered() {
        sizes.clear();
        sizes.add(
                new HostSize(
                        new CatalogueRef("old", 1),
                        "old",
                        2,
                        32,
                        Optional.empty(),
                        Optional.empty(),
                        true));
        sizes.add(
                new HostSize(
                        new CatalogueRef("gpu", 1),
                        "gpu",
                        2,
                        32,
                        Optional.of(new Gpus("a10", 1)),
                        Optional.empty(),
                        false));
        sizes.add(
                new HostSize(
                        new CatalogueRef("arm", 1),
                        "arm",
                        2,
                        32,
                        Optional.empty(),
                        Optional.of(ProcessorFamily.DOMESTIC),
                        false));
        assertThat(of("10", "20", "10", "12", Verdict.SHRINK_CPU)).isEmpty();
    }

    private Optional<RightSize> of(
            String cpuP95, String cpuPeak, String memoryP95, String memoryPeak, Verdict... said) {
        var judgement =
                new Judgement(
                        new HostId(new UUID(1, 1)),
                        LocalDate.of(2026, 9, 20),
                        30,
                        List.of(said),
                        "default-1",
                        720,
                        720,
                        new BigDecimal("100.00"),
                        measure(cpuP95, cpuPeak),
                        measure(memoryP95, memoryPeak),
                        Optional.empty(),
                        false);
        return RightSize.of(judgement, 8, 32 * GIB, ProcessorFamily.ORDINARY, sizes, RULES);
    }

    private static Optional<Measure> measure(String p95, String peak) {
        return Optional.of(
                new Measure(new BigDecimal("4"), new BigDecimal(p95), new BigDecimal(peak)));
    }

    private static HostSize size(String code, int vcpu, int memoryGib) {
        return new HostSize(
                new CatalogueRef(code, 1),
                code,
                vcpu,
                memoryGib,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
