package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which kinds a cluster serves that not every cluster has. Asked again after five minutes, so that
 * what is installed at run time is found; one that is taken away meanwhile shows as a refusal.
 */
final class KnownKinds {

    private static final long FRESH = TimeUnit.MINUTES.toNanos(5);

    private record Known(boolean served, long since) {}

    private final KubernetesClient client;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    KnownKinds(KubernetesClient client) {
        this.client = client;
    }

    boolean has(ResourceDefinitionContext kind) {
        var before = known.get(kind.getPlural());
        if (before != null && System.nanoTime() - before.since() < FRESH) {
            return before.served();
        }
        boolean served = client.supports(kind.getGroup() + "/" + kind.getVersion(), kind.getKind());
        known.put(kind.getPlural(), new Known(served, System.nanoTime()));
        return served;
    }
}
