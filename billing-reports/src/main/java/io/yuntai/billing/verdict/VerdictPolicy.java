package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.UsageHour;
import io.yuntai.billing.policy.Policy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From which evidence what is said of a host, as one version that somebody approved. Percentages
 * are 0 to 100 with at most two decimals; limits are strict.
 *
 * @param id names the version beside every verdict
 * @param effectiveFrom the first day that it applies to
 * @param basis the document it rests on
 * @param approvedBy who answers for it; empty as long as nobody does
 */
public record VerdictPolicy(
        String id,
        LocalDate effectiveFrom,
        String basis,
        String approvedBy,
        Window window,
        Idle idle,
        ShrinkCpu shrinkCpu,
        ShrinkMemory shrinkMemory,
        Grow grow)
        implements Policy {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    /** Asia/Shanghai has no other days. */
    private static final int HOURS_A_DAY = 24;

    private static final int MOST_DAYS = 366;

    /**
     * How much has to be known.
     *
     * @param days how far back a day's verdict looks, itself included
     * @param validSamples of the twelve of an hour
     * @param coverage percent: of the days' hours in which a host must have been there, and of the
     *     hours in which it was there that must be valid; memory and disk alike
     */
    public record Window(int days, int validSamples, BigDecimal coverage) {

        public Window {
            requirePercent(coverage);
            if (days < 1 || days > MOST_DAYS || validSamples < 1 || validSamples > UsageHour.FULL) {
                throw new IllegalArgumentException(
                        "not a window: %d days, %d samples".formatted(days, validSamples));
            }
        }

        int hours() {
            return days * HOURS_A_DAY;
        }

        /** Where a day's verdict begins to look. */
        LocalDate firstDay(LocalDate day) {
            return day.minusDays(days - 1L);
        }
    }

    /** Idle is what is under all of these. */
    public record Idle(BigDecimal cpu, BigDecimal cpuP95, BigDecimal cpuPeak, BigDecimal memory) {

        public Idle {
            requirePercent(cpu, cpuP95, cpuPeak, memory);
        }
    }

    /** Has more processors than it needs, if it is under all of these. */
    public record ShrinkCpu(BigDecimal cpu, BigDecimal cpuP95, BigDecimal cpuPeak) {

        public ShrinkCpu {
            requirePercent(cpu, cpuP95, cpuPeak);
        }
    }

    /** Has more memory than it needs, if it is under this. */
    public record ShrinkMemory(BigDecimal memoryP95) {

        public ShrinkMemory {
            requirePercent(memoryP95);
        }
    }

    /** Is short of something, if it is over any of these. */
    public record Grow(BigDecimal cpuP95, BigDecimal memoryP95, BigDecimal disk) {

        public Grow {
            requirePercent(cpuP95, memoryP95, disk);
        }
    }

    /** With no more decimals than are kept: nothing is rounded where nobody sees it. */
    private static void requirePercent(BigDecimal... values) {
        for (var value : values) {
            if (value.signum() < 0 || value.compareTo(HUNDRED) > 0 || value.scale() > DECIMALS) {
                throw new IllegalArgumentException("not a percentage of two decimals: " + value);
            }
        }
    }

    /**
     * All that is to be said; never nothing. Of a host that came a few days ago nothing is said,
     * however well these were measured; that one stands still only if it did so all the days.
     */
    public List<Verdict> judge(Evidence evidence) {
        if (evidence.stopped()) {
            return List.of(
                    evidence.hours() < window.hours()
                            ? Verdict.INSUFFICIENT_DATA
                            : Verdict.IDLE_STOPPED);
        }
        boolean isNew =
                BigDecimal.valueOf(100L * evidence.hours())
                                .compareTo(
                                        window.coverage()
                                                .multiply(BigDecimal.valueOf(window.hours())))
                        < 0;
        if (isNew
                || evidence.coverage().compareTo(window.coverage()) < 0
                || evidence.cpu().isEmpty()) {
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
        if (evidence.memory()
                .filter(memory -> under(memory.p95(), shrinkMemory.memoryP95()))
                .isPresent()) {
            verdicts.add(Verdict.SHRINK_MEMORY);
        }
        if (over(cpu.p95(), grow.cpuP95())
                || evidence.memory().filter(m -> over(m.p95(), grow.memoryP95())).isPresent()
                || evidence.disk().filter(disk -> over(disk, grow.disk())).isPresent()) {
            verdicts.add(Verdict.GROW);
        }
        return verdicts.isEmpty() ? List.of(Verdict.FIT) : List.copyOf(verdicts);
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
