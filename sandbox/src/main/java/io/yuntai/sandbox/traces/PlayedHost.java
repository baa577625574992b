package io.yuntai.sandbox.traces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A host as it is played: where it ran and when, and what it used there. Its processors follow a
 * day of a real trace, read from the moment at which the play begins; its memory and disks, which
 * the traces do not have, are even.
 *
 * @param memoryBytes what its guest has; a quarter of it is in use
 * @param diskBytes what its one disk, mounted at two places, is filled with
 * @param stays where it ran, the first first; between them it was off, and after the last it is
 *     gone
 */
record PlayedHost(
        String namespace,
        String name,
        Trace trace,
        long memoryBytes,
        long diskBytes,
        List<Stay> stays) {

    private static final Duration SAMPLE = Duration.ofMinutes(5);

    PlayedHost {
        stays = List.copyOf(stays);
        for (int i = 1; i < stays.size(); i++) {
            var before = stays.get(i - 1);
            var gap = Duration.between(before.to(), stays.get(i).from());
            // On one node one series tells of both: it cannot have two values at a moment.
            boolean sameNode = before.node().equals(stays.get(i).node());
            if (gap.isNegative() || (gap.isZero() && sameNode)) {
                throw new IllegalArgumentException("at two places at once: " + stays);
            }
        }
    }

    /**
     * A run of it. Each counts its processor time from nothing, as a new process does.
     *
     * @param vcpu processors that it has there
     */
    record Stay(String node, int vcpu, Instant from, Instant to) {

        Stay {
            if (!from.isBefore(to) || vcpu < 1) {
                throw new IllegalArgumentException("no stay: " + from + " to " + to);
            }
        }
    }

    /**
     * Where it runs at a moment, both ends included: at two places at the moment in which it moves;
     * nowhere while it is off, or not there.
     */
    List<Stay> at(Instant moment) {
        return stays.stream()
                .filter(stay -> !moment.isBefore(stay.from()) && !moment.isAfter(stay.to()))
                .toList();
    }

    /** Seconds of one processor that it has used in a stay up to a moment. */
    double cpuSeconds(Stay stay, Instant begin, Instant moment) {
        double seconds = 0;
        for (var from = stay.from(); from.isBefore(moment); ) {
            long sample =
                    Math.floorDiv(Duration.between(begin, from).toSeconds(), SAMPLE.toSeconds());
            var end = begin.plus(SAMPLE.multipliedBy(sample + 1));
            var to = end.isBefore(moment) ? end : moment;
            long percent = trace.percent(Math.floorMod(sample, Trace.SAMPLES));
            seconds += percent * stay.vcpu() * Duration.between(from, to).toSeconds() / 100.0;
            from = to;
        }
        return seconds;
    }
}
