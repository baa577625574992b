package io.yuntai.onboarding.reconcile;

import io.yuntai.onboarding.system.SystemId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The systems that are looked after at one cluster. Each cluster has a lane of its own, so that
 * those which wait for one that hangs, however many do, take nothing of the room of another. In a
 * lane a system is worked on by one thread at a time; being woken meanwhile means once more.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** More than a cluster is asked at once, so that some can read the database meanwhile. */
    private static final int AT_ONCE = 16;

    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    /** So often a failure may be the database's or the network's, and over the next time. */
    private static final int PATIENT = 3;

    private enum State {
        WAITING,
        RUNNING,
        RUNNING_AND_WOKEN
    }

    /**
     * What came of looking after a system.
     *
     * @param settled whether there is nothing left to do
     * @param hosts how many were looked at
     */
    record Look(boolean settled, int hosts) {}

    /** What is done in it. */
    interface Work {

        /** Looks after one system. */
        Look attempt(SystemId system, Wish wish);

        /** Says why that fails again and again. */
        void failed(SystemId system, Throwable why);

        /** Has something done after a while, if anything is to be done by then. */
        void later(Runnable what, Duration pause);
    }

    private final String name;
    private final Work work;
    private final Map<SystemId, State> systems = new ConcurrentHashMap<>();
    private final Map<SystemId, Wish> wishes = new ConcurrentHashMap<>();
    private final Map<SystemId, Integer> failures = new ConcurrentHashMap<>();
    private final Lull lull = new Lull();
    private final Semaphore slots = new Semaphore(AT_ONCE);

    /**
     * An empty one.
     *
     * @param name of its threads
     */
    Lane(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Has a system looked after soon. */
    void wake(SystemId system, Wish wish) {
        if (!wish.equals(Wish.NONE)) {
            var _ = wishes.merge(system, wish, Wish::and);
        }
        lull.cut(system);
        look(system);
    }

    /** Has a system looked after when that is due; nobody asks for anything. */
    void look(SystemId system) {
        var isFirst = new AtomicBoolean();
        var _ =
                systems.compute(
                        system,
                        (_, now) -> {
                            isFirst.set(now == null);
                            return now == null || now == State.WAITING
                                    ? State.WAITING
                                    : State.RUNNING_AND_WOKEN;
                        });
        if (isFirst.get()) {
            var _ = Thread.ofVirtual().name(name + "-" + system).start(() -> run(system));
        }
    }

    /** How many systems are waiting or being worked on. */
    int backlog() {
        return systems.size();
    }

    private void run(SystemId system) {
        lull.await(system, () -> wishes.containsKey(system));
        slots.acquireUninterruptibly();
        try {
            if (!systems.replace(system, State.WAITING, State.RUNNING)) {
                return;
            }
            long begun = System.nanoTime();
            var look = attempt(system);
            long now = System.nanoTime();
            if (look.settled()) {
                lull.foundNothing(system, now);
            } else {
                var took = Duration.ofNanos(now - begun);
                lull.foundSomething(system, took, look.hosts(), systems.size() / AT_ONCE, now);
            }
            boolean woken = !systems.remove(system, State.RUNNING);
            if (woken) {
                systems.remove(system);
                look(system);
            } else if (!look.settled()) {
                retryLater(system);
            }
        } finally {
            slots.release();
        }
    }

    private Look attempt(SystemId system) {
        try {
            var wish = Objects.requireNonNullElse(wishes.remove(system), Wish.NONE);
            var look = work.attempt(system, wish);
            if (look.settled()) {
                failures.remove(system);
            }
            return look;
        } catch (RuntimeException | Error e) {
            // Also an Error: whoever is not taken off the list of work is never looked at again.
            LOG.warn("system {} could not be reconciled; it is tried again", system, e);
            if (e instanceof Error || failures.getOrDefault(system, 0) >= PATIENT) {
                sayWhy(system, e);
            }
            return new Look(false, Integer.MAX_VALUE);
        }
    }

    private void sayWhy(SystemId system, Throwable why) {
        try {
            work.failed(system, why);
        } catch (RuntimeException | Error e) {
            LOG.warn("why system {} could not be reconciled is not noted", system, e);
        }
    }

    /** What is under way is left in peace. */
    private void retryLater(SystemId system) {
        int times = failures.merge(system, 1, Integer::sum);
        long pause =
                Math.min(FIRST_RETRY.toMillis() << Math.min(times - 1, 10), LAST_RETRY.toMillis());
        work.later(() -> look(system), Duration.ofMillis(pause));
    }
}
