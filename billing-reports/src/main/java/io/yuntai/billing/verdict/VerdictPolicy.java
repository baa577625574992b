package io.yuntai.billing.verdict;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From which evidence what is said of a host, as one version that somebody approved. Percentages
 * are 0 to 100; what is compared is rounded to two decimals, as it is printed, and limits are
 * strict.
 *
 * @param id names the version beside every verdict
 * @param effectiveFrom the first day that it applies to
 * @param basis the document it rests on
 * @param days how far back a day's verdict looks, itself included
 * @param validSamples of the twelve of an hour
 * @param coverage percent: of the days' hours in which a host must have been there, and of the
 *     hours in which it was there that must be valid; memory and disk alike
 */
public record VerdictPolicy(
        String id,
        LocalDate effectiveFrom,
        String basis,
        String approvedBy,
        int days,
        int validSamples,
        BigDecimal coverage,
        Idle idle,
        ShrinkCpu shrinkCpu,
        BigDecimal shrinkMemoryP95,
        Grow grow) {

    /** Asia/Shanghai has no other days. */
    private static final int HOURS_A_DAY = 24;

    /** Idle is what is under all of these. */
    public record Idle(BigDecimal cpu, BigDecimal cpuP95, BigDecimal cpuPeak, BigDecimal memory) {}

    /** Has more processors than it needs, if it is under all of these. */
    public record ShrinkCpu(BigDecimal cpu, BigDecimal cpuP95, BigDecimal cpuPeak) {}

    /** Is short of something, if it is over any of these. */
    public record Grow(BigDecimal cpuP95, BigDecimal memoryP95, BigDecimal disk) {}

    /**
     * All that is to be said; never nothing. Of a host that came a few days ago nothing is said,
     * however well these were measured; that one stands still only if it did so all the days.
     */
    public List<Verdict> judge(Evidence evidence) {
        if (evidence.stopped()) {
            return List.of(
                    evidence.hours() < windowHours()
                            ? Verdict.INSUFFICIENT_DATA
                            : Verdict.IDLE_STOPPED);
        }
        boolean isNew =
                BigDecimal.valueOf(100L * evidence.hours())
                                .compareTo(coverage.multiply(BigDecimal.valueOf(windowHours())))
                        < 0;
        if (isNew || evidence.coverage().compareTo(coverage) < 0 || evidence.cpu().isEmpty()) {
            return List.of(Verdict.INSUFFICIENT_DATA);
        }
        var cpu = evidence.cpu().get();
        var verdicts = new ArrayList<Verdict>();
        if (isIdle(cpu, evidence.memory())) {
            verdicts.add(Verdict.IDLE);
        } else if (under(cpu.mean(), shrinkCpu.cpu())
                && under(cpu.p95(), shrinkCpu.cpuP95())
                && under(cpu.peak(), shrinkCpu.cpuPeak())) {
            verdicts.add(Verdict.SHRINK_CPU);
        }
        if (evidence.memory().filter(memory -> under(memory.p95(), shrinkMemoryP95)).isPresent()) {
            verdicts.add(Verdict.SHRINK_MEMORY);
        }
        if (over(cpu.p95(), grow.cpuP95())
                || evidence.memory().filter(m -> over(m.p95(), grow.memoryP95())).isPresent()
                || evidence.disk().filter(disk -> over(disk, grow.disk())).isPresent()) {
            verdicts.add(Verdict.GROW);
        }
        return verdicts.isEmpty() ? List.of(Verdict.FIT) : List.copyOf(verdicts);
    }

    private int windowHours() {
        return days * HOURS_A_DAY;
    }

    /** Memory that was not measured is no evidence of anything. */
    private boolean isIdle(Evidence.Measure cpu, Optional<Evidence.Measure> memory) {
        return under(cpu.mean(), idle.cpu())
                && under(cpu.p95(), idle.cpuP95())
                && under(cpu.peak(), idle.cpuPeak())
                && memory.filter(measure -> under(measure.mean(), idle.memory())).isPresent();
    }

    private static boolean under(BigDecimal figure, BigDecimal limit) {
        return figure.compareTo(limit) < 0;
    }

    private static boolean over(BigDecimal figure, BigDecimal limit) {
        return figure.compareTo(limit) > 0;
    }
}
