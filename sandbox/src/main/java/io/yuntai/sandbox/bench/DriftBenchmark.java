package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.application.Item;
import io.yuntai.onboarding.host.HostSetup;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** What it costs to find that nothing is the matter, and whether what is damaged is put right. */
final class DriftBenchmark implements Benchmark {

    private static final int SYSTEMS = 100;
    private static final int HOSTS_EACH = 20;
    private static final int AT_ONCE = 8;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 12;
    private static final Item.Hosts HOSTS = new Item.Hosts(HOSTS_EACH - 1, 2, 4, 40, "ssd");

    /** With more user data than stands in a machine itself. */
    private static final Item.Hosts WITH_SECRET =
            new Item.Hosts(
                    1,
                    2,
                    4,
                    40,
                    "ssd",
                    new HostSetup(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            new HostSetup.FirstLogin(
                                    "#cloud-config\nwrite_files: [" + "a".repeat(3000) + "]\n",
                                    List.of())));

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public String measures() {
        return "A city of "
                + SYSTEMS
                + " systems with "
                + HOSTS_EACH
                + " hosts each, one of them with a Secret, delivered on a real API server with "
                + "KubeVirt's schemas. `sweep`: one "
                + "that finds nothing, over "
                + ROUNDS
                + " rounds; baseline: a bare HTTP client that lists the same objects. Then one object "
                + "of a hundred is damaged by hand in twelve ways, while nobody looks. `repaired`: how "
                + "many are as they were, over those that were damaged; `recorded`: how many of these "
                + "repairs stand in the record of drifts or in the audit; `touched`: how many others "
                + "have another resourceVersion.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        progress.at("starting a cluster");
        try (var cluster = BenchCluster.start();
                var city = DeliveryCity.start(cluster.kubeconfig(), SYSTEMS);
                var client = new BareClient(Files.readString(cluster.kubeconfig()))) {
            progress.at("delivering");
            deliver(city);
            var looking = city.looking();
            looking.untilSettled();
            var objects = new OurObjects(client);
            var bare = new Samples();
            var ours = new Samples();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                progress.at("sweep %d of %d".formatted(round + 1, WARM_UP + ROUNDS));
                var first = round % 2 == 0 ? looking.sweep() : objects.list();
                var second = round % 2 == 0 ? objects.list() : looking.sweep();
                if (round >= WARM_UP) {
                    ours.add(round % 2 == 0 ? first : second);
                    bare.add(round % 2 == 0 ? second : first);
                }
            }
            progress.at("damaging");
            looking.rest();
            long recorded = city.repairsRecorded();
            var damage = Damage.of(client, objects.all());
            damage.make();
            progress.at("damaged " + damage.size());
            looking.goOn();
            looking.untilSettled();
            damage.await(looking.queue()::sweep);
            long records = city.repairsRecorded() - recorded;
            var touched = damage.othersTouched();
            progress.at("touched besides: " + touched);
            return List.of(
                    new Measurement(
                            name(),
                            "sweep",
                            ours.milliseconds(50),
                            "ms",
                            bare.milliseconds(50),
                            new Target.AtMostTimes(1.3)),
                    new Measurement(
                            name(),
                            "repaired",
                            damage.repaired(),
                            "objects",
                            damage.size(),
                            new Target.AtLeastTimes(1)),
                    new Measurement(
                            name(),
                            "recorded",
                            Math.min(records, damage.size()),
                            "repairs",
                            damage.size(),
                            new Target.AtLeastTimes(1)),
                    new Measurement(
                            name(),
                            "touched",
                            touched.size(),
                            "objects",
                            damage.others(),
                            new Target.ShareAtMost(0.5)));
        }
    }

    private static void deliver(DeliveryCity city) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var work = new ArrayList<Callable<Duration>>();
            for (int system = 0; system < SYSTEMS; system++) {
                work.add(() -> city.deliverHosts(HOSTS, WITH_SECRET));
            }
            for (var done : threads.invokeAll(work)) {
                var _ = done.get();
            }
        }
    }
}
