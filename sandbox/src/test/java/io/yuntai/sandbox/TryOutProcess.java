package io.yuntai.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A try-out in a process of its own, started as {@code ./yuntai try} starts it. */
final class TryOutProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;
    private final int port;

    private TryOutProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    static TryOutProcess start(Path data, String... more) throws IOException {
        return start(data, freePort(), more);
    }

    static TryOutProcess start(Path data, int port, String... more) throws IOException {
        return start(data, port, List.of(), more);
    }

    /**
     * With a configuration of its own.
     *
     * @param settings {@code name=value} each
     */
    static TryOutProcess configured(Path data, String... settings) throws IOException {
        return start(data, freePort(), List.of(settings));
    }

    private static TryOutProcess start(Path data, int port, List<String> settings, String... more)
            throws IOException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach(setting -> words.add("-D" + setting));
        words.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        withoutTests(),
                        TryOut.class.getName(),
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port)));
        words.addAll(List.of(more));
        var output = Files.createTempFile("yuntai-try", ".out");
        var process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new TryOutProcess(process, output, port);
    }

    /** The server finds its parts by looking: those of tests are none of them. */
    private static String withoutTests() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.contains("-tests"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Waits until the sample city is complete. */
    TryOutProcess ready() throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!output().contains("Ready after")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("not ready; it said:\n" + output());
            }
            Thread.sleep(100);
        }
        return this;
    }

    JsonNode environment() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url() + "/api/v1/environment")).build();
            return JsonMapper.shared()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    /** Waits for an end that it comes to by itself. */
    int exit() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("goes on running");
        }
        return process.exitValue();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        var _ = process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C; waits for the end. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("does not end; it said:\n" + output());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}
