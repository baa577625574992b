package io.yuntai.api;

import io.yuntai.notice.Unread;
import io.yuntai.onboarding.host.HostChanges;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One listener. What it has not been told yet is kept as a set of ids, and beyond a number as
 * "everything": so a slow one takes no memory and holds nobody up. A thread of its own writes, and
 * ends with the listener.
 */
final class EventStream {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long HEARTBEAT_SECONDS = 15;
    private static final long RETRY_MILLIS = 2000;
    private static final int MOST_IDS = 200;

    private final Account account;
    private final Consumer<EventStream> ended;
    private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final News hosts;
    private final News namespaces;
    private Optional<Unread> unread = Optional.empty();
    private boolean unreadChanged;
    private long position;
    private volatile boolean open = true;

    EventStream(Account account, Consumer<EventStream> ended) {
        this.account = account;
        this.ended = ended;
        this.hosts = new News("host", account.may(Permission.HOST_READ));
        this.namespaces = new News("namespace", account.may(Permission.NAMESPACE_READ));
        emitter.onCompletion(this::close);
        emitter.onTimeout(this::close);
        emitter.onError(_ -> close());
    }

    SseEmitter emitter() {
        return emitter;
    }

    boolean isOf(PersonId person) {
        return account.person().equals(person);
    }

    /** Notes what its person may know of. */
    void add(HostChanges.Changes changes) {
        lock.lock();
        try {
            position = Math.max(position, changes.next());
            if (!changes.complete()) {
                hosts.addAll();
                namespaces.addAll();
            }
            var actor = account.actor();
            for (var change : changes.changes()) {
                if (actor.sees(change.unit())) {
                    hosts.add(change.host().toString());
                }
            }
            for (var change : changes.namespaces()) {
                if (actor.sees(change.unit())) {
                    namespaces.add(change.system().toString());
                }
            }
            if (hosts.isAny() || namespaces.isAny()) {
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    PersonId person() {
        return account.person();
    }

    /** Notes what its person has not read; the same again is no news. */
    void add(Optional<Unread> now) {
        lock.lock();
        try {
            if (!now.equals(unread)) {
                unread = now;
                unreadChanged = true;
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void start(long from) {
        lock.lock();
        try {
            position = Math.max(position, from);
        } finally {
            lock.unlock();
        }
        var _ = Thread.ofVirtual().name("events-" + account.login()).start(this::write);
    }

    private void write() {
        try {
            emitter.send(SseEmitter.event().reconnectTime(RETRY_MILLIS).comment("open"));
            while (open) {
                var event = next();
                if (open) {
                    emitter.send(event);
                }
            }
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException gone) {
            emitter.completeWithError(gone); // Whoever listened has gone; there is nobody to tell.
        } finally {
            close();
        }
    }

    private SseEmitter.SseEventBuilder next() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS);
            while (open && !unreadChanged && !hosts.isAny() && !namespaces.isAny() && left > 0) {
                left = news.awaitNanos(left);
            }
            if (unreadChanged) {
                unreadChanged = false;
                return SseEmitter.event()
                        .name("notice")
                        .data(Long.toString(unread.map(Unread::count).orElse(0L)));
            }
            if (hosts.isAny()) {
                // The position is told with the last of what there is up to it.
                var event = hosts.take();
                return namespaces.isAny() ? event : event.id(Long.toString(position));
            }
            return namespaces.isAny()
                    ? namespaces.take().id(Long.toString(position))
                    : SseEmitter.event().comment("still here");
        } finally {
            lock.unlock();
        }
    }

    /** What has changed of one kind of thing and was not told yet; under the lock. */
    private static final class News {
        private final String name;
        private final boolean told;
        private final Set<String> changed = new LinkedHashSet<>();
        private boolean everything;

        /**
         * Nothing yet.
         *
         * @param told whether the listener may know of any
         */
        News(String name, boolean told) {
            this.name = name;
            this.told = told;
        }

        void addAll() {
            everything = told;
        }

        void add(String id) {
            if (told) {
                changed.add(id);
            }
            if (changed.size() > MOST_IDS) {
                addAll();
                changed.clear();
            }
        }

        boolean isAny() {
            return everything || !changed.isEmpty();
        }

        SseEmitter.SseEventBuilder take() {
            String data = everything ? "*" : String.join(",", changed);
            everything = false;
            changed.clear();
            return SseEmitter.event().name(name).data(data);
        }
    }

    void close() {
        open = false;
        ended.accept(this);
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
