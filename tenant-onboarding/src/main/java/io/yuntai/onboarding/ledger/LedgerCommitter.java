package io.yuntai.onboarding.ledger;

import io.yuntai.onboarding.Refused;
import io.yuntai.quota.Decision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Lets the commands of many callers share one commit, so that the ledger is not bound to one disk
 * flush a decision. One thread takes what has queued up and decides each in order; nobody is
 * answered before that is committed.
 *
 * <p>It decides on what it remembers of the ledger, the batches that are still being written
 * included, so that the next batch is decided and written while the last one is being flushed. The
 * database writes such a batch only where it finds what was remembered. If it does not (another
 * process has written, or a batch before has failed), and whenever not all of a batch is granted,
 * everything is carried out again the slow way: when nothing is being written any more, in the
 * order in which it was asked, with locks on all that is touched. A batch that fails then is
 * carried out one by one, so that what is broken fails alone.
 */
@Service
public class LedgerCommitter implements AutoCloseable {

    /** At most so many commands a commit. */
    static final int BATCH = 256;

    /** At most so many commands wait; further callers are told that it is busy. */
    static final int WAITING = 8192;

    /** So many batches are written at once, each on what the one before leads to. */
    private static final int AHEAD = 2;

    /** From so many on, half is kept for the batch that is written beside this one. */
    private static final int SHARED = 16;

    /** After so many batches at most, done the slow way, it is tried the fast way again. */
    private static final int SLOW = 31;

    private static final Duration LINGER = Duration.ofNanos(300_000);

    /** While another batch is being written nobody is kept waiting by a fuller one. */
    private static final Duration LINGER_BESIDE = Duration.ofMillis(2);

    private record Waiting(LedgerCommand command, CompletableFuture<Decision> answer) {}

    /**
     * What was taken from the queue at once.
     *
     * @param number counted in the order of the queue
     * @param committed whether it need not be carried out again
     */
    private record Taken(long number, List<Waiting> batch, CompletableFuture<Boolean> committed) {

        List<LedgerCommand> commands() {
            return batch.stream().map(Waiting::command).toList();
        }

        void fail(LedgerUnavailable why) {
            batch.forEach(each -> each.answer().completeExceptionally(why));
        }
    }

    private final Settlement settlement;
    private final LedgerTransactions transactions;
    private final int mostWaiting;
    private final ExecutorService writers =
            Executors.newFixedThreadPool(
                    AHEAD, Thread.ofPlatform().name("ledger-writer-", 1).daemon().factory());

    // Of the committer's thread alone.
    private final Remembered remembered = new Remembered();
    private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

    // Guarded by the lock.
    private final ReentrantLock state = new ReentrantLock();
    private final Condition changed = state.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final List<Taken> again = new ArrayList<>();
    private long taken;
    private int writing;
    private int wanted = 1;
    private int asking;
    private int crowd;
    private int slow;
    private int backOff;
    private @Nullable Thread committer;
    private boolean closed;

    @Autowired
    LedgerCommitter(Settlement settlement, PlatformTransactionManager transactions) {
        this(settlement, transactions, WAITING);
    }

    LedgerCommitter(
            Settlement settlement, PlatformTransactionManager transactions, int mostWaiting) {
        this.settlement = settlement;
        this.transactions = new LedgerTransactions(settlement, transactions);
        this.mostWaiting = mostWaiting;
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
            if (queue.size() >= mostWaiting) {
                throw new LedgerUnavailable(LedgerUnavailable.Reason.BUSY);
            }
            queue.add(waiting);
            if (queue.size() >= wanted) {
                changed.signal();
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
        writers.shutdown();
    }

    private @Nullable Thread lastThread() {
        state.lock();
        try {
            closed = true;
            changed.signal();
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
        var repeated = new ArrayList<Taken>();
        var next = next(repeated);
        while (next.isPresent() || !repeated.isEmpty()) {
            if (next.isPresent()) {
                carryOutAhead(next.get());
            } else {
                remembered.forget();
                repeated.stream()
                        .sorted(Comparator.comparingLong(Taken::number))
                        .forEach(this::carryOut);
                repeated.clear();
            }
            next = next(repeated);
        }
    }

    /**
     * Waits for something to do: what has to be done again, as soon as nothing is being written any
     * more; or else what has queued up, as soon as one more batch may be written.
     *
     * @return nothing when there is something to do again, or when all is done and it is closed
     */
    private Optional<Taken> next(List<Taken> repeated) {
        state.lock();
        try {
            while (true) {
                if (!again.isEmpty() && writing == 0) {
                    repeated.addAll(again);
                    again.clear();
                    return Optional.empty();
                }
                boolean mayTake = again.isEmpty() && writing < AHEAD;
                if (mayTake && !queue.isEmpty()) {
                    return Optional.of(take());
                }
                if (closed && queue.isEmpty() && again.isEmpty() && writing == 0) {
                    return Optional.empty();
                }
                wanted = mayTake ? 1 : Integer.MAX_VALUE;
                changed.awaitUninterruptibly();
            }
        } finally {
            state.unlock();
        }
    }

    /**
     * Takes what waits. Whoever was answered just now asks again in a moment: rather than to begin
     * with the first of them alone, half of those who have asked of late are waited for, the other
     * half being for the batch beside; for a moment only, and longer while that is being written.
     */
    private Taken take() {
        long left = (writing == 0 ? LINGER : LINGER_BESIDE).toNanos();
        crowd = Math.max(queue.size() + asking, crowd - crowd / 8);
        wanted = Math.min(Math.max(1, crowd / 2), BATCH);
        while (queue.size() < wanted && left > 0 && !closed) {
            int before = writing;
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; it ends when it is closed.
                left = 0;
            }
            if (writing == 0 && before > 0) {
                left = Math.min(left, LINGER.toNanos());
            }
        }
        int most = Math.min(queue.size(), BATCH);
        boolean alone = writing == 0 && slow == 0;
        int size = alone && most >= SHARED ? (most + 1) / 2 : most;
        var batch = new ArrayList<Waiting>(size);
        for (int i = 0; i < size; i++) {
            batch.add(queue.remove());
        }
        return new Taken(taken++, batch, new CompletableFuture<>());
    }

    private void carryOutAhead(Taken next) {
        var draft = mayGoAhead() ? draft(next) : Optional.<Draft>empty();
        var before = last;
        if (draft.isPresent()) {
            last = next.committed();
        }
        state.lock();
        try {
            if (draft.isEmpty()) {
                again.add(next);
                return;
            }
            writing++;
            asking += next.batch().size();
        } finally {
            state.unlock();
        }
        writers.execute(() -> write(next, draft.get(), before));
    }

    private boolean mayGoAhead() {
        state.lock();
        try {
            if (slow == 0) {
                return true;
            }
            slow--;
            return false;
        } finally {
            state.unlock();
        }
    }

    private Optional<Draft> draft(Taken next) {
        Optional<Draft> draft = Optional.empty();
        try {
            if (!remembered.isFull()) {
                draft = settlement.draft(remembered, next.commands());
            }
        } catch (RuntimeException e) {
            // What is the matter is found out, and said, when it is carried out the slow way.
            draft = Optional.empty();
        }
        if (draft.isEmpty()) {
            state.lock();
            try {
                backOff();
            } finally {
                state.unlock();
            }
        }
        return draft;
    }

    /** The fast way that leads nowhere costs more than none: the next batches do without. */
    private void backOff() {
        backOff = Math.min(2 * backOff + 1, SLOW);
        slow = backOff;
    }

    private void write(Taken next, Draft draft, CompletableFuture<Boolean> before) {
        boolean committed = false;
        try {
            committed = isCommitted(next, draft, before);
        } finally {
            // Also when it did not come so far: nobody is to wait for it.
            var _ = draft.turn().entered().complete(null);
            var _ = next.committed().complete(committed);
            state.lock();
            try {
                writing--;
                asking -= next.batch().size();
                if (committed) {
                    backOff = 0;
                } else {
                    again.add(next);
                    backOff();
                }
                changed.signal();
            } finally {
                state.unlock();
            }
        }
    }

    /** Whether it need not be carried out again, for it is committed or nobody knows if it is. */
    private boolean isCommitted(Taken next, Draft draft, CompletableFuture<Boolean> before) {
        try {
            boolean first = before.isDone();
            // It may end what the batch before, which is not committed yet, has locked.
            if (transactions.write(draft)
                    || (!first && before.join() && transactions.write(draft))) {
                answer(next, draft.outcomes());
                return true;
            }
            return false;
        } catch (LedgerUnavailable e) {
            if (e.reason() == LedgerUnavailable.Reason.NOT_COMMITTED) {
                return false;
            }
            next.fail(e);
            return true;
        }
    }

    /** Carries out the slow way, while nothing else is being written. */
    private void carryOut(Taken again) {
        try {
            answer(again, transactions.settle(again.commands()));
        } catch (LedgerUnavailable e) {
            if (e.reason() == LedgerUnavailable.Reason.NOT_COMMITTED && again.batch().size() > 1) {
                again.batch()
                        .forEach(each ->
                                carryOut(
                                        new Taken(
                                                again.number(), List.of(each), again.committed())));
            } else {
                again.fail(e);
            }
        }
    }

    private static void answer(Taken taken, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            var answer = taken.batch().get(i).answer();
            switch (outcomes.get(i)) {
                case Outcome.Decided(var decision) -> answer.complete(decision);
                case Outcome.Broken(var why) -> answer.completeExceptionally(why);
            }
        }
    }
}
