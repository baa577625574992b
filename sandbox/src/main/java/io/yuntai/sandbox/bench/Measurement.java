package io.yuntai.sandbox.bench;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One figure of one benchmark beside its baseline.
 *
 * @param bench the benchmark's name
 * @param metric what the figure is, such as {@code again.p50}
 * @param value the figure, in {@code unit}
 * @param baseline the same of the baseline, in the same unit and the same run
 */
public record Measurement(
        String bench, String metric, double value, String unit, double baseline, Target target) {

    public Measurement {
        boolean measured =
                target.mayBeNothing() ? value >= 0 && baseline >= 0 : value > 0 && baseline > 0;
        if (!measured) {
            throw new IllegalArgumentException(
                    "%s %s: nothing was measured: %s over %s"
                            .formatted(bench, metric, value, baseline));
        }
    }

    /** Value over baseline, both as measured, before any rounding; not finite over nothing. */
    public double ratio() {
        return value / baseline;
    }

    public boolean holds() {
        return target.holds(value, ratio());
    }

    /** The object that {@code --json} prints. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bench", bench);
        fields.put("metric", metric);
        fields.put("value", figure(value));
        fields.put("unit", unit);
        fields.put("baseline", figure(baseline));
        if (Double.isFinite(ratio())) {
            fields.put("ratio", figure(ratio()));
        }
        fields.put("target", target.text(unit));
        fields.put("holds", holds());
        return fields;
    }

    private static BigDecimal figure(double value) {
        return Figures.rounded(value);
    }
}
