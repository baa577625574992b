package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many pods at once into one namespace that has one ResourceQuota, which is empty again after it.
 */
record PodBurst(BareClient client, String namespace) {

    static final int PODS = 100;
    static final int AT_ONCE = 8;

    private static final int CPU_MILLIS = 100;
    private static final int MEMORY_MIB = 64;

    /**
     * Creates the pods and deletes them.
     *
     * @return how many were created a second
     */
    double run() throws Exception {
        var number = new AtomicInteger();
        Callable<Void> creator =
                () -> {
                    for (int i = number.incrementAndGet();
                            i <= PODS;
                            i = number.incrementAndGet()) {
                        client.create(pods(), Manifest.pod("pod-" + i, CPU_MILLIS, MEMORY_MIB));
                    }
                    return null;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var creators = new ArrayList<Callable<Void>>();
            for (int i = 0; i < AT_ONCE; i++) {
                creators.add(creator);
            }
            long begun = System.nanoTime();
            for (var done : threads.invokeAll(creators)) {
                done.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            empty();
            return PODS / seconds;
        }
    }

    private void empty() throws IOException, InterruptedException {
        client.delete(pods() + "?gracePeriodSeconds=0");
        client.await(pods() + "?limit=1", list -> list.at("/items").isEmpty());
        client.await(
                "/api/v1/namespaces/" + namespace + "/resourcequotas",
                list -> list.at("/items/0/status/used/requests.cpu").asString("").equals("0"));
    }

    private String pods() {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }
}
