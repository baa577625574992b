package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a cluster's KubeVirt has a launcher request a whole processor for each of its guest's,
 * where the machine itself does not say: its {@code cpuAllocationRatio} is 1. By default it is 10,
 * and beside an instancetype no machine may say otherwise, so what was charged would lie unused.
 */
final class WholeProcessors {

    private static final ResourceDefinitionContext KUBEVIRTS =
            new ResourceDefinitionContext.Builder()
                    .withGroup("kubevirt.io")
                    .withVersion("v1")
                    .withKind("KubeVirt")
                    .withPlural("kubevirts")
                    .withNamespaced(true)
                    .build();

    private static final long FRESH = TimeUnit.MINUTES.toNanos(1);

    private record Known(boolean whole, long since) {}

    private final KubernetesClient client;
    private final KnownKinds kinds;
    private final AtomicReference<Known> known =
            new AtomicReference<>(new Known(false, System.nanoTime() - FRESH));

    WholeProcessors(KubernetesClient client, KnownKinds kinds) {
        this.client = client;
        this.kinds = kinds;
    }

    /** As of a minute ago at most; where we may not look, it does not. */
    boolean areWhole() {
        var before = known.get();
        if (System.nanoTime() - before.since() < FRESH) {
            return before.whole();
        }
        boolean whole = kinds.has(KUBEVIRTS) && read();
        known.set(new Known(whole, System.nanoTime()));
        return whole;
    }

    private boolean read() {
        try {
            var all =
                    client.genericKubernetesResources(KUBEVIRTS).inAnyNamespace().list().getItems();
            return !all.isEmpty()
                    && all.stream()
                            .allMatch(one ->
                                    one.get(
                                                            "spec",
                                                            "configuration",
                                                            "developerConfiguration",
                                                            "cpuAllocationRatio")
                                                    instanceof Number ratio
                                            && ratio.intValue() == 1);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
