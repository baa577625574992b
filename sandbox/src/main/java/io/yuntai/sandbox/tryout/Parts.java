package io.yuntai.sandbox.tryout;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that was started, to be ended in the opposite order: what uses the database before the
 * database. When the process is told to end, a part that is just starting is waited for, so that
 * none stays behind.
 */
public final class Parts {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean ending;

    public Parts() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    }

    /** Whether the process has been told to end. */
    public boolean isEnding() {
        return ending;
    }

    /**
     * Starts a part.
     *
     * @throws InterruptedException when the process is ending
     */
    public <T extends AutoCloseable> T start(Callable<T> start) throws Exception {
        lock.lock();
        try {
            if (ending) {
                throw new InterruptedException("the process is ending");
            }
            var part = start.call();
            started.push(part);
            return part;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        ending = true;
        boolean locked = false;
        try {
            locked = lock.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            while (!started.isEmpty()) {
                close(started.pop());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("a part did not end in order", e);
        }
    }
}
