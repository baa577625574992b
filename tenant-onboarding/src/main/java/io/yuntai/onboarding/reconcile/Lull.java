package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.system.SystemId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long a system that was just looked at is left in peace although its cluster goes on telling
 * of changes. Where nothing was needed, as with every pod that is charged, each such look in a row
 * makes it longer. Where something is under way it is in proportion to what a look takes: of a
 * hundred hosts that start, each tells several times, and a look is at all of them. It is never
 * longer than {@link #LONGEST}, and whoever has something to ask cuts it short.
 */
final class Lull {

    private static final Duration FIRST = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofMillis(400);

    /** Looks that are further apart are not in a row. */
    private static final Duration ROW = Duration.ofSeconds(1);

    /** At least two thirds of the time are not spent on looking at what is under way. */
    private static final int TIMES_ITS_LENGTH = 2;

    private record Quiet(boolean neededNothing, Duration pause, long fromNanos) {}

    private final Map<SystemId, Quiet> quiet = new ConcurrentHashMap<>();
    private final Map<SystemId, Thread> waiting = new ConcurrentHashMap<>();

    /** Notes what a look has found that began and ended then. */
    void looked(SystemId system, boolean neededNothing, long begunNanos, long nowNanos) {
        if (neededNothing) {
            var _ = quiet.merge(system, new Quiet(true, FIRST, nowNanos), Lull::longer);
        } else {
            var pause = Duration.ofNanos(nowNanos - begunNanos).multipliedBy(TIMES_ITS_LENGTH);
            quiet.put(system, new Quiet(false, atMost(pause), nowNanos));
        }
    }

    private static Quiet longer(Quiet before, Quiet now) {
        boolean isInARow =
                before.neededNothing() && now.fromNanos() - before.fromNanos() <= ROW.toNanos();
        return isInARow
                ? new Quiet(true, atMost(before.pause().multipliedBy(2)), now.fromNanos())
                : now;
    }

    private static Duration atMost(Duration pause) {
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
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
