package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.yuntai.onboarding.kubernetes.Cluster.ObservedHost;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.Incarnation;
import io.yuntai.quota.ObservedLease;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a cluster's objects say, in our words. */
final class Observed {

    /** Between a uid and a version. */
    static final char VERSION = '@';

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST = 500;

    /** KubeVirt fills {@code printableStatus} in; until then it has not looked at the machine. */
    private static final String NOT_SEEN = "Provisioning";

    private Observed() {}

    static ObservedLease lease(ResourceNames names, ResourceQuota quota) {
        var spec = quota.getSpec();
        var status = quota.getStatus();
        return new ObservedLease(
                incarnation(quota.getMetadata()),
                epoch(quota.getMetadata().getAnnotations()),
                names.amounts(spec == null ? null : spec.getHard()),
                names.amounts(status == null ? null : status.getHard()),
                names.amounts(status == null ? null : status.getUsed()));
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

    static StrayQuota stray(ResourceQuota quota) {
        var meta = quota.getMetadata();
        String hard = quota.getSpec() == null ? "" : String.valueOf(quota.getSpec().getHard());
        return new StrayQuota(
                new NamespaceName(meta.getNamespace()),
                meta.getName(),
                new Incarnation(meta.getUid()),
                hard.substring(0, Math.min(LONGEST, hard.length())));
    }

    /**
     * The uid; and where somebody has spoilt the epoch, so that it fences nothing, the version as
     * well: whoever puts it right writes this one state of it, or nothing.
     */
    private static Incarnation incarnation(ObjectMeta meta) {
        String uid = meta.getUid();
        return new Incarnation(
                readable(meta.getAnnotations()).isPresent()
                        ? uid
                        : uid + VERSION + meta.getResourceVersion());
    }

    /** Epoch zero where somebody has spoilt the annotation. */
    private static Epoch epoch(@Nullable Map<String, String> annotations) {
        return readable(annotations).orElse(Epoch.ZERO);
    }

    private static Optional<Epoch> readable(@Nullable Map<String, String> annotations) {
        String text = annotations == null ? null : annotations.get(Labels.EPOCH);
        return text != null && EPOCH.matcher(text).matches()
                ? Optional.of(new Epoch(Long.parseLong(text)))
                : Optional.empty();
    }
}
