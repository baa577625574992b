package io.yuntai.onboarding.kubernetes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Kubernetes quantities as whole base units, without a double in between. A part smaller than the
 * unit counts as a whole one, as Kubernetes itself rounds (apimachinery, {@code resource.Quantity}:
 * "no fraction smaller than this will be lost, it is rounded up").
 */
final class Quantities {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))(?:([eE])([+-]?[0-9]{1,3})|([numkMGTPE]|[KMGTPE]i)?)");
    private static final Map<String, Integer> POWERS_OF_TEN =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final String BINARY_PREFIXES = "KMGTPE";

    private Quantities() {}

    /** In whole units: bytes, pieces. */
    static long units(String quantity) {
        return longValue(parse(quantity));
    }

    /** In thousandths: millis of a processor. */
    static long millis(String quantity) {
        return longValue(parse(quantity).movePointRight(3));
    }

    /** Thousandths as Kubernetes writes them. */
    static String ofMillis(long millis) {
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m";
    }

    /** Whole units as Kubernetes writes them: in bytes, since every other suffix may round. */
    static String ofUnits(long units) {
        return Long.toString(units);
    }

    private static BigDecimal parse(String quantity) {
        var match = SHAPE.matcher(quantity);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a quantity: " + quantity);
        }
        var number = new BigDecimal(match.group(1));
        String exponent = match.group(3);
        if (exponent != null) {
            return number.scaleByPowerOfTen(Integer.parseInt(exponent));
        }
        String suffix = match.group(4);
        if (suffix == null) {
            return number;
        }
        if (suffix.endsWith("i")) {
            int power = BINARY_PREFIXES.indexOf(suffix.charAt(0)) + 1;
            return number.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(10 * power)));
        }
        return number.scaleByPowerOfTen(POWERS_OF_TEN.getOrDefault(suffix, 0));
    }

    private static long longValue(BigDecimal value) {
        return value.setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
