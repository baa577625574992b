package io.yuntai.billing.verdict;

import io.yuntai.billing.metering.FiveMinutes;
import java.math.BigDecimal;

/** How often there was which sample: enough for any nearest rank, however many there are. */
final class Samples {

    private static final int PERCENTILE = 95;

    private final int[] times = new int[FiveMinutes.MOST + 1];
    private int count;
    private int highest;

    void add(int hundredths) {
        times[hundredths]++;
        count++;
        highest = Math.max(highest, hundredths);
    }

    int count() {
        return count;
    }

    /** The smallest sample that 95 of 100 do not exceed. */
    BigDecimal p95() {
        long rank = ((long) count * PERCENTILE + 99) / 100;
        int sample = 0;
        for (long seen = times[0]; seen < rank; seen += times[sample]) {
            sample++;
        }
        return BigDecimal.valueOf(sample, 2);
    }

    BigDecimal peak() {
        return BigDecimal.valueOf(highest, 2);
    }
}
