package io.yuntai.sandbox.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One storm after the other, on every core, until something is broken or the span has been played.
 * Every {@value #RESTORED_EVERY}th seed is played once more on the {@linkplain Course#RESTORED
 * other course}.
 */
public final class LongStorm {

    private static final long RESTORED_EVERY = 4;
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

    /** How much is played. */
    public sealed interface Span {

        /** So many seeds. */
        record Seeds(long count) implements Span {
            public Seeds {
                if (count < 1) {
                    throw new IllegalArgumentException("at least one seed: " + count);
                }
            }
        }

        /** So long. */
        record Time(Duration limit) implements Span {
            public Time {
                if (!limit.isPositive()) {
                    throw new IllegalArgumentException("some time: " + limit);
                }
            }
        }
    }

    /**
     * What was played.
     *
     * @param seeds how many, of which some on both courses
     * @param steps what was done by anybody
     * @param checks how often all that must hold was asked
     * @param mishaps how often each has happened
     * @param breach the one of the lowest seed, if any was seen
     */
    public record Tally(
            long seeds,
            long steps,
            long checks,
            Map<Mishap, Long> mishaps,
            Optional<Breach> breach,
            Duration took) {

        public Tally {
            mishaps = Map.copyOf(mishaps);
        }

        public double seedsPerSecond() {
            return seeds / seconds();
        }

        public double stepsPerSecond() {
            return steps / seconds();
        }

        private double seconds() {
            return Math.max(1, took.toMillis()) / 1000.0;
        }
    }

    private final Parts parts;
    private final Consumer<Tally> progress;
    private final long begun = System.nanoTime();
    private final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);
    private long seeds;
    private long steps;
    private long checks;
    private long reported = begun;
    private Optional<Breach> breach = Optional.empty();

    private LongStorm(Parts parts, Consumer<Tally> progress) {
        this.parts = parts;
        this.progress = progress;
    }

    /**
     * Plays seeds from the first one on.
     *
     * @param progress is told now and then how far it is
     */
    public static Tally play(long first, Span span, Parts parts, Consumer<Tally> progress)
            throws InterruptedException {
        return new LongStorm(parts, progress).play(first, span);
    }

    private Tally play(long first, Span span) throws InterruptedException {
        var next = new AtomicLong(first);
        Callable<Void> player =
                () -> {
                    for (long seed = next.getAndIncrement();
                            goesOn(span, seed - first);
                            seed = next.getAndIncrement()) {
                        one(seed);
                    }
                    return null;
                };
        int players = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(players)) {
            var playing = new ArrayList<Callable<Void>>();
            for (int i = 0; i < players; i++) {
                playing.add(player);
            }
            for (var done : threads.invokeAll(playing)) {
                done.get();
            }
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a storm cannot be played", e.getCause());
        }
        return tally();
    }

    private synchronized boolean goesOn(Span span, long played) {
        return breach.isEmpty()
                && switch (span) {
                    case Span.Seeds(var count) -> played < count;
                    case Span.Time(var limit) -> System.nanoTime() - begun < limit.toNanos();
                };
    }

    private void one(long seed) {
        add(Storm.play(seed, Course.PLAIN, parts));
        if (seed % RESTORED_EVERY == 0) {
            add(Storm.play(seed, Course.RESTORED, parts));
            add(Storm.play(seed, Course.LOST, parts));
        }
        reportNowAndThen();
    }

    private synchronized void add(Played played) {
        steps += played.steps();
        checks += played.checks();
        played.mishaps().forEach((mishap, times) -> mishaps.merge(mishap, times, Long::sum));
        breach =
                played.breach()
                        .filter(found -> breach.isEmpty() || found.seed() < breach.get().seed())
                        .or(() -> breach);
    }

    private synchronized void reportNowAndThen() {
        seeds++;
        long now = System.nanoTime();
        if (now - reported > BETWEEN_REPORTS.toNanos()) {
            reported = now;
            progress.accept(tally());
        }
    }

    private synchronized Tally tally() {
        return new Tally(
                seeds, steps, checks, mishaps, breach, Duration.ofNanos(System.nanoTime() - begun));
    }
}
