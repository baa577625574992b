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
 * makes it longer, up to {@link #LONGEST}. Where something is under way it is in proportion to what
 * a look takes: of a hundred hosts that start, each tells several times, and a look is at all of
 * them. A look at few hosts is cheap, however long it waited for its cluster, and may be the one
 * that a delivery waits for; of a system without any, it is pods that tell, and nobody counts
 * those. The more systems there are to look after, the longer that is, up to {@link
 * #LONGEST_OF_MANY}, so that what is new is begun with before what runs is watched. Whoever has
 * something to ask cuts it short.
 */
final class Lull {

    private static final Duration FIRST = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofMillis(400);
    private static final Duration LONGEST_OF_MANY = Duration.ofSeconds(2);

    /** At most so long for each host that a look is at. */
    private static final Duration FOR_EACH = Duration.ofMillis(4);

    /** Looks that are further apart are not in a row. */
    private static final Duration ROW = Duration.ofSeconds(1);

    /** At least two thirds of the time are not spent on looking at what is under way. */
    private static final int TIMES_ITS_LENGTH = 2;

    private record Quiet(boolean neededNothing, Duration pause, long fromNanos) {}

    private final Map<SystemId, Quiet> quiet = new ConcurrentHashMap<>();
    private final Map<SystemId, Thread> waiting = new ConcurrentHashMap<>();

    /** Notes that a look has found nothing to do. */
    void foundNothing(SystemId system, long nowNanos) {
        var _ = quiet.merge(system, new Quiet(true, FIRST, nowNanos), Lull::longer);
    }

    /**
     * Notes that a look that took so long has found something, which is under way now.
     *
     * @param hosts how many it was at
     * @param crowds how many times as many systems there are to look after as are at the same time;
     *     0 where all are
     */
    void foundSomething(SystemId system, Duration took, int hosts, int crowds, long nowNanos) {
        var pause = took.multipliedBy(TIMES_ITS_LENGTH);
        quiet.put(
                system,
                new Quiet(
                        false,
                        crowds == 0
                                ? atMost(atMost(pause, longestOf(hosts)), LONGEST)
                                : atMost(pause.multipliedBy(1L + crowds), LONGEST_OF_MANY),
                        nowNanos));
    }

    private static Duration longestOf(int hosts) {
        return hosts == 0 ? LONGEST : FOR_EACH.multipliedBy(hosts);
    }

    private static Quiet longer(Quiet before, Quiet now) {
        boolean isInARow =
                before.neededNothing() && now.fromNanos() - before.fromNanos() <= ROW.toNanos();
        return isInARow
                ? new Quiet(true, atMost(before.pause().multipliedBy(2), LONGEST), now.fromNanos())
                : now;
    }

    private static Duration atMost(Duration pause, Duration longest) {
        return pause.compareTo(longest) > 0 ? longest : pause;
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
