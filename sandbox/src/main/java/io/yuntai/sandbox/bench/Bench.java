package io.yuntai.sandbox.bench;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code ./yuntai bench [NAME...] [--json]}: runs benchmarks and prints what they found. */
public final class Bench {

    private static final List<Benchmark> ALL =
            List.of(new StartBenchmark(), new DeliveryBenchmark(), new LedgerBenchmark());

    private Bench() {}

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
        var names = words.stream().filter(word -> !word.startsWith("--")).toList();
        var options = words.stream().filter(word -> word.startsWith("--")).toList();
        var known = ALL.stream().map(Benchmark::name).collect(Collectors.toSet());
        if (!known.containsAll(names) || !List.of("--json", "--list").containsAll(options)) {
            System.err.println(
                    "usage: ./yuntai bench [NAME...] [--json] [--list]; benchmarks: "
                            + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
            return 2;
        }
        if (options.contains("--list")) {
            ALL.forEach(bench -> System.out.println(bench.name() + ": " + bench.measures()));
            return 0;
        }
        var all = new ArrayList<Measurement>();
        for (var benchmark : ALL) {
            if (names.isEmpty() || names.contains(benchmark.name())) {
                var found =
                        benchmark.run(step -> System.err.println(benchmark.name() + ": " + step));
                new BenchmarksPage(Path.of("docs/benchmarks.md"))
                        .update(benchmark, found, commit(), machine(), LocalDate.now(clock));
                all.addAll(found);
                if (options.contains("--json")) {
                    System.out.println(new Report(found).json());
                }
            }
        }
        if (!options.contains("--json")) {
            System.out.println(new Report(all).table());
        }
        return all.stream().allMatch(Measurement::holds) ? 0 : 1;
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
