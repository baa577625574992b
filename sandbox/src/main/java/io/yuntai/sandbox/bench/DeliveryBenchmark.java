package io.yuntai.sandbox.bench;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** How long from an approval until the cluster was seen to have the order. */
final class DeliveryBenchmark implements Benchmark {

    private static final int ORDERS = 200;
    private static final int AT_ONCE = 10;
    private static final int WARM_UP = 100;

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public String measures() {
        return "From the first of three approvals (the unit's, the platform's, the bureau's) until "
                + "the order is read as DELIVERED, over "
                + ORDERS
                + " orders of one host, each into a namespace that is not there yet, "
                + AT_ONCE
                + " at once, on a real API server with KubeVirt's schemas and a PostgreSQL that "
                + "flushes to disk. Baseline: a bare HTTP client that applies the same eight objects "
                + "in the same order and reads until the cluster shows the lease enforced and the "
                + "host running. The first "
                + WARM_UP
                + " warm both sides up and are not timed.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        progress.at("starting a cluster");
        try (var cluster = BenchCluster.start();
                var city = DeliveryCity.start(cluster.kubeconfig(), ORDERS + WARM_UP + 1);
                var client = new BareClient(Files.readString(cluster.kubeconfig()))) {
            var first = city.deliverNext();
            var template = BareOrder.of(client, first.namespace(), first.host());
            var number = new AtomicInteger();
            Callable<Duration> ours = () -> city.deliverNext().took();
            Callable<Duration> bare =
                    () -> template.in("bare-" + number.incrementAndGet()).deliver(client);
            progress.at("warming up");
            for (int warm = 0; warm < WARM_UP; warm += AT_ONCE) {
                var _ = atOnce(AT_ONCE, ours);
                var _ = atOnce(AT_ONCE, bare);
            }
            var rounds = new AtomicInteger();
            var turns =
                    Turns.take(
                            ORDERS / AT_ONCE,
                            () -> {
                                progress.at(
                                        "round %d of %d"
                                                .formatted(
                                                        rounds.incrementAndGet(),
                                                        ORDERS / AT_ONCE));
                                return atOnce(AT_ONCE, ours);
                            },
                            () -> atOnce(AT_ONCE, bare));
            return List.of(
                    measurement("p50", turns, 50, new Target.AtMostTimes(2)),
                    measurement("p99", turns, 99, new Target.AtMostTimes(3)));
        }
    }

    private Measurement measurement(String metric, Turns turns, double percent, Target target) {
        return new Measurement(
                name(),
                metric,
                turns.ours().milliseconds(percent),
                "ms",
                turns.baseline().milliseconds(percent),
                target);
    }

    private static List<Duration> atOnce(int times, Callable<Duration> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var took = new ArrayList<Duration>();
            for (var done : threads.invokeAll(Collections.nCopies(times, work))) {
                took.add(done.get());
            }
            return took;
        }
    }
}
