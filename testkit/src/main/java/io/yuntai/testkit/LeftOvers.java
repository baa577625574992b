package io.yuntai.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Servers that a killed JVM left running in a {@link Workspace}. A pid is only believed when that
 * process names the folder in its own command line: pids are reused.
 */
final class LeftOvers {

    private static final long PATIENCE_SECONDS = 20;

    private LeftOvers() {}

    static void stop(Path folder) throws IOException {
        for (Path file : pidFiles(folder)) {
            Optional<ProcessHandle> process =
                    pid(file).flatMap(ProcessHandle::of).filter(p -> runsIn(folder, p));
            if (process.isPresent()) {
                // PostgreSQL takes SIGTERM for "wait until the last client leaves", and SIGINT for
                // "end now,
                // orderly". The others have nothing to lose.
                if (file.endsWith(POSTMASTER)) {
                    Signal.INT.send(process.get());
                } else {
                    process.get().destroyForcibly();
                }
                await(process.get());
            }
        }
    }

    static final String POSTMASTER = "postmaster.pid";

    private static List<Path> pidFiles(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> here =
                Files.find(folder, 2, (p, _) -> p.getFileName().toString().endsWith(".pid"))) {
            here.forEach(found::add);
        }
        return found;
    }

    private static Optional<Long> pid(Path file) throws IOException {
        // postmaster.pid has more lines; its first is the pid too.
        return Files.readAllLines(file).stream()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    static boolean runsIn(Path folder, ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(folder.toString()))
                .isPresent();
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            if (!process.destroyForcibly() && process.isAlive()) {
                throw new IllegalStateException("cannot stop process " + process.pid(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while stopping process " + process.pid(), e);
        }
    }
}
