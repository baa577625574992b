package io.yuntai.sandbox.traces;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays hosts and pods to whoever scrapes it, under the names and labels that KubeVirt and kubelets
 * export them by. Each scrape is told of the next moment of the play, with that moment on every
 * sample: so hours pass in seconds, and a Prometheus that takes samples of the past ({@code
 * storage.tsdb.out_of_order_time_window}) stores them as it had scraped them then.
 *
 * <p>The first answer is empty, so that whoever scrapes has a present before it hears of the past.
 * After the play answers are empty again.
 *
 * @see <a href="https://github.com/kubevirt/monitoring/blob/main/docs/metrics.md">KubeVirt's
 *     metrics</a>
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/metrics/">Kubernetes'
 *     metrics</a>
 */
final class TraceExporter implements AutoCloseable {

    private final List<PlayedHost> hosts;
    private final List<PlayedPod> pods;
    private final Instant begin;
    private final Duration step;
    private final int steps;
    private final AtomicInteger scrapes = new AtomicInteger();
    private final HttpServer http;

    private TraceExporter(
            List<PlayedHost> hosts,
            List<PlayedPod> pods,
            Instant begin,
            Instant end,
            Duration step,
            HttpServer http) {
        this.hosts = List.copyOf(hosts);
        this.pods = List.copyOf(pods);
        this.begin = begin;
        this.step = step;
        this.steps = Math.toIntExact(Duration.between(begin, end).dividedBy(step)) + 1;
        this.http = http;
    }

    /** Plays from one moment to another, both included, on a free port of this machine. */
    static TraceExporter start(
            List<PlayedHost> hosts,
            List<PlayedPod> pods,
            Instant begin,
            Instant end,
            Duration step) {
        try {
            var http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var exporter = new TraceExporter(hosts, pods, begin, end, step, http);
            var _ = http.createContext("/metrics", exporter::answer);
            http.start();
            return exporter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/metrics");
    }

    /** Whether all was told, and told to the end. */
    boolean isPlayed() {
        return scrapes.get() > steps + 1;
    }

    private void answer(HttpExchange exchange) throws IOException {
        int scrape = scrapes.getAndIncrement();
        byte[] body =
                (scrape == 0 || scrape > steps
                                ? ""
                                : told(begin.plus(step.multipliedBy(scrape - 1))))
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** All hosts and pods at a moment, in Prometheus' text format. */
    private String told(Instant moment) {
        return hosts(moment) + pods(moment);
    }

    /**
     * Of each container, and once more of the whole pod, as cAdvisor does: without the name of a
     * container and of an image.
     */
    private String pods(Instant moment) {
        var cpu = new StringBuilder("# TYPE container_cpu_usage_seconds_total counter\n");
        var memory = new StringBuilder("# TYPE container_memory_working_set_bytes gauge\n");
        var used = new StringBuilder("# TYPE kubelet_volume_stats_used_bytes gauge\n");
        var capacity = new StringBuilder("# TYPE kubelet_volume_stats_capacity_bytes gauge\n");
        for (var pod : pods) {
            if (pod.isToldAt(moment)) {
                String of = "namespace=\"%s\",pod=\"%s\"".formatted(pod.namespace(), pod.pod());
                String seconds = String.valueOf(pod.cpuSeconds(moment));
                String bytes = String.valueOf(pod.memoryBytes());
                for (var labels :
                        List.of(
                                of
                                        + ",container=\""
                                        + pod.container()
                                        + "\",image=\"registry/app\"",
                                of + ",container=\"\",image=\"\"")) {
                    line(cpu, "container_cpu_usage_seconds_total", labels, seconds, moment);
                    line(memory, "container_memory_working_set_bytes", labels, bytes, moment);
                }
                for (var claim : pod.claims()) {
                    String labels =
                            "namespace=\"%s\",persistentvolumeclaim=\"%s\""
                                    .formatted(pod.namespace(), claim.name());
                    line(
                            used,
                            "kubelet_volume_stats_used_bytes",
                            labels,
                            String.valueOf(claim.usedBytes()),
                            moment);
                    line(
                            capacity,
                            "kubelet_volume_stats_capacity_bytes",
                            labels,
                            String.valueOf(claim.capacityBytes()),
                            moment);
                }
            }
        }
        return cpu.append(memory).append(used).append(capacity).toString();
    }

    private String hosts(Instant moment) {
        var cpu = new StringBuilder("# TYPE kubevirt_vmi_cpu_usage_seconds_total counter\n");
        var available = new StringBuilder("# TYPE kubevirt_vmi_memory_available_bytes gauge\n");
        var usable = new StringBuilder("# TYPE kubevirt_vmi_memory_usable_bytes gauge\n");
        var disk = new StringBuilder("# TYPE kubevirt_vmi_filesystem_used_bytes gauge\n");
        for (var host : hosts) {
            host.at(moment)
                    .forEach(stay -> {
                        String of =
                                "namespace=\"%s\",name=\"%s\",node=\"%s\""
                                        .formatted(host.namespace(), host.name(), stay.node());
                        double used = host.cpuSeconds(stay, begin, moment);
                        line(
                                cpu,
                                "kubevirt_vmi_cpu_usage_seconds_total",
                                of,
                                String.valueOf(used),
                                moment);
                        long memory = host.memoryBytes();
                        line(
                                available,
                                "kubevirt_vmi_memory_available_bytes",
                                of,
                                String.valueOf(memory),
                                moment);
                        line(
                                usable,
                                "kubevirt_vmi_memory_usable_bytes",
                                of,
                                String.valueOf(memory - memory / 4),
                                moment);
                        for (var mount : List.of("/", "/var")) {
                            line(
                                    disk,
                                    "kubevirt_vmi_filesystem_used_bytes",
                                    of
                                            + ",disk_name=\"vda1\",file_system_type=\"xfs\",mount_point=\""
                                            + mount
                                            + "\"",
                                    String.valueOf(host.diskBytes()),
                                    moment);
                        }
                    });
        }
        return cpu.append(available).append(usable).append(disk).toString();
    }

    private static void line(
            StringBuilder to, String metric, String labels, String value, Instant moment) {
        to.append(metric).append('{').append(labels).append("} ").append(value).append(' ');
        to.append(moment.toEpochMilli()).append('\n');
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
