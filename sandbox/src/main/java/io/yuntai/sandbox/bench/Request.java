package io.yuntai.sandbox.bench;

import io.yuntai.sandbox.storm.Course;
import io.yuntai.sandbox.storm.LongStorm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the words after {@code ./yuntai bench} ask for. */
sealed interface Request {

    String USAGE =
            """
            usage: ./yuntai bench [NAME...] [--json]      run all benchmarks, or these
                   ./yuntai bench workflow [--minutes M]  rounds so long (default 1)
                   ./yuntai bench --list                  what there is
                   ./yuntai bench storm [--minutes M]     on real servers, so long (default 5)
                   ./yuntai bench storm --simulated [--seeds N | --minutes M] [--from SEED]
                   ./yuntai bench storm --simulated --seed SEED [--restored|--lost]   one storm again\
            """;

    String STORM = "storm";

    /** Those that run as long as they are told. */
    Set<String> TIMED = Set.of(STORM, "workflow");

    long DEFAULT_SEEDS = 20_000;
    double MOST_MINUTES = 10_000;

    /** Says what there is. */
    record Listing() implements Request {}

    /**
     * Runs benchmarks.
     *
     * @param names none: all
     * @param time how long those run that can be told
     */
    record Benchmarks(Set<String> names, boolean json, Optional<Duration> time) implements Request {
        public Benchmarks {
            names = Set.copyOf(names);
        }
    }

    /** Plays storms from a seed on. */
    record Simulation(long first, LongStorm.Span span) implements Request {}

    /** Plays one storm again. */
    record Replay(long seed, Course course) implements Request {}

    /**
     * Reads the words.
     *
     * @param known the names of all benchmarks
     * @throws IllegalArgumentException with a line for whoever wrote the words
     */
    static Request of(List<String> words, Set<String> known) {
        return new Words(words).read(known);
    }

    /** Reads the words one after the other. */
    final class Words {
        private final ArrayDeque<String> left;
        private final Set<String> names = new HashSet<>();
        private final Set<String> flags = new HashSet<>();
        private OptionalLong seeds = OptionalLong.empty();
        private OptionalLong from = OptionalLong.empty();
        private OptionalLong seed = OptionalLong.empty();
        private Optional<Duration> time = Optional.empty();

        private Words(List<String> words) {
            this.left = new ArrayDeque<>(words);
        }

        private Request read(Set<String> known) {
            while (!left.isEmpty()) {
                var word = left.remove();
                switch (word) {
                    case "--json", "--list", "--simulated", "--restored", "--lost" ->
                            flags.add(word);
                    case "--seeds" -> seeds = OptionalLong.of(number(word));
                    case "--from" -> from = OptionalLong.of(number(word));
                    case "--seed" -> seed = OptionalLong.of(number(word));
                    case "--minutes" -> time = Optional.of(minutes(word));
                    default -> {
                        require(
                                known.contains(word) || word.equals(STORM),
                                "there is no benchmark " + word);
                        names.add(word);
                    }
                }
            }
            return flags.contains("--simulated") ? simulated() : real(known);
        }

        private Request real(Set<String> known) {
            require(known.containsAll(names), STORM + " needs --simulated");
            require(
                    seeds.isEmpty()
                            && from.isEmpty()
                            && seed.isEmpty()
                            && !flags.contains("--restored")
                            && !flags.contains("--lost"),
                    "seeds are for storm --simulated");
            require(
                    time.isEmpty() || (names.size() == 1 && TIMED.containsAll(names)),
                    "--minutes is for storm or workflow alone");
            return flags.contains("--list")
                    ? new Listing()
                    : new Benchmarks(names, flags.contains("--json"), time);
        }

        private Request simulated() {
            require(names.equals(Set.of(STORM)), "--simulated is for storm alone");
            require(
                    !flags.contains("--json") && !flags.contains("--list"),
                    "--simulated prints no table");
            if (seed.isPresent()) {
                require(seeds.isEmpty() && from.isEmpty() && time.isEmpty(), "--seed is one storm");
                require(
                        !flags.contains("--restored") || !flags.contains("--lost"),
                        "either --restored or --lost");
                var course =
                        flags.contains("--restored")
                                ? Course.RESTORED
                                : flags.contains("--lost") ? Course.LOST : Course.PLAIN;
                return new Replay(seed.getAsLong(), course);
            }
            require(!flags.contains("--restored"), "--restored is for --seed");
            require(!flags.contains("--lost"), "--lost is for --seed");
            require(seeds.isEmpty() || time.isEmpty(), "either --seeds or --minutes");
            LongStorm.Span span =
                    time.isPresent()
                            ? new LongStorm.Span.Time(time.get())
                            : new LongStorm.Span.Seeds(seeds.orElse(DEFAULT_SEEDS));
            return new Simulation(from.orElse(1), span);
        }

        private String value(String option) {
            var value = left.poll();
            if (value == null) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return value;
        }

        private long number(String option) {
            var text = value(option);
            require(text.matches("[0-9]{1,18}"), option + " needs a number: " + text);
            return Long.parseLong(text);
        }

        private Duration minutes(String option) {
            var text = value(option);
            require(
                    text.matches("[0-9]{1,5}([.][0-9]{1,3})?"),
                    option + " needs a number of minutes: " + text);
            double minutes = Double.parseDouble(text);
            require(minutes > 0 && minutes <= MOST_MINUTES, option + " cannot be " + text);
            return Duration.ofMillis(Math.round(minutes * 60_000));
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
