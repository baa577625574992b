package io.yuntai.sandbox.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** How figures are printed: three digits that say something, never an exponent. */
final class Figures {

    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);

    private Figures() {}

    /** The middle one; of an even number the lower of the two. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there are no values");
        }
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    static String plain(double value) {
        return rounded(value).toPlainString();
    }

    static BigDecimal rounded(double value) {
        var exact = BigDecimal.valueOf(value);
        var digits =
                exact.abs().compareTo(BigDecimal.valueOf(1000)) < 0
                        ? exact.round(THREE)
                        : exact.setScale(0, RoundingMode.HALF_UP);
        var shortest = digits.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
