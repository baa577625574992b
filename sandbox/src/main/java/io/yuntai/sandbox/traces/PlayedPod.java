package io.yuntai.sandbox.traces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A pod of one container as it is played, with what it has mounted. It uses the same all the time.
 *
 * @param cpuMillis thousandths of a processor
 * @param memoryBytes its working set
 * @param runs when it was told of; between them it was not scraped, or not there
 */
record PlayedPod(
        String namespace,
        String pod,
        String container,
        int cpuMillis,
        long memoryBytes,
        List<Claim> claims,
        List<Run> runs) {

    PlayedPod {
        claims = List.copyOf(claims);
        runs = List.copyOf(runs);
    }

    /** A claim that it has mounted. */
    record Claim(String name, long usedBytes, long capacityBytes) {}

    /**
     * Some time in which it is told of, both ends included.
     *
     * @param began when its container began, and with it the counter of its processors
     */
    record Run(Instant began, Instant from, Instant to) {}

    boolean isToldAt(Instant moment) {
        return runs.stream().anyMatch(run -> isIn(run, moment));
    }

    private static boolean isIn(Run run, Instant moment) {
        return !moment.isBefore(run.from()) && !moment.isAfter(run.to());
    }

    /** Seconds of one processor since its container began; to be asked when it is told of. */
    double cpuSeconds(Instant moment) {
        var run = runs.stream().filter(one -> isIn(one, moment)).findFirst().orElseThrow();
        return Duration.between(run.began(), moment).toSeconds() * cpuMillis / 1000.0;
    }
}
