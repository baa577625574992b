package io.yuntai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./yuntai} itself, in a directory of its own with a Maven that only writes the reports that
 * a test asks for.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are a POSIX shell script")
class CommandsTest {

    private static final String PASSED =
            """
            <testsuite xmlns:xsi="urn:x" name="io.yuntai.ATest" time="1.5" tests="5" errors="0"
              skipped="0" failures="0"><testcase name="a"/></testsuite>
            """;

    private static final String SKIPPED =
            """
            <testsuite name="io.yuntai.BTest" time="1.5" tests="3" errors="0" skipped="1"
              failures="0"><testcase name="b"><skipped message="no cluster"/></testcase></testsuite>
            """;

    private static final String FAILED =
            """
            <testsuite name="io.yuntai.CTest" tests="4" errors="1" skipped="0" failures="2"/>
            """;

    @TempDir Path directory;

    @BeforeEach
    void copyTheScript() throws IOException {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("yuntai"))) {
            root = root.getParent();
        }
        var _ = Files.copy(root.resolve("yuntai"), directory.resolve("yuntai"));
    }

    @Test
    void isPosixShell() throws Exception {
        assertThat(run("-n", "yuntai")).isEqualTo(new Ended(0, ""));
    }

    @Test
    void refusesAnUnknownCommandAndSaysWhatThereIs() throws Exception {
        var ended = run("yuntai", "nonsense");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output())
                .contains("'nonsense'", "try, test, bench, report, doctor, dev, help");
    }

    @Test
    void explainsItselfWhenAskedNothing() throws Exception {
        var ended = run("yuntai");

        assertThat(ended.status()).isZero();
        assertThat(ended.output()).contains("usage: ./yuntai COMMAND", "--city", "doctor");
    }

    @Test
    void addsUpTheReportsOfEveryModule() throws Exception {
        mavenWrites(0, PASSED, SKIPPED);

        assertThat(testCommand("false")).isEqualTo(new Ended(0, "7 passed, 0 failed, 1 skipped"));
    }

    @Test
    void failsOnASkippedTestInContinuousIntegration() throws Exception {
        mavenWrites(0, PASSED, SKIPPED);

        var ended = testCommand("true");

        assertThat(ended.status()).isOne();
        assertThat(ended.output()).isEqualTo("7 passed, 0 failed, 1 skipped");
    }

    @Test
    void failsWhenMavenFails() throws Exception {
        mavenWrites(1, PASSED, FAILED);

        assertThat(testCommand("true")).isEqualTo(new Ended(1, "6 passed, 3 failed, 0 skipped"));
    }

    @Test
    void failsWhenNoTestRan() throws Exception {
        mavenWrites(0);

        assertThat(testCommand("false")).isEqualTo(new Ended(1, "0 passed, 0 failed, 0 skipped"));
    }

    @Test
    void forgetsTheReportsOfAnEarlierRun() throws Exception {
        mavenWrites(0, PASSED);
        var reports = Files.createDirectories(directory.resolve("gone/target/surefire-reports"));
        var _ = Files.writeString(reports.resolve("TEST-old.xml"), FAILED);

        assertThat(testCommand("true")).isEqualTo(new Ended(0, "5 passed, 0 failed, 0 skipped"));
    }

    /** A Maven that writes a report a module and ends with this status. */
    private void mavenWrites(int status, String... reports) throws IOException {
        var script = new StringBuilder("#!/bin/sh\n");
        for (var i = 0; i < reports.length; i++) {
            script.append("mkdir -p m%d/target/surefire-reports\n".formatted(i))
                    .append("cat >m%d/target/surefire-reports/TEST-a.xml <<'END'\n".formatted(i))
                    .append(reports[i])
                    .append("END\n");
        }
        script.append("exit ").append(status).append('\n');
        var maven = Files.createDirectories(directory.resolve("bin")).resolve("mvn");
        var _ = Files.writeString(maven, script);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    /** The last line that {@code ./yuntai test} prints, and its status. */
    private Ended testCommand(String ci) throws Exception {
        assumeTrue(on("node") && on("npm"), "Node is not on the path");
        for (var tool : List.of("chromium", "fc-list", "python3")) {
            var file = Files.createDirectories(directory.resolve("bin")).resolve(tool);
            var _ = Files.writeString(file, "#!/bin/sh\necho Noto\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }

        var ended = run("env", List.of("CI=" + ci, "sh", "yuntai", "test"));
        return new Ended(
                ended.status(), ended.output().lines().reduce((_, last) -> last).orElse(""));
    }

    private static boolean on(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
    }

    private Ended run(String... words) throws Exception {
        return run("sh", List.of(words));
    }

    private Ended run(String program, List<String> words) throws Exception {
        var command = new ProcessBuilder(program).directory(directory.toFile());
        command.command().addAll(words);
        var environment = command.environment();
        environment.put("PATH", directory.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        var _ = command.redirectErrorStream(true);
        var process = command.start();
        var output = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private record Ended(int status, String output) {}
}
