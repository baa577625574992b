package io.yuntai.billing.ranking;

import io.yuntai.billing.policy.Policy;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The thresholds of a ranking, as one version that somebody approved. Percentages are 0 to 100.
 *
 * @param id names the version on every report that used it
 * @param effectiveFrom the first month that it applies to is the one that begins then or later
 * @param basis the document it rests on
 * @param approvedBy who answers for it; empty as long as nobody does
 */
public record RankingPolicy(
        String id,
        LocalDate effectiveFrom,
        String basis,
        String approvedBy,
        Range cpu,
        Range memory,
        Range disk,
        Weights weights,
        Excess excess,
        Grades grades,
        Evidence evidence,
        Idle idle)
        implements Policy {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 2;

    /** Where use is as it should be; both ends belong to it. */
    public record Range(BigDecimal low, BigDecimal high) {

        public Range {
            requirePercent(low, high);
            if (low.signum() <= 0 || low.compareTo(high) > 0 || high.compareTo(HUNDRED) > 0) {
                throw new IllegalArgumentException("not a range: " + low + " to " + high);
            }
        }
    }

    /** The parts of a score; together 1. */
    public record Weights(BigDecimal cpu, BigDecimal memory, BigDecimal disk, BigDecimal idle) {

        public Weights {
            requirePercent(cpu, memory, disk, idle);
            boolean isNegative =
                    cpu.signum() < 0
                            || memory.signum() < 0
                            || disk.signum() < 0
                            || idle.signum() < 0;
            if (isNegative || cpu.add(memory).add(disk).add(idle).compareTo(BigDecimal.ONE) != 0) {
                throw new IllegalArgumentException("weights are not negative and together 1");
            }
        }
    }

    /** What use above the range costs: points for each percent, and the least that is left. */
    public record Excess(BigDecimal slope, BigDecimal floor) {

        public Excess {
            requirePercent(slope, floor);
            if (slope.signum() < 0 || floor.signum() < 0 || floor.compareTo(HUNDRED) > 0) {
                throw new IllegalArgumentException(
                        "not what excess costs: " + slope + ", " + floor);
            }
        }
    }

    /** The lowest score of each grade; below the last it is D. */
    public record Grades(BigDecimal a, BigDecimal b, BigDecimal c) {

        public Grades {
            requirePercent(a, b, c);
            if (a.compareTo(b) <= 0 || b.compareTo(c) <= 0 || c.signum() <= 0) {
                throw new IllegalArgumentException("not grades: " + a + ", " + b + ", " + c);
            }
        }
    }

    /**
     * What makes a figure one that can be held against somebody.
     *
     * @param validSamples of the twelve of an hour
     * @param coverage percent of the hours of a host, and of the vCPU of a unit
     * @param confirmedDays since the owner confirmed the host, at the end of the period
     * @param leastHosts measured
     * @param leastVcpu measured
     */
    public record Evidence(
            int validSamples,
            BigDecimal coverage,
            int confirmedDays,
            int leastHosts,
            int leastVcpu) {

        public Evidence {
            requirePercent(coverage);
            if (validSamples < 1
                    || validSamples > 12
                    || coverage.signum() < 0
                    || coverage.compareTo(HUNDRED) > 0
                    || confirmedDays < 0
                    || leastHosts < 1
                    || leastVcpu < 1) {
                throw new IllegalArgumentException("not evidence for anything");
            }
        }

        /** The number that a reason names, whatever its own name says; empty: it names none. */
        public String limit(Reason reason) {
            return switch (reason) {
                case FEWER_THAN_3_HOSTS -> String.valueOf(leastHosts);
                case UNDER_8_VCPU -> String.valueOf(leastVcpu);
                case UNDER_80_PERCENT_COVERAGE -> coverage.stripTrailingZeros().toPlainString();
                case INSUFFICIENT_DATA -> "";
            };
        }
    }

    /** A host is idle if all four are under these percentages. */
    public record Idle(BigDecimal cpu, BigDecimal cpuP95, BigDecimal cpuPeak, BigDecimal memory) {

        public Idle {
            requirePercent(cpu, cpuP95, cpuPeak, memory);
        }
    }

    /** 0 to 100, with no more decimals than are kept: nothing is rounded where nobody sees it. */
    private static void requirePercent(BigDecimal... values) {
        for (var value : values) {
            if (value.signum() < 0 || value.compareTo(HUNDRED) > 0 || value.scale() > DECIMALS) {
                throw new IllegalArgumentException("not a percentage of two decimals: " + value);
            }
        }
    }

    /** Whether a printed percentage is outside the range; the limits themselves are inside. */
    static Band band(BigDecimal percent, Range range) {
        if (percent.compareTo(range.low()) < 0) {
            return Band.LOW;
        }
        return percent.compareTo(range.high()) > 0 ? Band.HIGH : Band.NORMAL;
    }

    Grade grade(BigDecimal score) {
        if (score.compareTo(grades.a()) >= 0) {
            return Grade.A;
        }
        if (score.compareTo(grades.b()) >= 0) {
            return Grade.B;
        }
        return score.compareTo(grades.c()) >= 0 ? Grade.C : Grade.D;
    }
}
