package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A real cluster that holds whoever asks it anything, until it is over with it. */
public final class HangingCluster implements AutoCloseable {

    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Fabric8Cluster real;

    private HangingCluster(ClusterName name, String kubeconfig) {
        real =
                Fabric8Cluster.connect(
                        name,
                        kubeconfig,
                        ResourceNames.DEFAULT,
                        NamespacePolicy.DEFAULT,
                        List.of(new Holding()));
    }

    public static HangingCluster connect(ClusterName name, String kubeconfig) {
        return new HangingCluster(name, kubeconfig);
    }

    public Cluster cluster() {
        return real;
    }

    /** How many namespaces whose names begin so somebody waits to hear of. */
    public long holds(String prefix) {
        return held.stream()
                .filter(path -> path.contains("/namespaces/" + prefix))
                .map(path -> path.split("/namespaces/")[1].split("/")[0])
                .distinct()
                .count();
    }

    /** Whoever waits hears that it is gone. */
    @Override
    public void close() {
        over.countDown();
    }

    private final class Holding implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            held.add(request.uri().getPath());
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("gone");
        }
    }
}
