package io.yuntai.api;

import io.yuntai.notice.Notices;
import io.yuntai.onboarding.host.HostChanges;
import io.yuntai.security.Account;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams of events of this process. One thread reads the database for all of them, whichever
 * process has written there; while nobody listens it only throws away what is old. What it cannot
 * read now it reads with the next look.
 */
@Component
class EventStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private static final int MOST = 500;
    private static final int MOST_OF_ONE = 10;
    private static final long LOOK_MILLIS = 500;
    private static final Duration UNREAD_EVERY = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final HostChanges changes;
    private final Notices notices;
    private final Clock clock;
    private final Map<EventStream, Boolean> streams = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile long position;
    private long forgotten = System.nanoTime();
    private long told = System.nanoTime();

    EventStreams(HostChanges changes, Notices notices, Clock clock) {
        this.changes = changes;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * Opens a stream.
     *
     * @param last the id of the last event that the caller has seen; one that is none of ours, or
     *     older than what is kept, is answered with "everything may have changed"
     */
    SseEmitter open(Account account, Optional<String> last) {
        long own = streams.keySet().stream().filter(one -> one.isOf(account.person())).count();
        if (streams.size() >= MOST || own >= MOST_OF_ONE) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        if (streams.isEmpty()) {
            position = changes.position();
        }
        var stream = new EventStream(account, streams::remove);
        streams.put(stream, true);
        last.ifPresent(id -> stream.add(missed(id)));
        stream.start(position);
        return stream.emitter();
    }

    private HostChanges.Changes missed(String id) {
        return POSITION.matcher(id).matches()
                ? changes.since(Long.parseLong(id))
                : HostChanges.Changes.all(position);
    }

    private void look() {
        while (running) {
            try {
                Thread.sleep(LOOK_MILLIS);
                if (!streams.isEmpty()) {
                    var seen = changes.since(position);
                    position = seen.next();
                    streams.keySet().forEach(stream -> stream.add(seen));
                    tellUnread();
                }
                if (System.nanoTime() - forgotten > FORGET_EVERY.toNanos()) {
                    forgotten = System.nanoTime();
                    changes.forget(clock.instant().minus(KEPT));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("changes could not be read; they are with the next look", e);
            }
        }
    }

    /** By how much there is, not by what came: nothing can be missed. */
    private void tellUnread() {
        if (System.nanoTime() - told < UNREAD_EVERY.toNanos()) {
            return;
        }
        told = System.nanoTime();
        var persons = streams.keySet().stream().map(EventStream::person).distinct().toList();
        var unread = notices.unread(persons);
        streams.keySet()
                .forEach(stream -> stream.add(Optional.ofNullable(unread.get(stream.person()))));
    }

    @Override
    public void start() {
        running = true;
        var _ = Thread.ofPlatform().daemon().name("event-streams").start(this::look);
    }

    @Override
    public void stop() {
        running = false;
        streams.keySet().forEach(EventStream::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
