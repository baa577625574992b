package io.yuntai.sandbox.bench;

import java.util.Map;
import java.util.TreeMap;

/** What is taken of a pool, as those know who took it: at every moment, not only now. */
final class Taken {

    private final TreeMap<Long, Long> from = new TreeMap<>(Map.of(Long.MIN_VALUE, 0L));

    /**
     * Notes a change.
     *
     * @param nanos when; never before what was noted last, or taken for that
     * @param millis how much more, or, where negative, less
     */
    synchronized void add(long nanos, long millis) {
        var last = from.lastEntry();
        from.put(Math.max(last.getKey(), nanos), last.getValue() + millis);
    }

    synchronized long now() {
        return from.lastEntry().getValue();
    }

    /** The most that was taken at any moment of this time, both ends counted. */
    synchronized long most(long begin, long end) {
        long most = from.floorEntry(begin).getValue();
        for (long taken : from.subMap(begin, true, end, true).values()) {
            most = Math.max(most, taken);
        }
        return most;
    }
}
