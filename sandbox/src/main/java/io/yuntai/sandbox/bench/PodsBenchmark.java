package io.yuntai.sandbox.bench;

import io.yuntai.onboarding.application.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Whether pods are made as fast in a namespace of ours as in any other with a ResourceQuota. */
final class PodsBenchmark implements Benchmark {

    private static final int ROUNDS = 40;
    private static final int WARM_UP = 3;
    private static final Item.Namespace ROOM = new Item.Namespace(500, 500, 0, "ssd");

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public String measures() {
        return "Pods that a namespace takes a second, "
                + PodBurst.PODS
                + " a round by "
                + PodBurst.AT_ONCE
                + " bare HTTP clients, over "
                + ROUNDS
                + " rounds: in a namespace that was ordered and delivered, with its lease, its "
                + "LimitRange and the control plane that looks after it running on the same "
                + "machine. Baseline: a namespace with a plain ResourceQuota of the same size on "
                + "the same API server. Between the rounds all pods are deleted, and the quota is "
                + "seen to be free again.";
    }

    @Override
    public List<Measurement> run(Progress progress) throws Exception {
        progress.at("starting a cluster");
        try (var cluster = BenchCluster.startWithoutNodes();
                var city = DeliveryCity.start(cluster.kubeconfig(), 1);
                var client = new BareClient(Files.readString(cluster.kubeconfig()))) {
            var governed = new PodBurst(client, city.openNamespace(ROOM));
            var plain = new PodBurst(client, plainNamespace(client, governed.namespace()));
            progress.at("warming up");
            for (int i = 0; i < WARM_UP; i++) {
                var _ = governed.run();
                var _ = plain.run();
            }
            var ours = new ArrayList<Double>();
            var baseline = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                progress.at("round %d of %d".formatted(round + 1, ROUNDS));
                if (round % 2 == 0) {
                    ours.add(governed.run());
                    baseline.add(plain.run());
                } else {
                    baseline.add(plain.run());
                    ours.add(governed.run());
                }
            }
            return List.of(
                    new Measurement(
                            name(),
                            "rate",
                            Figures.median(ours),
                            "1/s",
                            Figures.median(baseline),
                            new Target.AtLeastTimes(0.98)));
        }
    }

    /** A namespace with a ResourceQuota that says the same, and nothing else of ours. */
    private static String plainNamespace(BareClient client, String governed)
            throws IOException, InterruptedException {
        var name = "plain";
        client.create("/api/v1/namespaces", Manifest.namespace(name));
        var lease = client.get("/api/v1/namespaces/" + governed + "/resourcequotas/yuntai");
        client.create(
                "/api/v1/namespaces/" + name + "/resourcequotas",
                Manifest.quota("plain", lease.at("/spec/hard")));
        client.await(
                "/api/v1/namespaces/" + name + "/resourcequotas/plain",
                quota -> quota.at("/status/hard").equals(quota.at("/spec/hard")));
        return name;
    }
}
