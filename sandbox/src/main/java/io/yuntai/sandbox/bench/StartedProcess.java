package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** A server in a process of its own, and when it was started. Closing it ends it. */
record StartedProcess(Process process, long startedNanos, Path log) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration BETWEEN = Duration.ofMillis(10);

    static StartedProcess start(List<String> command) throws IOException {
        var log = Files.createTempFile("yuntai-bench", ".log");
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        var started = System.nanoTime();
        var process = builder.start();
        // Whoever interrupts the benchmark must not be left with it.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(process::destroyForcibly, "end-started-process"));
        return new StartedProcess(process, started, log);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * What has passed since the start when every address has answered with a status that will do.
     *
     * @throws IllegalStateException when the process ends before, or the limit passes; with what it
     *     said last
     */
    Duration untilAnswers(IntPredicate status, String... addresses)
            throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()) {
            for (var address : addresses) {
                while (!answers(client, address, status)) {
                    if (!process.isAlive() || passed().compareTo(LIMIT) > 0) {
                        throw new IllegalStateException(
                                address + " did not answer; the process said:\n" + lastLines());
                    }
                    Thread.sleep(BETWEEN);
                }
            }
            return passed();
        }
    }

    private static boolean answers(HttpClient client, String address, IntPredicate status)
            throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(address))
                            .timeout(Duration.ofSeconds(30))
                            .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            return status.test(answer.statusCode());
        } catch (IOException notYetListening) {
            return false;
        }
    }

    /**
     * What the heap of a JVM holds after a full collection, in MiB; asked of the JDK's own jcmd.
     */
    double heapMib() throws IOException, InterruptedException {
        var _ = jcmd("GC.run");
        var used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd does not say what is used");
        }
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        var jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
        var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd: " + said);
        }
        return said;
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private String lastLines() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
