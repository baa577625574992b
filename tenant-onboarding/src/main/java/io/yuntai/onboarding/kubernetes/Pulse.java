package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the answers of one cluster have told of it, and whether to ask it again now. So much at once
 * as it can take; of one that is slow, less; one that gives no answer, asks for fewer requests or
 * talks nonsense is asked by one caller after a pause that doubles, and all others are told at once
 * why not. So its trouble is waited for by nobody.
 */
final class Pulse implements Interceptor {

    /** An answer that takes longer makes a cluster a slow one. */
    static final Duration SLOW = Duration.ofSeconds(2);

    /** Fewer than are looked after there at once: others can read the database meanwhile. */
    static final int AT_ONCE = 12;

    /** A slow one is asked no more than this. */
    static final int AT_ONCE_WHEN_SLOW = 4;

    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What is said once and not taken back is forgotten after this. */
    private static final Duration MEMORY = Duration.ofMinutes(2);

    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final int MANY_CONFLICTS = 3;
    private static final int LONGEST_DETAIL = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<Symptom.Kind, Noted> noted = new EnumMap<>(Symptom.Kind.class);
    private final Map<String, Noted> brokenWatches = new TreeMap<>();
    private boolean reachable;
    private int inFlight;
    private int conflicts;
    private Duration pause = FIRST_PAUSE;
    private boolean pausing;
    private long pausedUntil;
    private boolean trying;
    private boolean stranger;
    private @Nullable Told told;

    /**
     * @param since by the clock that only counts on
     */
    private record Noted(long since, long latest, String detail) {}

    /** What its clock said. */
    private record Told(Instant time, long at) {}

    /** Leave to ask. */
    record Leave(long begun) {

        /** As if each of so many that came one after the other had been a call of its own. */
        Leave shared(int turns) {
            long now = System.nanoTime();
            return new Leave(now - (now - begun) / turns);
        }
    }

    /**
     * Asks for leave to call; whoever has it gives it back by {@link #answered} or {@link #failed}.
     *
     * @return empty: not now, see {@link #reason}
     */
    Optional<Leave> enter() {
        synchronized (this) {
            if (stranger) {
                return Optional.empty();
            }
        }
        return enterToIdentify();
    }

    /** As the other, also where another cluster answers: for who asks which it is. */
    Optional<Leave> enterToIdentify() {
        if (!mayAsk(System.nanoTime()) || !placed()) {
            return Optional.empty();
        }
        return Optional.of(new Leave(System.nanoTime()));
    }

    private synchronized boolean mayAsk(long now) {
        if (noted.containsKey(Symptom.Kind.SLOW) && inFlight >= AT_ONCE_WHEN_SLOW) {
            return false;
        }
        if (pausing) {
            if (trying || now - pausedUntil < 0) {
                return false;
            }
            trying = true;
        }
        inFlight++;
        return true;
    }

    private boolean placed() {
        try {
            if (places.tryAcquire(LONGEST_QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            inFlight--;
            trying = false;
        }
        return false;
    }

    /** Why {@link #enter} said no. */
    synchronized String reason() {
        return noted.entrySet().stream()
                .filter(entry -> entry.getKey().stops() || entry.getKey() == Symptom.Kind.SLOW)
                .map(entry -> entry.getKey() + ": " + entry.getValue().detail())
                .findFirst()
                .orElse("too many requests to this cluster at once");
    }

    /** A call was answered as a cluster answers. */
    void answered(Leave leave) {
        places.release();
        long now = System.nanoTime();
        synchronized (this) {
            left();
            works();
            conflicts = 0;
            noted.remove(Symptom.Kind.CONFLICTS);
            took(leave, now);
        }
    }

    /** A call ended with this; the cluster may have answered, unkindly. */
    void failed(Leave leave, KubernetesClientException e) {
        places.release();
        long now = System.nanoTime();
        synchronized (this) {
            left();
            String reason = Answers.reason(e);
            switch (e.getCode()) {
                case Answers.TOO_MANY_REQUESTS -> pauseFor(Symptom.Kind.THROTTLED, now, reason);
                case HttpURLConnection.HTTP_UNAUTHORIZED ->
                        pauseFor(Symptom.Kind.UNAUTHORIZED, now, reason);
                default -> {
                    if (!Answers.answered(e) || Answers.isOfAProxy(e)) {
                        pauseFor(
                                Answers.isNonsense(e)
                                        ? Symptom.Kind.NONSENSE
                                        : Symptom.Kind.UNREACHABLE,
                                now,
                                reason);
                    } else {
                        works();
                        took(leave, now);
                        unkindly(e, now, reason);
                    }
                }
            }
        }
    }

    private void unkindly(KubernetesClientException e, long now, String reason) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT && !Answers.alreadyExists(e)) {
            if (++conflicts >= MANY_CONFLICTS) {
                note(Symptom.Kind.CONFLICTS, now, reason);
            }
        } else if (Answers.isWithoutPermission(e)) {
            note(Symptom.Kind.FORBIDDEN, now, reason);
        }
    }

    /** Nothing was sent: what was to be sent was wrong. */
    void unasked(Leave leave) {
        places.release();
        LOG.debug("a call that was never made took {} ns", System.nanoTime() - leave.begun());
        synchronized (this) {
            left();
        }
    }

    /** A call ended with an answer that could not be understood. */
    void nonsense(Leave leave, RuntimeException e) {
        places.release();
        long now = System.nanoTime();
        synchronized (this) {
            left();
            pauseFor(Symptom.Kind.NONSENSE, now, e.getClass().getSimpleName());
        }
    }

    private void left() {
        inFlight--;
        trying = false;
    }

    private void works() {
        reachable = true;
        pausing = false;
        pause = FIRST_PAUSE;
        noted.keySet().removeIf(kind -> kind.stops() && kind != Symptom.Kind.IDENTITY_CHANGED);
    }

    /** Which cluster answers in the place of the one that should; empty: that one does. */
    synchronized void identified(Optional<String> other) {
        stranger = other.isPresent();
        other.ifPresentOrElse(
                uid -> note(Symptom.Kind.IDENTITY_CHANGED, System.nanoTime(), uid),
                () -> noted.remove(Symptom.Kind.IDENTITY_CHANGED));
    }

    private void took(Leave leave, long now) {
        var took = Duration.ofNanos(now - leave.begun());
        if (took.compareTo(SLOW) > 0) {
            note(
                    Symptom.Kind.SLOW,
                    now,
                    String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
        } else if (took.compareTo(SLOW.dividedBy(2)) < 0) {
            noted.remove(Symptom.Kind.SLOW);
        }
    }

    private void pauseFor(Symptom.Kind kind, long now, String reason) {
        reachable = kind == Symptom.Kind.THROTTLED || kind == Symptom.Kind.UNAUTHORIZED;
        noted.keySet()
                .removeIf(other ->
                        other.stops() && other != kind && other != Symptom.Kind.IDENTITY_CHANGED);
        note(kind, now, reason);
        if (pausing && now - pausedUntil < 0) {
            return; // One of those that were under way already.
        }
        pausing = true;
        pausedUntil = now + pause.toNanos();
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void note(Symptom.Kind kind, long now, String detail) {
        noted.merge(
                kind,
                new Noted(now, now, bounded(detail)),
                (before, latest) -> new Noted(before.since(), now, latest.detail()));
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }

    /** Whether the latest call got an answer. */
    synchronized boolean reachable() {
        return reachable;
    }

    /** Whether the guards stand; why not. */
    synchronized void guarded(Optional<String> whyNot) {
        whyNot.ifPresentOrElse(
                reason -> note(Symptom.Kind.UNGUARDED, System.nanoTime(), reason),
                () -> noted.remove(Symptom.Kind.UNGUARDED));
    }

    /** Whether a watch runs; why not. */
    synchronized void watched(String kind, Optional<String> whyNot) {
        long now = System.nanoTime();
        whyNot.ifPresentOrElse(
                reason ->
                        brokenWatches.merge(
                                kind,
                                new Noted(now, now, bounded(kind + ": " + reason)),
                                (before, latest) ->
                                        new Noted(before.since(), now, latest.detail())),
                () -> brokenWatches.remove(kind));
    }

    /** Everything that is wrong, the worst first. */
    synchronized List<Symptom> symptoms(Clock clock) {
        long now = System.nanoTime();
        var instant = clock.instant();
        noted.entrySet()
                .removeIf(entry ->
                        entry.getKey() == Symptom.Kind.FORBIDDEN
                                && now - entry.getValue().latest() > MEMORY.toNanos());
        skew(now, instant)
                .filter(skew -> skew.abs().compareTo(SKEW) > 0)
                .ifPresentOrElse(
                        skew -> note(Symptom.Kind.CLOCK, now, skew.toSeconds() + " s"),
                        () -> noted.remove(Symptom.Kind.CLOCK));
        var symptoms = new ArrayList<Symptom>();
        noted.forEach((kind, one) -> symptoms.add(symptom(kind, one, now, instant)));
        brokenWatches.values().stream()
                .findFirst()
                .ifPresent(
                        one -> symptoms.add(symptom(Symptom.Kind.WATCH_BROKEN, one, now, instant)));
        symptoms.sort(Comparator.comparing(Symptom::kind));
        return List.copyOf(symptoms);
    }

    private static Symptom symptom(Symptom.Kind kind, Noted one, long now, Instant instant) {
        return new Symptom(kind, instant.minusNanos(now - one.since()), one.detail());
    }

    /** How far its clock is ahead of ours, to the second. */
    synchronized Optional<Duration> skew(Clock clock) {
        return skew(System.nanoTime(), clock.instant());
    }

    private Optional<Duration> skew(long now, Instant instant) {
        return Optional.ofNullable(told)
                .map(one -> Duration.between(instant.minusNanos(now - one.at()), one.time()));
    }

    @Override
    public void after(
            HttpRequest request,
            HttpResponse<?> response,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        String date = response.header("Date");
        if (date != null) {
            try {
                var time = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
                synchronized (this) {
                    told = new Told(time, System.nanoTime());
                }
            } catch (DateTimeException notADate) {
                // It is a hint; one that cannot be read says nothing.
            }
        }
    }
}
