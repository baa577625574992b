package io.yuntai.sandbox.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How long until the try-out shows its first page. */
final class StartBenchmark implements Benchmark {

    private static final int ROUNDS = 5;
    private static final String CLASSPATH = System.getProperty("java.class.path");

    /** What {@code spring-boot-starter-webmvc} brings, and the jar with the empty application. */
    private static final Predicate<String> EMPTY =
            Pattern.compile(
                            "/(sandbox|spring-(boot|boot-autoconfigure|boot-tomcat|boot-web-server|"
                                    + "boot-servlet|boot-webmvc|boot-http-converter|boot-jackson|core|"
                                    + "beans|context|aop|expression|web|webmvc)|tomcat-embed-.*|"
                                    + "jackson-(annotations|(core|databind)(?=-3))|logback-.*|slf4j-api|"
                                    + "log4j-.*|jul-to-slf4j|snakeyaml|jspecify|commons-logging|"
                                    + "micrometer-(commons|observation)|jakarta.annotation-api)"
                                    + "-[0-9][^/]*\\.jar$")
                    .asPredicate();

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String measures() {
        return "From the start of the process until `/` and `/api/v1/environment` of the try-out "
                + "answer 200: `first` with nothing kept, so with a new database and every migration, "
                + "`again` with the data of an earlier start. Baseline: an empty Spring Boot web "
                + "application on the same JDK until it answers at all.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        var data = Files.createTempDirectory("yuntai-bench-start");
        try {
            var first = new Samples();
            var again = new Samples();
            var baseline = new Samples();
            var round = new int[1];
            var _ =
                    Turns.take(
                            ROUNDS,
                            () -> {
                                progress.at("round %d of %d".formatted(++round[0], ROUNDS));
                                var kept = data.resolve(Integer.toString(round[0]));
                                first.add(tryOut(kept));
                                again.add(tryOut(kept));
                                return List.of();
                            },
                            () -> {
                                baseline.add(emptyApplication());
                                return List.of();
                            });
            return List.of(
                    measurement("first", first, baseline, new Target.AtMost(15)),
                    measurement("again", again, baseline, new Target.AtMost(15)));
        } finally {
            Folders.delete(data);
        }
    }

    private Measurement measurement(String metric, Samples ours, Samples baseline, Target target) {
        return new Measurement(name(), metric, ours.seconds(50), "s", baseline.seconds(50), target);
    }

    private static Duration tryOut(Path data) throws Exception {
        var port = StartedProcess.freePort();
        var arguments = List.of("--port", Integer.toString(port), "--data", data.toString());
        try (var server = start(CLASSPATH, "io.yuntai.sandbox.TryOut", arguments)) {
            return server.untilAnswers(
                    status -> status == 200,
                    "http://127.0.0.1:" + port + "/",
                    "http://127.0.0.1:" + port + "/api/v1/environment");
        }
    }

    private static Duration emptyApplication() throws Exception {
        var port = StartedProcess.freePort();
        var classpath =
                Arrays.stream(CLASSPATH.split(File.pathSeparator))
                        .filter(EMPTY)
                        .collect(Collectors.joining(File.pathSeparator));
        var arguments = List.of("--server.port=" + port);
        try (var server = start(classpath, EmptyApplication.class.getName(), arguments)) {
            return server.untilAnswers(_ -> true, "http://127.0.0.1:" + port + "/");
        }
    }

    private static StartedProcess start(String classpath, String main, List<String> arguments)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classpath, main));
        command.addAll(arguments);
        return StartedProcess.start(command);
    }
}
