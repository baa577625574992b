package io.yuntai.billing.ranking;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Use of one measure.
 *
 * @param used over the valid hours in which it was measured
 * @param allocated over the same hours
 * @param due allocated over all valid hours
 */
public record Use(BigInteger used, BigInteger allocated, BigInteger due) {

    static final Use NONE = new Use(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    Use plus(Use other) {
        return new Use(used.add(other.used), allocated.add(other.allocated), due.add(other.due));
    }

    /** In percent; empty if too little was measured to speak for the whole. */
    Optional<Ratio> percent(BigDecimal coverage) {
        return Figures.percent(allocated, due)
                .filter(share -> share.compareTo(Ratio.of(coverage)) >= 0)
                .flatMap(_ -> Figures.percent(used, allocated));
    }
}
