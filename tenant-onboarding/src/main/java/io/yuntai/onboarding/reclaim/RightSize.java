package io.yuntai.onboarding.reclaim;

import io.yuntai.onboarding.host.CatalogueRef;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.reclaim.Judgement.Measure;
import io.yuntai.onboarding.reclaim.Judgement.Verdict;
import io.yuntai.onboarding.region.ProcessorFamily;
import io.yuntai.onboarding.rules.WorkRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * What is to become of a host by what was said of it: the recycle bin for what does nothing, else
 * the smallest size of the catalogue in which its use would have room. Pure.
 *
 * @param vcpu that are left; 0: it is given back
 * @param size of the catalogue; empty: it is given back
 */
public record RightSize(int vcpu, long memoryBytes, Optional<CatalogueRef> size) {

    private static final long GIB = 1L << 30;
    private static final RightSize NOTHING = new RightSize(0, 0, Optional.empty());

    /** Whether nothing is to be left of it. */
    public boolean isRecycled() {
        return size.isEmpty();
    }

    /**
     * The size that would do.
     *
     * @param vcpu that it has now
     * @param sizes those of the catalogue, each in its latest version
     * @return empty: there is none that is smaller
     */
    public static Optional<RightSize> of(
            Judgement judgement,
            int vcpu,
            long memoryBytes,
            ProcessorFamily processor,
            Collection<HostSize> sizes,
            WorkRules.ReclaimRules rules) {
        if (judgement.isIdle()) {
            return Optional.of(NOTHING);
        }
        boolean fewer = judgement.verdicts().contains(Verdict.SHRINK_CPU);
        boolean less = judgement.verdicts().contains(Verdict.SHRINK_MEMORY);
        // What nothing was said of stays as it is: memory never shrinks for want of work.
        long leastVcpu = fewer ? needed(vcpu, judgement.cpu(), rules) : vcpu;
        long leastMemory = less ? needed(memoryBytes, judgement.memory(), rules) : memoryBytes;
        return sizes.stream()
                .filter(size -> !size.retired() && size.gpus().isEmpty())
                .filter(size -> size.processor().filter(family -> family != processor).isEmpty())
                .filter(size -> size.vcpu() >= leastVcpu && size.vcpu() <= vcpu)
                .filter(size -> bytes(size) >= leastMemory && bytes(size) <= memoryBytes)
                .filter(size -> size.vcpu() < vcpu || bytes(size) < memoryBytes)
                .min(
                        Comparator.comparingInt(HostSize::vcpu)
                                .thenComparingInt(HostSize::memoryGib)
                                .thenComparing(size -> size.ref().code()))
                .map(size -> new RightSize(size.vcpu(), bytes(size), Optional.of(size.ref())));
    }

    private static long bytes(HostSize size) {
        return size.memoryGib() * GIB;
    }

    /** So much that neither the percentile nor the peak comes to more of it than they may. */
    private static long needed(long has, Optional<Measure> use, WorkRules.ReclaimRules rules) {
        return use.map(measure ->
                        Math.max(
                                1,
                                Math.max(
                                        share(has, measure.p95(), rules.p95AtMost()),
                                        share(has, measure.peak(), rules.peakAtMost()))))
                .orElse(has);
    }

    private static long share(long has, BigDecimal used, int atMost) {
        return BigDecimal.valueOf(has)
                .multiply(used)
                .divide(BigDecimal.valueOf(atMost), 0, RoundingMode.CEILING)
                .longValueExact();
    }
}
