package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a cluster's objects say, in our words. */
final class Observed {

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");

    /** KubeVirt fills {@code printableStatus} in; until then it has not looked at the machine. */
    private static final String NOT_SEEN = "Provisioning";

    private Observed() {}

    static ObservedLease lease(ResourceQuota quota) {
        var spec = quota.getSpec();
        var status = quota.getStatus();
        return new ObservedLease(
                new Incarnation(quota.getMetadata().getUid()),
                epoch(quota.getMetadata().getAnnotations()),
                ResourceNames.amounts(spec == null ? null : spec.getHard()),
                ResourceNames.amounts(status == null ? null : status.getHard()),
                ResourceNames.amounts(status == null ? null : status.getUsed()));
    }

    static ObservedHost host(GenericKubernetesResource machine) {
        String name = machine.getMetadata().getName();
        String printable = machine.get("status", "printableStatus");
        Boolean ready = machine.get("status", "ready");
        if (printable == null || printable.isEmpty()) {
            return new ObservedHost(name, false, NOT_SEEN);
        }
        return new ObservedHost(
                name, printable.equals("Running") && Boolean.TRUE.equals(ready), printable);
    }

    /** Epoch zero, which no lease of ours has, where somebody has spoilt the annotation. */
    private static Epoch epoch(@Nullable Map<String, String> annotations) {
        String text = annotations == null ? null : annotations.get(Labels.EPOCH);
        return text != null && EPOCH.matcher(text).matches()
                ? new Epoch(Long.parseLong(text))
                : Epoch.ZERO;
    }
}
