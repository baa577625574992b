package io.yuntai.billing.ranking;

import java.math.BigDecimal;

/**
 * The score: how near to good use a unit is, 0 to 100. Our own formula; its numbers are policy.
 *
 * @param cpu what it gives of the score: weight times component, exact; the others likewise
 */
record Score(Ratio cpu, Ratio memory, Ratio disk, Ratio idle) {

    private static final Ratio HUNDRED = Ratio.of(100);
    private static final int DECIMALS_OF_PARTS = 4;

    /**
     * Weighs the components.
     *
     * @param cpu in percent, exact; memory and disk likewise
     * @param idleShare of the vCPU, 0 to 1
     */
    static Score of(RankingPolicy policy, Ratio cpu, Ratio memory, Ratio disk, Ratio idleShare) {
        var weights = policy.weights();
        return new Score(
                weighed(weights.cpu(), component(policy, cpu, policy.cpu())),
                weighed(weights.memory(), component(policy, memory, policy.memory())),
                weighed(weights.disk(), component(policy, disk, policy.disk())),
                weighed(weights.idle(), HUNDRED.minus(HUNDRED.times(idleShare))));
    }

    /** Rounded once, to two decimals, HALF_UP. */
    BigDecimal rounded() {
        return cpu.plus(memory).plus(disk).plus(idle).rounded(2);
    }

    /** For print. */
    ScoreParts parts() {
        return new ScoreParts(
                cpu.rounded(DECIMALS_OF_PARTS),
                memory.rounded(DECIMALS_OF_PARTS),
                disk.rounded(DECIMALS_OF_PARTS),
                idle.rounded(DECIMALS_OF_PARTS));
    }

    /** {@code 100 x/lo} below the range, 100 in it, falling to the floor above it. */
    static Ratio component(RankingPolicy policy, Ratio percent, RankingPolicy.Range range) {
        var low = Ratio.of(range.low());
        var high = Ratio.of(range.high());
        if (percent.compareTo(low) < 0) {
            return HUNDRED.times(percent).over(low);
        }
        if (percent.compareTo(high) <= 0) {
            return HUNDRED;
        }
        var floor = Ratio.of(policy.excess().floor());
        var left = HUNDRED.minus(Ratio.of(policy.excess().slope()).times(percent.minus(high)));
        return left.compareTo(floor) < 0 ? floor : left;
    }

    private static Ratio weighed(BigDecimal weight, Ratio component) {
        return Ratio.of(weight).times(component);
    }
}
