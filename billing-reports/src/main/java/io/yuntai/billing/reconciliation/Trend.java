package io.yuntai.billing.reconciliation;

import java.util.Arrays;
import java.util.List;

/**
 * The Theil-Sen slope of equidistant values: the median of the slopes between every two of them. A
 * few outliers, a large order or a return, do not bend it as they would a regression by least
 * squares. The interval is Sen's (J. Am. Stat. Assoc. 63, 1968), from Kendall's statistic by the
 * normal approximation, 95 %; ties are not taken off its width.
 *
 * @param slope for each step; {@code low} and {@code high} are the ends of the interval
 */
record Trend(double slope, double low, double high) {

    private static final double Z_95 = 1.959963984540054;

    static Trend of(List<Long> values) {
        int n = values.size();
        if (n < 2) {
            throw new IllegalArgumentException("no slope of fewer than two values");
        }
        var slopes = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[at++] = (double) (values.get(j) - values.get(i)) / (j - i);
            }
        }
        Arrays.sort(slopes);
        double width = Z_95 * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
        int low = (int) Math.round((slopes.length - width) / 2) - 1;
        int high = (int) Math.round((slopes.length + width) / 2);
        return new Trend(
                median(slopes),
                slopes[Math.max(low, 0)],
                slopes[Math.min(high, slopes.length - 1)]);
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
