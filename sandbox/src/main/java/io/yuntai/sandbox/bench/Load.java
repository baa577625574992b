package io.yuntai.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What callers that ask again as soon as they are answered have found out in a while.
 *
 * @param perSecond answers a second
 * @param p99 how long 99 of 100 answers took at most, in milliseconds
 */
record Load(double perSecond, double p99) {

    /** One caller: asks once, and returns when it was answered. */
    @FunctionalInterface
    interface Caller {
        void ask() throws Exception;
    }

    /**
     * @param callers how many ask at once
     * @param make the caller of a number, counted from 0
     */
    static Load of(int callers, Duration time, IntFunction<Caller> make) throws Exception {
        var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        try (threads) {
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            var running = new ArrayList<Future<List<Long>>>();
            for (int i = 0; i < callers; i++) {
                var caller = make.apply(i);
                running.add(threads.submit(() -> asking(caller, end)));
            }
            var took = new ArrayList<Long>();
            for (var each : running) {
                took.addAll(each.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Collections.sort(took);
            int rank = (int) Math.ceil(0.99 * took.size());
            return new Load(took.size() / seconds, took.get(Math.max(rank, 1) - 1) / 1e6);
        }
    }

    private static List<Long> asking(Caller caller, long end) throws Exception {
        var took = new ArrayList<Long>();
        long now = System.nanoTime();
        while (now < end) {
            caller.ask();
            long after = System.nanoTime();
            took.add(after - now);
            now = after;
        }
        return took;
    }

    /** The round with the median rate; of an even number the lower one of the middle two. */
    static Load median(List<Load> rounds) {
        var sorted = new ArrayList<>(rounds);
        sorted.sort((a, b) -> Double.compare(a.perSecond(), b.perSecond()));
        return sorted.get((sorted.size() - 1) / 2);
    }
}
