package io.yuntai.sandbox.bench;

import io.yuntai.quota.LeasePolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * One demand on one keeper of quota: the keeper is killed after a quarter of the time and started
 * again 5 s later; after 60 % of it one API server is stopped for a fifteenth of it and continued.
 */
record StormRun(Servers servers, Demand.Size size, long seed, Duration time, Clock clock) {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);
    private static final Duration DEAD = Duration.ofSeconds(5);

    /**
     * For so long whoever keeps the quota has run when the demand begins: what a start costs is
     * seen when it is killed.
     */
    private static final Duration BEFORE = LeasePolicy.DEFAULT.settle().plusSeconds(15);

    /** The last limits still have to be seen enforced. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    /**
     * What came of it.
     *
     * @param grants how many times a namespace was given more
     * @param waits how long those waited until they were enforced
     */
    record Result(Sums sums, Denials.Figures denials, int grants, Samples waits) {}

    Result run(Governor governor, Benchmark.Progress progress) throws Exception {
        progress.at(governor.name() + ": making namespaces");
        var sites = governor.open();
        var taken = new Taken();
        var denials = new Denials(size.poolMillis(), taken);
        var demand = Demand.of(seed, size, time);
        var clients = servers.clients();
        Thread.sleep(BEFORE);
        try (var witness = Witness.start(clients, sites, size.poolMillis(), clock);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            progress.at(governor.name() + ": demand for " + time);
            var scene = new Controller.Scene(demand, denials, taken, System.nanoTime(), time, seed);
            var work = new ArrayList<Callable<Void>>();
            for (var creator : demand.creators()) {
                var site = sites.get(creator.namespace());
                work.add(new Controller(creator, clients.get(site.server()), site, scene));
            }
            work.add(() -> faults(governor, scene, progress));
            work.add(() -> tell(governor, scene, witness, progress));
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
            witness.stopCounting();
            Thread.sleep(AFTERWARDS);
            var grants = governor.grants();
            var result =
                    new Result(
                            witness.sums(),
                            denials.figures(),
                            grants.size(),
                            witness.enforced().waits(grants));
            progress.at(governor.name() + ": " + denials.figures());
            clear(sites, clients);
            return result;
        }
    }

    private static Void tell(
            Governor governor, Controller.Scene scene, Witness witness, Benchmark.Progress progress)
            throws InterruptedException {
        while (!scene.isOver()) {
            Thread.sleep(BETWEEN_REPORTS);
            progress.at(
                    "%s: %d s, %s, %s"
                            .formatted(
                                    governor.name(),
                                    scene.elapsed().toSeconds(),
                                    witness.sums().now(),
                                    scene.denials().figures()));
        }
        return null;
    }

    private Void faults(Governor governor, Controller.Scene scene, Benchmark.Progress progress)
            throws Exception {
        sleepUntil(scene, time.dividedBy(4));
        progress.at(governor.name() + ": is killed");
        governor.die();
        Thread.sleep(DEAD);
        governor.revive();
        progress.at(governor.name() + ": is back");
        sleepUntil(scene, time.multipliedBy(3).dividedBy(5));
        progress.at(governor.name() + ": a server stands still");
        servers.stop();
        try {
            Thread.sleep(time.dividedBy(15));
        } finally {
            servers.goOn();
        }
        progress.at(governor.name() + ": the server goes on");
        return null;
    }

    private static void sleepUntil(Controller.Scene scene, Duration moment)
            throws InterruptedException {
        var left = moment.minus(scene.elapsed());
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    /** The next run finds the servers empty. */
    private static void clear(List<Site> sites, List<BareClient> clients)
            throws IOException, InterruptedException {
        for (var site : sites) {
            var client = clients.get(site.server());
            client.delete(site.machines());
            client.delete(site.path("pods") + "?gracePeriodSeconds=0");
            client.await(site.path("pods") + "?limit=1", list -> list.at("/items").isEmpty());
        }
    }
}
