package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Decision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Lets the commands of many callers share one commit, so that the ledger is not bound to one disk
 * flush a decision. One thread takes what has queued up, opens one transaction, decides each in
 * order, and answers all when it is committed. Nobody is answered before that.
 *
 * <p>A batch that the database refuses is carried out again one by one, so that what is broken
 * fails alone.
 */
@Service
public class LedgerCommitter implements AutoCloseable {

    /** At most so many commands a commit. */
    static final int BATCH = 256;

    /** At most so many commands wait; further callers are told that it is busy. */
    static final int WAITING = 8192;

    private static final Duration IDLE = Duration.ofMillis(200);

    private static final Duration LINGER = Duration.ofNanos(300_000);

    private record Waiting(LedgerCommand command, CompletableFuture<Decision> answer) {}

    private final Settlement settlement;
    private final PlatformTransactionManager transactions;
    private final BlockingQueue<Waiting> queue;
    private final ReentrantLock state = new ReentrantLock();
    private @Nullable Thread committer;
    private volatile boolean closed;

    @Autowired
    LedgerCommitter(Settlement settlement, PlatformTransactionManager transactions) {
        this(settlement, transactions, WAITING);
    }

    LedgerCommitter(
            Settlement settlement, PlatformTransactionManager transactions, int mostWaiting) {
        this.settlement = settlement;
        this.transactions = transactions;
        this.queue = new ArrayBlockingQueue<>(mostWaiting);
    }

    /**
     * Carries out a command and waits until it is committed.
     *
     * @throws Refused CONFLICT {@code ID_REUSED}, {@code NOT_PENDING}; as {@link Ledger#carryOut}
     * @throws LedgerUnavailable when there is no answer, with what is known
     * @throws IllegalArgumentException for a node that is not, or more given back than is held
     */
    public Decision commit(LedgerCommand command) {
        try {
            return submit(command).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Refused refused -> throw refused;
                case LedgerUnavailable unavailable -> throw unavailable;
                case IllegalArgumentException broken -> throw broken;
                case ArithmeticException broken -> throw broken;
                case null, default -> throw e;
            }
        }
    }

    /** As {@link #commit}, without waiting; it completes with the exceptions named there. */
    public CompletableFuture<Decision> submit(LedgerCommand command) {
        var waiting = new Waiting(command, new CompletableFuture<>());
        state.lock();
        try {
            if (closed) {
                throw new LedgerUnavailable(LedgerUnavailable.Reason.CLOSED);
            }
            if (!queue.offer(waiting)) {
                throw new LedgerUnavailable(LedgerUnavailable.Reason.BUSY);
            }
            if (committer == null) {
                committer = Thread.ofPlatform().name("ledger-committer").start(this::run);
            }
        } finally {
            state.unlock();
        }
        return waiting.answer();
    }

    /** Takes on nothing more, and returns when everybody who waits has an answer. */
    @Override
    public void close() {
        endOf(lastThread());
    }

    private @Nullable Thread lastThread() {
        state.lock();
        try {
            closed = true;
            return committer;
        } finally {
            state.unlock();
        }
    }

    private static void endOf(@Nullable Thread thread) {
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<Waiting>(BATCH);
        int expected = 1;
        while (!closed || !queue.isEmpty()) {
            batch.clear();
            take(batch, expected);
            if (!batch.isEmpty()) {
                commit(List.copyOf(batch));
                expected = batch.size();
            }
        }
    }

    /**
     * Takes what waits. Whoever was answered just now asks again in a moment: rather than to begin
     * with the first of them alone, as many as came last time are waited for, for a moment only.
     */
    private void take(List<Waiting> batch, int expected) {
        try {
            var first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            long until = System.nanoTime() + LINGER.toNanos();
            @Nullable Waiting next = first;
            while (next != null) {
                batch.add(next);
                var _ = queue.drainTo(batch, BATCH - batch.size());
                next =
                        batch.size() < expected
                                ? queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS)
                                : null;
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; it ends when it is closed.
            batch.clear();
        }
    }

    private void commit(List<Waiting> batch) {
        List<Outcome> outcomes;
        try {
            outcomes = carryOut(batch.stream().map(Waiting::command).toList());
        } catch (LedgerUnavailable e) {
            if (e.reason() == LedgerUnavailable.Reason.NOT_COMMITTED && batch.size() > 1) {
                batch.forEach(each -> commit(List.of(each)));
            } else {
                batch.forEach(each -> each.answer().completeExceptionally(e));
            }
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            var answer = batch.get(i).answer();
            switch (outcomes.get(i)) {
                case Outcome.Decided(var decision) -> answer.complete(decision);
                case Outcome.Broken(var why) -> answer.completeExceptionally(why);
            }
        }
    }

    private List<Outcome> carryOut(List<LedgerCommand> commands) {
        var status = begun();
        List<Outcome> outcomes;
        try {
            outcomes = settlement.settle(commands);
        } catch (RuntimeException e) {
            undo(status, e);
            throw new LedgerUnavailable(LedgerUnavailable.Reason.NOT_COMMITTED, e);
        }
        try {
            transactions.commit(status);
        } catch (RuntimeException e) {
            throw new LedgerUnavailable(afterCommit(e), e);
        }
        return outcomes;
    }

    private TransactionStatus begun() {
        try {
            return transactions.getTransaction(new DefaultTransactionDefinition());
        } catch (RuntimeException e) {
            throw new LedgerUnavailable(LedgerUnavailable.Reason.NOT_COMMITTED, e);
        }
    }

    private void undo(TransactionStatus status, RuntimeException why) {
        try {
            transactions.rollback(status);
        } catch (RuntimeException e) {
            // A broken connection cannot be rolled back, and need not: the server does it.
            why.addSuppressed(e);
        }
    }

    /** A server that says why it did not commit has not committed; silence says nothing. */
    private static LedgerUnavailable.Reason afterCommit(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql && sql.getSQLState() != null) {
                boolean refused =
                        sql.getSQLState().startsWith("23") || sql.getSQLState().startsWith("40");
                return refused
                        ? LedgerUnavailable.Reason.NOT_COMMITTED
                        : LedgerUnavailable.Reason.OUTCOME_UNKNOWN;
            }
        }
        return LedgerUnavailable.Reason.OUTCOME_UNKNOWN;
    }
}
