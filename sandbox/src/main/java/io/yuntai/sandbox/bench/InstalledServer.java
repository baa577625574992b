package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.kubernetes.ClusterProperties;
import io.yuntai.sandbox.signin.SignIn;
import io.yuntai.testkit.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The control plane as it is installed, in a process of its own that can be killed. */
record InstalledServer(StartedProcess started, int port) implements AutoCloseable {

    /**
     * Starts it, and waits until it lives.
     *
     * @param heapMib the most that its heap may take
     * @param more properties of this installation
     */
    static InstalledServer start(
            PostgresServer postgres,
            List<ClusterProperties.Member> members,
            int heapMib,
            Map<String, String> more)
            throws IOException, InterruptedException {
        int port = StartedProcess.freePort();
        var properties = new TreeMap<>(SignIn.clientProperties(port));
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", Integer.toString(port));
        properties.put("spring.datasource.url", postgres.url("postgres"));
        properties.put("spring.datasource.username", PostgresServer.USER);
        properties.put("spring.datasource.password", "");
        for (int n = 0; n < members.size(); n++) {
            var cluster = "yuntai.clusters[%d].".formatted(n);
            var member = members.get(n);
            properties.put(cluster + "name", member.name().value());
            properties.put(cluster + "kubeconfig", member.kubeconfig().toString());
            properties.put(
                    cluster + "pools",
                    member.pools().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(",")));
        }
        properties.putAll(more);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx" + heapMib + "m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        production(),
                        "io.yuntai.ControlPlane"));
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        var server = new InstalledServer(StartedProcess.start(command), port);
        var _ =
                server.started.untilAnswers(
                        status -> status == 200,
                        "http://127.0.0.1:" + port + "/actuator/health/liveness");
        return server;
    }

    /** The classpath without what is never installed. */
    private static String production() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("sandbox"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + port + "/api/v1");
    }

    /** As the kernel would, without a word. */
    void kill() throws IOException {
        var _ = started.process().destroyForcibly();
        // Waits for it.
        started.close();
    }

    @Override
    public void close() throws IOException {
        started.close();
    }
}
