package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each namespace may use what it uses and all that is free in the pool: a small controller that
 * reads every ResourceQuota and writes each one anew, over and over.
 */
final class PoolMirror implements Governor {

    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final List<BareClient> servers;
    private final Demand.Size size;
    private final Clock clock;
    private final List<Grant> grants = new ArrayList<>();
    private final Map<Site, Long> written = new HashMap<>();
    private List<Site> sites = List.of();
    private volatile boolean alive = true;
    private volatile boolean ended;
    private long epoch;

    PoolMirror(List<BareClient> servers, Demand.Size size, Clock clock) {
        this.servers = servers;
        this.size = size;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public List<Site> open() throws IOException, InterruptedException {
        sites = StaticSlices.namespaces(servers, size, name(), size.poolMillis());
        var _ = Thread.ofVirtual().name("mirror").start(this::mirrorOn);
        return sites;
    }

    private void mirrorOn() {
        while (!ended) {
            try {
                if (alive) {
                    mirror();
                }
                Thread.sleep(BETWEEN);
            } catch (IOException noAnswer) {
                // The next round reads everything anew.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void mirror() throws IOException, InterruptedException {
        var used = new HashMap<Site, Long>();
        for (int server = 0; server < servers.size(); server++) {
            for (var quota : servers.get(server).get("/api/v1/resourcequotas").at("/items")) {
                var site = new Site(server, quota.at("/metadata/namespace").asString(""));
                used.put(site, Witness.millis(quota.at("/status/used/requests.cpu")));
            }
        }
        long sum = sites.stream().mapToLong(site -> used.getOrDefault(site, 0L)).sum();
        long free = Math.max(0, size.poolMillis() - sum);
        for (var site : sites) {
            long hard = used.getOrDefault(site, 0L) + free;
            long before = written.getOrDefault(site, size.poolMillis());
            if (hard != before && alive) {
                write(site, hard, hard > before);
            }
        }
    }

    private void write(Site site, long hard, boolean isMore)
            throws IOException, InterruptedException {
        var at = clock.instant();
        servers.get(site.server())
                .merge(site.path("resourcequotas/quota"), Manifest.limit(hard, ++epoch));
        written.put(site, hard);
        if (isMore) {
            synchronized (grants) {
                grants.add(new Grant(site, epoch, at));
            }
        }
    }

    @Override
    public void die() {
        alive = false;
    }

    @Override
    public void revive() {
        alive = true;
    }

    @Override
    public List<Grant> grants() {
        synchronized (grants) {
            return List.copyOf(grants);
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
