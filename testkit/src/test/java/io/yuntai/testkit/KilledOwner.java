package io.yuntai.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that starts a server and says so, for tests that kill it. */
final class KilledOwner {

    private KilledOwner() {}

    /** Starts Kubernetes in the folder, and returns when it is ready. */
    static Process start(Path folder) throws IOException {
        return start(folder, "kubernetes");
    }

    static Process start(Path folder, String what) throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElseThrow(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        KilledOwner.class.getName(),
                                        what,
                                        folder.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals("ready")) {
                return process;
            }
        }
        throw new IOException("it ended before it was ready");
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "kubernetes" ->
                    LocalKubernetes.start(
                            LocalKubernetes.Options.kept(folder, System.err::println)
                                    .withoutKwok());
            case "postgres" -> PostgresServer.kept(folder);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
