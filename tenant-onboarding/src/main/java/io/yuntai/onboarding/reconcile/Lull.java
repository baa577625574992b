package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.system.SystemId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long a system that was found to need nothing is left in peace although its cluster goes on
 * telling of changes, as it does with every pod that is charged. Each quiet look in a row makes it
 * longer, up to {@link #LONGEST}; whoever has something to ask cuts it short.
 */
final class Lull {

    private static final Duration FIRST = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofMillis(400);

    /** Looks that are further apart are not in a row. */
    private static final Duration ROW = Duration.ofSeconds(1);

    private record Quiet(Duration pause, long fromNanos) {}

    private final Map<SystemId, Quiet> quiet = new ConcurrentHashMap<>();
    private final Map<SystemId, Thread> waiting = new ConcurrentHashMap<>();

    /** Notes what a look has found. */
    void looked(SystemId system, boolean neededNothing, long nowNanos) {
        if (neededNothing) {
            var _ = quiet.merge(system, new Quiet(FIRST, nowNanos), Lull::longer);
        } else {
            quiet.remove(system);
        }
    }

    private static Quiet longer(Quiet before, Quiet now) {
        if (now.fromNanos() - before.fromNanos() > ROW.toNanos()) {
            return now;
        }
        var doubled = before.pause().multipliedBy(2);
        return new Quiet(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled, now.fromNanos());
    }

    /** What is left of it; nothing or less: it is over. */
    Duration left(SystemId system, long nowNanos) {
        var last = quiet.get(system);
        return last == null ? Duration.ZERO : last.pause().minusNanos(nowNanos - last.fromNanos());
    }

    /** Waits until it is over, or is cut short, or there is a reason to go on. */
    void await(SystemId system, BooleanSupplier goesOn) {
        waiting.put(system, Thread.currentThread());
        try {
            var left = left(system, System.nanoTime());
            while (left.isPositive() && !goesOn.getAsBoolean()) {
                LockSupport.parkNanos(left.toNanos());
                left = left(system, System.nanoTime());
            }
        } finally {
            waiting.remove(system);
        }
    }

    /** Ends it: somebody has something to ask. */
    void cut(SystemId system) {
        quiet.remove(system);
        var thread = waiting.get(system);
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
