package io.yuntai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real Prometheus of this machine's own: with series that are put into it as they would have been
 * scraped in the past, or with an exporter that it scrapes.
 */
public final class LocalPrometheus implements AutoCloseable {

    private static final String HOW =
            "no Prometheus for tests: install it (Debian: apt-get install prometheus)";
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int BETWEEN_MILLIS = 50;

    private final Workspace workspace;
    private final Server server;
    private final URI url;

    private LocalPrometheus(Workspace workspace, Server server, URI url) {
        this.workspace = workspace;
        this.server = server;
        this.url = url;
    }

    /**
     * Starts one that has these series and no other.
     *
     * @param openMetrics in the text format of OpenMetrics, with a time on every line
     * @throws org.opentest4j.TestAbortedException when it is not installed
     */
    public static LocalPrometheus with(String openMetrics) {
        var promtool = OnPath.find("promtool").orElseThrow(() -> Requirement.missing(HOW));
        var prometheus = OnPath.find("prometheus").orElseThrow(() -> Requirement.missing(HOW));
        var workspace = Workspace.temporary("prometheus");
        try {
            Path series = workspace.resolve("series.txt");
            Files.writeString(series, openMetrics);
            Path data = workspace.resolve("data");
            Files.createDirectories(data);
            Server.start(
                            workspace,
                            "promtool",
                            promtool,
                            List.of(
                                    "tsdb",
                                    "create-blocks-from",
                                    "openmetrics",
                                    series.toString(),
                                    data.toString()))
                    .awaitSuccess();
            return start(workspace, prometheus, data, "global: {scrape_interval: 30s}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one that scrapes an exporter, and takes samples from it that are years old.
     *
     * @param exporter of metrics, with its path
     * @param every how often
     * @throws org.opentest4j.TestAbortedException when it is not installed
     */
    public static LocalPrometheus scraping(URI exporter, Duration every) {
        var prometheus = OnPath.find("prometheus").orElseThrow(() -> Requirement.missing(HOW));
        var workspace = Workspace.temporary("prometheus");
        try {
            Path data = workspace.resolve("data");
            Files.createDirectories(data);
            return start(
                    workspace,
                    prometheus,
                    data,
                    """
                    global: {scrape_interval: %1$dms, scrape_timeout: %1$dms}
                    storage: {tsdb: {out_of_order_time_window: 20y}}
                    scrape_configs:
                      - job_name: kubevirt
                        metrics_path: %2$s
                        static_configs: [{targets: ["%3$s"]}]
                    """
                            .formatted(
                                    every.toMillis(), exporter.getPath(), exporter.getAuthority()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalPrometheus start(
            Workspace workspace, Path prometheus, Path data, String configuration)
            throws IOException {
        Path config = workspace.resolve("prometheus.yml");
        Files.writeString(config, configuration);
        int port = Ports.free(1).getFirst();
        var server =
                Server.start(
                        workspace,
                        "prometheus",
                        prometheus,
                        List.of(
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + data,
                                "--storage.tsdb.retention.time=100y",
                                "--web.listen-address=127.0.0.1:" + port));
        var url = URI.create("http://127.0.0.1:" + port + "/");
        var started = new LocalPrometheus(workspace, server, url);
        started.awaitReady();
        return started;
    }

    private void awaitReady() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        try {
            while (!isReady()) {
                server.checkAlive();
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "Prometheus is not ready:\n" + server.lastLines());
                }
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean isReady() {
        try {
            var connection = (HttpURLConnection) url.resolve("-/ready").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException notYetListening) {
            return false;
        }
    }

    /** Its root. */
    public URI url() {
        return url;
    }

    /** It answers no more. */
    public void stop() {
        server.end();
    }

    @Override
    public void close() {
        server.kill();
        workspace.close();
    }
}
