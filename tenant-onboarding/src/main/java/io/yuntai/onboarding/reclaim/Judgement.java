package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.HostId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a host by what it used, and on what evidence. Percentages are of the capacity.
 *
 * @param day the last day of what was measured
 * @param days how far back that looks, itself included
 * @param verdicts never none; {@link Verdict#EXEMPT} alone when it is exempt
 * @param policy the version that it was judged by
 * @param hours in which it was there
 * @param validHours of which enough was measured
 * @param coverage percent of the hours
 * @param stopped whether it stood still all the time
 */
public record Judgement(
        HostId host,
        LocalDate day,
        int days,
        List<Verdict> verdicts,
        String policy,
        int hours,
        int validHours,
        BigDecimal coverage,
        Optional<Measure> cpu,
        Optional<Measure> memory,
        Optional<BigDecimal> disk,
        boolean stopped) {

    /** What can be said. */
    public enum Verdict {
        INSUFFICIENT_DATA,
        IDLE_STOPPED,
        IDLE,
        SHRINK_CPU,
        SHRINK_MEMORY,
        GROW,
        FIT,
        EXEMPT
    }

    /** What was measured of one thing. */
    public record Measure(BigDecimal mean, BigDecimal p95, BigDecimal peak) {}

    public Judgement {
        verdicts = List.copyOf(verdicts);
        if (verdicts.isEmpty()) {
            throw new IllegalArgumentException("nothing is said of " + host);
        }
    }

    /** Whether it does nothing. */
    public boolean isIdle() {
        return verdicts.contains(Verdict.IDLE) || verdicts.contains(Verdict.IDLE_STOPPED);
    }

    /** Whether it is exempt, and left as it is. */
    public boolean isExempt() {
        return verdicts.contains(Verdict.EXEMPT);
    }

    /** Whether anything could be had from it. */
    public boolean isWasteful() {
        return isIdle()
                || verdicts.contains(Verdict.SHRINK_CPU)
                || verdicts.contains(Verdict.SHRINK_MEMORY);
    }

    /** Whether it still says what spoke for an action when another judgement was made. */
    public boolean stillSays(Judgement before) {
        if (before.isIdle()) {
            return isIdle();
        }
        var shrinks = EnumSet.of(Verdict.SHRINK_CPU, Verdict.SHRINK_MEMORY);
        shrinks.retainAll(before.verdicts());
        // What does nothing at all does with less, too.
        return isIdle() || verdicts.containsAll(shrinks);
    }
}
