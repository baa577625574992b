package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process with a log and a pid file in a {@link Workspace}. */
final class Server {

    private static final int LOG_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;

    private Server(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Server start(Workspace workspace, String name, Path binary, List<String> arguments) {
        Path log = workspace.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(binary.toString());
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(workspace.folder().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Files.writeString(workspace.resolve(name + ".pid"), Long.toString(process.pid()));
            return new Server(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Freezes or thaws it: its connections stay open, nothing answers. */
    void send(Signal signal) {
        signal.send(process.toHandle());
    }

    /**
     * @throws IllegalStateException with the end of its log when it has ended by itself
     */
    void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name + " ended with " + process.exitValue() + ":\n" + lastLines());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ends by itself within a while. */
    boolean endsWithin(Duration some) {
        try {
            return process.waitFor(some);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at " + name, e);
        }
    }

    String name() {
        return name;
    }

    /**
     * Waits for a program that ends by itself.
     *
     * @throws IllegalStateException with the end of its log when it fails
     */
    void awaitSuccess() {
        try {
            if (process.waitFor() != 0) {
                checkAlive();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /** Whether its log holds some words. */
    boolean hasSaid(String words) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastLines() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    /** Asks it to end and waits; kills it after some seconds. */
    void end() {
        process.destroy();
        await();
    }

    /** Ends it at once. It can be frozen. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
