package io.yuntai.sandbox.cluster;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What a simulated cluster's controllers will do and when; of one time, in the order put in. */
final class Agenda {

    private record Entry(Instant at, long sequence, Runnable deed) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::sequence));
    private long sequence;

    void add(Instant at, Runnable deed) {
        entries.add(new Entry(at, sequence++, deed));
    }

    /** Does all that is due, also what that in turn puts in for now. */
    void runUntil(Instant now) {
        for (var next = entries.peek();
                next != null && !next.at().isAfter(now);
                next = entries.peek()) {
            entries.remove();
            next.deed().run();
        }
    }

    Optional<Instant> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }
}
