package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Which kinds a cluster serves that not every cluster has. One that is served is asked for again
 * after five minutes, one that is not after some seconds, for work waits for it: so what is
 * installed at run time is found, and what is taken away meanwhile shows as a refusal.
 */
final class KnownKinds {

    private static final long FRESH = TimeUnit.MINUTES.toNanos(5);
    private static final long FRESH_WHERE_ABSENT = TimeUnit.SECONDS.toNanos(5);

    /** What is to be made, or looked for, is of a kind that the cluster does not serve, for now. */
    static final class NotServed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String kind;

        private NotServed(String kind) {
            super(kind, null, false, false);
            this.kind = kind;
        }

        /** For people. */
        String kind() {
            return kind;
        }
    }

    private record Known(boolean served, long since) {
        boolean isFresh(long now) {
            return now - since < (served ? FRESH : FRESH_WHERE_ABSENT);
        }
    }

    private final KubernetesClient client;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    KnownKinds(KubernetesClient client) {
        this.client = client;
    }

    boolean has(ResourceDefinitionContext kind) {
        var before = known.get(kind.getPlural());
        if (before != null && before.isFresh(System.nanoTime())) {
            return before.served();
        }
        boolean served = client.supports(kind.getGroup() + "/" + kind.getVersion(), kind.getKind());
        known.put(kind.getPlural(), new Known(served, System.nanoTime()));
        return served;
    }

    /**
     * @throws NotServed when the cluster has no such kind
     */
    void require(ResourceDefinitionContext kind) {
        if (!has(kind)) {
            throw notServed(kind);
        }
    }

    /** What to throw when the cluster has just said so. */
    NotServed notServed(ResourceDefinitionContext kind) {
        forget(kind);
        return new NotServed(
                "the cluster serves no %s of %s/%s; it is not installed there"
                        .formatted(kind.getKind(), kind.getGroup(), kind.getVersion()));
    }

    /** Somebody was told that it is not served. */
    void forget(ResourceDefinitionContext kind) {
        known.remove(kind.getPlural());
    }
}
