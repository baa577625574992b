package io.yuntai.notice;

import io.yuntai.onboarding.Notice;
import io.yuntai.onboarding.PlainText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Sends what the outbox holds. A row is taken for as long as its lease runs, sent without any
 * transaction, and then noted. Whoever dies between sending and noting leaves the row to be sent
 * again, with the same id, when the lease has run out: at least once, and at most once while nobody
 * dies. Each channel has a thread of its own, so that one that hangs holds up no other, and of any
 * number of servers each row is sent by one.
 */
@Component
class NoticeDispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeDispatcher.class);
    private static final int AT_ONCE = 8;
    private static final int LONGEST_FAILURE = 300;

    private final DispatchStore store;
    private final NoticeProperties properties;
    private final Clock clock;
    private final Map<Channel, Semaphore> bells = new LinkedHashMap<>();
    private volatile boolean running;

    NoticeDispatcher(
            Channels channels, DispatchStore store, NoticeProperties properties, Clock clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
        channels.all().forEach(channel -> bells.put(channel, new Semaphore(0)));
    }

    /** Something was told: it goes out without waiting for the next look. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void wake(Notice told) {
        bells.values().forEach(Semaphore::release);
    }

    private void work(Channel channel, Semaphore bell) {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            while (running) {
                try {
                    if (send(channel, senders) == 0) {
                        var _ =
                                bell.tryAcquire(
                                        properties.look().toMillis(), TimeUnit.MILLISECONDS);
                        bell.drainPermits();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("notices by {} are sent with the next look", channel.name(), e);
                    Thread.sleep(properties.look());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends what is due by a channel, a handful at once.
     *
     * @return how many were tried
     */
    private int send(Channel channel, ExecutorService senders) throws InterruptedException {
        Instant now = clock.instant();
        var _ = store.giveUpLapsed(channel.name(), now, properties.attempts());
        var lease = UUID.randomUUID();
        var claimed =
                store.claim(
                        channel.name(),
                        lease,
                        now,
                        now.plus(properties.lease()),
                        properties.attempts(),
                        AT_ONCE);
        long deadline = System.nanoTime() + properties.patience().toNanos();
        var sending = new LinkedHashMap<Outgoing, Future<?>>();
        for (var notice : claimed) {
            sending.put(
                    notice,
                    senders.submit(() -> {
                        channel.send(notice);
                        return true;
                    }));
        }
        for (var one : sending.entrySet()) {
            note(channel, lease, one.getKey(), one.getValue(), deadline);
        }
        return claimed.size();
    }

    private void note(
            Channel channel, UUID lease, Outgoing notice, Future<?> sending, long deadline)
            throws InterruptedException {
        try {
            var _ = sending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (!store.sent(notice.id(), channel.name(), lease, clock.instant())) {
                LOG.warn("notice {} was sent by {} after its lease", notice.id(), channel.name());
            }
        } catch (TimeoutException e) {
            sending.cancel(true); // Closes its socket: no thread is left behind.
            failed(channel, lease, notice, NotSentException.because("no answer in time"));
        } catch (ExecutionException e) {
            failed(
                    channel,
                    lease,
                    notice,
                    e.getCause() instanceof NotSentException known
                            ? known
                            : NotSentException.because(String.valueOf(e.getCause())));
        }
    }

    private void failed(Channel channel, UUID lease, Outgoing notice, NotSentException failure) {
        boolean last = failure.isForGood() || notice.attempt() >= properties.attempts();
        String reason = plain(String.valueOf(failure.getMessage()));
        Instant now = clock.instant();
        Duration pause = properties.retryAfter(notice.attempt());
        store.failed(
                notice.id(),
                channel.name(),
                lease,
                reason,
                now,
                last ? Optional.empty() : Optional.of(now.plus(pause)));
        if (last) {
            LOG.warn("notice {} is given up by {}: {}", notice.id(), channel.name(), reason);
        }
    }

    /** What others say is shown to people and logged: in one line, and not all of it. */
    private static String plain(String text) {
        String line = MailChannel.oneLine(text);
        return PlainText.length(line) <= LONGEST_FAILURE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_FAILURE));
    }

    @Override
    public void start() {
        running = true;
        bells.forEach((channel, bell) -> {
            var _ =
                    Thread.ofVirtual()
                            .name("notices-" + channel.name())
                            .start(() -> work(channel, bell));
        });
    }

    /** What is being sent may end; what is not noted then is sent again. */
    @Override
    public void stop() {
        running = false;
        bells.values().forEach(Semaphore::release);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
