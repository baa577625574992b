package io.yuntai.sandbox.bench;

import io.yuntai.sandbox.city.City;
import io.yuntai.sandbox.city.CityPlan;
import io.yuntai.testkit.LocalKubernetes;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How long it takes to deliver a whole city, and what that costs as it grows. */
final class CityBenchmark implements Benchmark {

    private static final int ROUNDS = 3;

    /** Delivered before anything is timed. */
    private static final int WARM_UP = 60;

    /** Of how many hosts the cost is taken, when there are few and when there are all others. */
    private static final int SLICE = 1000;

    private @Nullable BareCity objects;

    @Override
    public String name() {
        return "city";
    }

    @Override
    public String measures() {
        return "Shenzhen (71 units, 599 systems, 8,350 hosts) from an empty cluster: its register is "
                + "imported, its units apply and the platform approves by the public API of a control "
                + "plane as it is installed, on a real API server with KubeVirt's schemas and a "
                + "PostgreSQL that flushes to disk. The first "
                + WARM_UP
                + " systems warm both sides up and are not timed; ours tries each command of theirs "
                + CityRun.REHEARSALS
                + " times before. `writes` is from the first order "
                + "until the last host was written to the cluster, `running` until the API reads all "
                + "hosts as running; of "
                + ROUNDS
                + " rounds, each on an empty server. Baseline of both: a bare HTTP client that creates "
                + "the very same objects, of "
                + BareCity.AT_ONCE
                + " namespaces at once, which is as many requests as ours has in flight at most. Then Shanxi (96, 594, 18,138) over three API servers: "
                + "`late` is what each of "
                + SLICE
                + " hosts took when all others were there, over what each of "
                + SLICE
                + " took right after the warm-up: of systems of the same sizes, ordered when "
                + "nothing else was under way, until the last of them was written, while KWOK, which "
                + "has machines start in the place of KubeVirt, stands still. `heap` is what is "
                + "left after a full collection, when all is delivered, over the same after the "
                + "warm-up, and `heap, line` over what it would be if it had grown on as it did up to "
                + "half of the city.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        var writes = new Samples();
        var running = new Samples();
        var bare = new Samples();
        var plan = City.SHENZHEN.plan();
        for (int round = 0; round < ROUNDS; round++) {
            progress.at("round %d of %d".formatted(round + 1, ROUNDS));
            // What the bare client makes is what ours has made: the first turn is always ours.
            if (round % 2 == 0) {
                shenzhen(plan, writes, running, progress);
                bare.add(bare(progress));
            } else {
                bare.add(bare(progress));
                shenzhen(plan, writes, running, progress);
            }
        }
        var measurements = new ArrayList<Measurement>();
        double baseline = bare.seconds(50);
        measurements.add(
                new Measurement(
                        name(),
                        "Shenzhen, writes",
                        writes.seconds(50),
                        "s",
                        baseline,
                        new Target.AtMostTimes(1.3)));
        measurements.add(
                new Measurement(
                        name(),
                        "Shenzhen, running",
                        running.seconds(50),
                        "s",
                        baseline,
                        new Target.None()));
        measurements.addAll(shanxi(progress));
        return measurements;
    }

    private void shenzhen(CityPlan plan, Samples writes, Samples running, Progress progress)
            throws Exception {
        try (var cluster = LocalKubernetes.start(LocalKubernetes.Options.forTests());
                var city = CityRun.start(plan, List.of(cluster), progress)) {
            var _ = city.warmUp(WARM_UP);
            var delivered = city.deliver(city.systems());
            writes.add(delivered.writes());
            running.add(delivered.running());
            progress.at(
                    "%d hosts written after %s, running after %s"
                            .formatted(delivered.hosts(), delivered.writes(), delivered.running()));
            if (objects == null) {
                objects = city.made();
            }
        }
    }

    private Duration bare(Progress progress) throws Exception {
        var all = Objects.requireNonNull(objects);
        try (var cluster = LocalKubernetes.start(LocalKubernetes.Options.forTests());
                var client = new BareClient(Files.readString(cluster.kubeconfig()))) {
            var parts = all.split(WARM_UP);
            var _ = parts.getFirst().create(client);
            var took = parts.getLast().create(client);
            progress.at("%d objects created bare after %s".formatted(all.objects(), took));
            return took;
        }
    }

    private List<Measurement> shanxi(Progress progress) throws Exception {
        var clusters =
                IntStream.range(0, 3)
                        .mapToObj(_ -> LocalKubernetes.start(LocalKubernetes.Options.forTests()))
                        .toList();
        try (var city = CityRun.start(City.SHANXI.plan(), clusters, progress)) {
            long few = city.warmUp(WARM_UP).hosts();
            double heapOfFew = city.heapMib();
            int slice = city.pairEnds(SLICE);
            var early = city.deliverUnstarted(slice);
            int rest = city.systems() - WARM_UP - 2 * slice;
            long half = few + early.hosts() + city.deliver(rest / 2).hosts();
            double heapOfHalf = city.heapMib();
            long most = half + city.deliver(rest - rest / 2).hosts();
            var late = city.deliverUnstarted(slice);
            long all = most + late.hosts();
            double heap = city.heapMib();
            double line = heapOfFew + (heapOfHalf - heapOfFew) * (all - few) / (half - few);
            progress.at(
                    "%d early, %d late; heap %.0f MiB with %d hosts, %.0f with %d, %.0f with %d"
                            .formatted(
                                    early.hosts(),
                                    late.hosts(),
                                    heapOfFew,
                                    few,
                                    heapOfHalf,
                                    half,
                                    heap,
                                    all));
            return List.of(
                    new Measurement(
                            name(),
                            "Shanxi, late",
                            late.writesMillisEach(),
                            "ms",
                            early.writesMillisEach(),
                            new Target.AtMostTimes(1.2)),
                    new Measurement(
                            name(),
                            "Shanxi, heap",
                            heap,
                            "MiB",
                            heapOfFew,
                            new Target.AtMost(1024)),
                    new Measurement(
                            name(),
                            "Shanxi, heap, line",
                            heap,
                            "MiB",
                            line,
                            new Target.AtMostTimes(1.2)));
        } finally {
            clusters.forEach(LocalKubernetes::close);
        }
    }
}
