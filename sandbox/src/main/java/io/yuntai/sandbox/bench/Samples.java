package io.yuntai.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Durations of one kind, and their percentiles by nearest rank: always one that was measured. */
final class Samples {

    private final List<Duration> durations = new ArrayList<>();

    void add(Duration duration) {
        durations.add(duration);
    }

    int size() {
        return durations.size();
    }

    /**
     * The smallest that at least this share of all are not above, in seconds.
     *
     * @param percent over 0, up to 100; 50 is the median
     */
    double seconds(double percent) {
        if (durations.isEmpty()) {
            throw new IllegalStateException("there are no samples");
        }
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("not a percentile: " + percent);
        }
        var sorted = durations.stream().mapToLong(Duration::toNanos).toArray();
        Arrays.sort(sorted);
        var rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1e9;
    }

    double milliseconds(double percent) {
        return seconds(percent) * 1000;
    }
}
