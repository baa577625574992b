package io.yuntai.onboarding.kubernetes;

import static io.yuntai.quota.Resource.CPU;
import static io.yuntai.quota.Resource.HOSTS;
import static io.yuntai.quota.Resource.MEMORY;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sum of what objects take, by the rules by which Kubernetes' own quota counts them. */
final class Measured {

    private static final Map<String, Resource> COUNTED = Map.of("cpu", CPU, "memory", MEMORY);

    private Amounts total = Amounts.NONE;

    void add(Pod pod) {
        total = total.plus(of(pod));
    }

    void add(PersistentVolumeClaim claim) {
        total = total.plus(of(claim));
    }

    void addHost() {
        total = total.plus(Amounts.of(HOSTS, 1));
    }

    Amounts total() {
        return total;
    }

    /**
     * The requests of a pod: the larger of what runs side by side and of each step of its
     * initialization, with the pod's overhead on top (Kubernetes, {@code PodRequests}). Requests of
     * the pod as a whole, where given, go before those of its containers. A pod that has ended
     * takes nothing; one that is being ended still does.
     */
    static Amounts of(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            return Amounts.NONE;
        }
        var spec = pod.getSpec();
        var together = Amounts.NONE;
        for (var container : spec.getContainers()) {
            together = together.plus(of(container));
        }
        var sidecars = Amounts.NONE;
        var largestStep = Amounts.NONE;
        for (var container : spec.getInitContainers()) {
            if ("Always".equals(container.getRestartPolicy())) {
                sidecars = sidecars.plus(of(container));
                largestStep = largestStep.max(sidecars);
            } else {
                largestStep = largestStep.max(sidecars.plus(of(container)));
            }
        }
        var requests = together.plus(sidecars).max(largestStep);
        for (var whole : of(spec.getResources()).asMap().entrySet()) {
            requests = requests.with(whole.getKey(), whole.getValue());
        }
        return requests.plus(of(spec.getOverhead()));
    }

    /** A claim takes its storage as soon as it is made, bound or not. */
    static Amounts of(PersistentVolumeClaim claim) {
        var spec = claim.getSpec();
        var requests = spec.getResources() == null ? null : spec.getResources().getRequests();
        var size = requests == null ? null : requests.get("storage");
        if (size == null || spec.getStorageClassName() == null) {
            return Amounts.NONE;
        }
        return ResourceNames.storage(spec.getStorageClassName())
                .map(resource -> Amounts.of(resource, ResourceNames.inBaseUnits(resource, size)))
                .orElse(Amounts.NONE);
    }

    private static Amounts of(Container container) {
        return of(container.getResources());
    }

    private static Amounts of(@Nullable ResourceRequirements resources) {
        return resources == null ? Amounts.NONE : of(resources.getRequests());
    }

    private static Amounts of(@Nullable Map<String, Quantity> requests) {
        var amounts = new HashMap<Resource, Long>();
        if (requests != null) {
            COUNTED.forEach((name, resource) -> {
                var quantity = requests.get(name);
                if (quantity != null) {
                    amounts.put(resource, ResourceNames.inBaseUnits(resource, quantity));
                }
            });
        }
        return Amounts.of(amounts);
    }
}
