package io.yuntai.sandbox.traces;

import java.util.Arrays;

/** One day of one real machine: the mean CPU utilization, in percent, of each five minutes. */
final class Trace {

    /** Five-minute samples of a day. */
    static final int SAMPLES = 288;

    private final byte[] percents;

    Trace(byte[] percents) {
        if (percents.length != SAMPLES) {
            throw new IllegalArgumentException("a day has 288 samples, not " + percents.length);
        }
        this.percents = percents.clone();
    }

    int percent(int sample) {
        return percents[sample];
    }

    /** The sum of all samples: exact, where a mean is not. */
    int sum() {
        int sum = 0;
        for (byte percent : percents) {
            sum += percent;
        }
        return sum;
    }

    int max() {
        return sorted()[SAMPLES - 1];
    }

    /** The 95th percentile by nearest rank: the smallest sample that 95 % do not exceed. */
    int p95() {
        return sorted()[(SAMPLES * 95 + 99) / 100 - 1];
    }

    private byte[] sorted() {
        byte[] sorted = percents.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
