package io.yuntai.sandbox.bench;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * Reads limits and pods from every API server, over and over, and adds them up. It knows nothing of
 * who keeps the quota.
 */
final class Witness implements AutoCloseable {

    static final String EPOCH = "yuntai.io/epoch";

    private static final Duration BETWEEN_LIMITS = Duration.ofMillis(100);
    private static final Duration BETWEEN_PODS = Duration.ofMillis(500);

    private final List<BareClient> servers;
    private final Set<Site> sites;
    private final Clock clock;
    private final Sums sums;
    private final Enforced enforced = new Enforced();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean counts = true;

    private Witness(List<BareClient> servers, List<Site> sites, long poolMillis, Clock clock) {
        this.servers = List.copyOf(servers);
        this.sites = new HashSet<>(sites);
        this.clock = clock;
        this.sums = new Sums(servers.size(), poolMillis, System.nanoTime());
    }

    /** Begins to read. */
    static Witness start(List<BareClient> servers, List<Site> sites, long poolMillis, Clock clock) {
        var witness = new Witness(servers, sites, poolMillis, clock);
        for (int server = 0; server < servers.size(); server++) {
            int each = server;
            witness.repeat(BETWEEN_LIMITS, () -> witness.readLimits(each));
            witness.repeat(BETWEEN_PODS, () -> witness.readPods(each));
        }
        return witness;
    }

    Sums sums() {
        return sums;
    }

    Enforced enforced() {
        return enforced;
    }

    /** From now on only looks what is enforced: the demand is over. */
    void stopCounting() {
        counts = false;
    }

    private interface Reading {
        void read() throws IOException, InterruptedException;
    }

    private void repeat(Duration pause, Reading reading) {
        var _ =
                threads.submit(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        try {
                            reading.read();
                        } catch (IOException noAnswer) {
                            // It counts with what it said last.
                        }
                        Thread.sleep(pause);
                    }
                    return null;
                });
    }

    private void readLimits(int server) throws IOException, InterruptedException {
        var quotas = servers.get(server).get("/api/v1/resourcequotas");
        long hard = 0;
        for (var quota : quotas.at("/items")) {
            var site = site(server, quota);
            if (sites.contains(site)) {
                hard += millis(quota.at("/status/hard/requests.cpu"));
                if (quota.at("/status/hard").equals(quota.at("/spec/hard"))) {
                    enforced.seen(site, Long.parseLong(annotation(quota, EPOCH)), clock.instant());
                }
            }
        }
        if (counts) {
            sums.hard(server, hard, System.nanoTime());
        }
    }

    private void readPods(int server) throws IOException, InterruptedException {
        var pods = servers.get(server).get("/api/v1/pods");
        long used = 0;
        for (var pod : pods.at("/items")) {
            if (sites.contains(site(server, pod))) {
                for (var container : pod.at("/spec/containers")) {
                    used += millis(container.at("/resources/requests/cpu"));
                }
            }
        }
        if (counts) {
            sums.used(server, used, System.nanoTime());
        }
    }

    private static Site site(int server, JsonNode object) {
        return new Site(server, object.at("/metadata/namespace").asString(""));
    }

    private static String annotation(JsonNode object, String name) {
        return object.at("/metadata/annotations").path(name).asString("0");
    }

    /** A quantity of processors; nothing for none. */
    static long millis(JsonNode quantity) {
        var text = quantity.asString("");
        return text.isEmpty()
                ? 0
                : Quantity.getAmountInBytes(new Quantity(text)).movePointRight(3).longValueExact();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
