package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Service;
import io.yuntai.onboarding.kubernetes.ResourceKind.Measure;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sum of what objects take, by the rules by which Kubernetes' own quota counts them. */
final class Measured {

    private final ResourceNames names;
    private final Set<String> limited;
    private Amounts total = Amounts.NONE;

    /**
     * @param limited what the namespace's quota names; objects that are not limited by their number
     *     are not counted
     */
    Measured(ResourceNames names, Set<String> limited) {
        this.names = names;
        this.limited = Set.copyOf(limited);
    }

    /** Objects are counted as they are there, also a pod that has ended. */
    void add(Pod pod) {
        total = total.plus(of(pod)).plus(counted("pods"));
    }

    void add(PersistentVolumeClaim claim) {
        total = total.plus(of(claim)).plus(counted("persistentvolumeclaims"));
    }

    void add(Service service) {
        total = total.plus(counted("services"));
        if ("LoadBalancer".equals(service.getSpec().getType())) {
            for (var kind : names.kinds()) {
                if (kind.measure() instanceof Measure.Addresses) {
                    total = total.plus(Amounts.of(new Resource(kind.code()), 1));
                }
            }
        }
    }

    void addHost() {
        total = total.plus(counted("virtualmachines"));
    }

    /** As many as the quota has counted last, where nobody can list them. */
    void addHostsOf(Amounts used) {
        for (var kind : counted("virtualmachines").resources()) {
            total = total.plus(Amounts.of(kind, used.get(kind)));
        }
    }

    private Amounts counted(String plural) {
        var one = Amounts.NONE;
        for (var kind : names.kinds()) {
            if (kind.measure() instanceof Measure.Count(var of)
                    && of.equals(plural)
                    && (kind.always() || limited.contains(kind.quotaName()))) {
                one = one.plus(Amounts.of(new Resource(kind.code()), 1));
            }
        }
        return one;
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
    Amounts of(Pod pod) {
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
    Amounts of(PersistentVolumeClaim claim) {
        var spec = claim.getSpec();
        var requests = spec.getResources() == null ? null : spec.getResources().getRequests();
        var size = requests == null ? null : requests.get("storage");
        if (size == null || spec.getStorageClassName() == null) {
            return Amounts.NONE;
        }
        return names.kinds().stream()
                .filter(kind -> kind.measure() instanceof Measure.ClaimedStorage)
                .flatMap(kind -> kind.ofClass(spec.getStorageClassName()).stream())
                .map(resource -> Amounts.of(resource, ResourceNames.inBaseUnits(resource, size)))
                .reduce(Amounts.NONE, Amounts::plus);
    }

    private Amounts of(Container container) {
        return of(container.getResources());
    }

    private Amounts of(@Nullable ResourceRequirements resources) {
        return resources == null ? Amounts.NONE : of(resources.getRequests());
    }

    private Amounts of(@Nullable Map<String, Quantity> requests) {
        var amounts = new HashMap<Resource, Long>();
        if (requests != null) {
            for (var kind : names.kinds()) {
                var quantity =
                        kind.measure() instanceof Measure.PodRequests(var name)
                                ? requests.get(name)
                                : null;
                if (quantity != null) {
                    var resource = new Resource(kind.code());
                    amounts.put(resource, ResourceNames.inBaseUnits(resource, quantity));
                }
            }
        }
        return Amounts.of(amounts);
    }
}
