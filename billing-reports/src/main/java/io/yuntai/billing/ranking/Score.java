package io.yuntai.billing.ranking;

import java.math.BigDecimal;

/** The score: how near to good use a unit is, 0 to 100. Our own formula; its numbers are policy. */
final class Score {

    private static final Ratio HUNDRED = Ratio.of(100);

    private Score() {}

    /**
     * Weighs the components and rounds once, to two decimals, HALF_UP.
     *
     * @param cpu in percent, exact; memory and disk likewise
     * @param idleShare of the vCPU, 0 to 1
     */
    static BigDecimal of(
            RankingPolicy policy, Ratio cpu, Ratio memory, Ratio disk, Ratio idleShare) {
        var weights = policy.weights();
        var idle = HUNDRED.minus(HUNDRED.times(idleShare));
        return weighed(weights.cpu(), component(policy, cpu, policy.cpu()))
                .plus(weighed(weights.memory(), component(policy, memory, policy.memory())))
                .plus(weighed(weights.disk(), component(policy, disk, policy.disk())))
                .plus(weighed(weights.idle(), idle))
                .rounded(2);
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
