package io.yuntai.sandbox.bench;

import ch.qos.logback.classic.Level;
import io.yuntai.sandbox.storm.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code ./yuntai bench}: runs benchmarks and prints what they found. */
public final class Bench {

    private static final int WRONG_WORDS = 2;

    private Bench() {}

    /**
     * Every benchmark.
     *
     * @param time how long those run that can be told
     */
    private static List<Benchmark> all(Optional<Duration> time) {
        return List.of(
                new StartBenchmark(),
                new DeliveryBenchmark(),
                new CityBenchmark(),
                new DriftBenchmark(),
                new PodsBenchmark(),
                new LedgerBenchmark(),
                new WorkflowBenchmark(time.orElse(WorkflowBenchmark.DEFAULT_TIME)),
                MonthBenchmark.shenzhen(),
                MonthBenchmark.shanxi(),
                new StormBenchmark(time.orElse(StormBenchmark.DEFAULT_TIME)));
    }

    /**
     * Ends with 0 when every target holds, 1 when one does not, 2 when asked for what is not there.
     */
    public static void main(String[] words) throws Exception {
        // Without Spring Boot the default is DEBUG, which would be measured too.
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
                instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
        System.exit(run(List.of(words), Clock.systemUTC()));
    }

    private static int run(List<String> words, Clock clock) throws Exception {
        Request request;
        try {
            request =
                    Request.of(
                            words,
                            all(Optional.empty()).stream()
                                    .map(Benchmark::name)
                                    .collect(Collectors.toSet()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Request.USAGE);
            return WRONG_WORDS;
        }
        var storm = new SimulatedStorm(Parts.OURS, System.out::println);
        return switch (request) {
            case Request.Listing() -> list();
            case Request.Benchmarks asked -> run(asked, clock);
            case Request.Simulation asked -> {
                var tally = storm.play(asked);
                page().update(
                                SimulatedStorm.NAME,
                                SimulatedStorm.MEASURES,
                                thisRun(clock),
                                SimulatedStorm.markdown(tally));
                yield tally.breach().isEmpty() ? 0 : 1;
            }
            case Request.Replay asked -> storm.replay(asked).isEmpty() ? 0 : 1;
        };
    }

    private static int list() {
        all(Optional.empty())
                .forEach(bench -> System.out.println(bench.name() + ": " + bench.measures()));
        return 0;
    }

    private static int run(Request.Benchmarks asked, Clock clock) throws Exception {
        var all = new ArrayList<Measurement>();
        for (var benchmark : all(asked.time())) {
            if (asked.names().isEmpty() || asked.names().contains(benchmark.name())) {
                var found =
                        benchmark.run(step -> System.err.println(benchmark.name() + ": " + step));
                page().update(
                                benchmark.name(),
                                benchmark.measures(),
                                thisRun(clock),
                                new Report(found).markdown());
                all.addAll(found);
                if (asked.json()) {
                    System.out.println(new Report(found).json());
                }
            }
        }
        if (!asked.json()) {
            System.out.println(new Report(all).table());
        }
        return all.stream().allMatch(Measurement::holds) ? 0 : 1;
    }

    private static BenchmarksPage page() {
        return new BenchmarksPage(Path.of("docs/benchmarks.md"));
    }

    private static BenchmarksPage.Run thisRun(Clock clock) throws IOException {
        return new BenchmarksPage.Run(commit(), machine(), LocalDate.now(clock));
    }

    /** The commit that is checked out, marked when files differ from it. */
    private static String commit() throws IOException {
        var git =
                new ProcessBuilder(
                                "git",
                                "describe",
                                "--always",
                                "--abbrev=12",
                                "--dirty",
                                "--exclude=*")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "unknown" : text;
    }

    private static String machine() {
        var memory =
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? Optional.of(system.getTotalMemorySize() >> 30)
                        : Optional.<Long>empty();
        return "%d cores%s, %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        memory.map(gib -> ", " + gib + " GiB").orElse(""),
                        System.getProperty("os.name"),
                        Runtime.version().feature());
    }
}
