package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.yuntai.quota.Amounts;
import io.yuntai.quota.Epoch;
import io.yuntai.quota.ObservedLease;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a lease reads like in Kubernetes, and the write of one. Pure. */
final class LeaseManifests {

    private static final String EPOCH_PATH =
            "/metadata/annotations/" + Labels.EPOCH.replace("/", "~1");

    private LeaseManifests() {}

    /** The lease of a namespace that was granted nothing yet. */
    static ResourceQuota emptyLease(NamespaceName namespace, ResourceNames names) {
        return new ResourceQuotaBuilder(leaseSkeleton(namespace))
                .editMetadata()
                .addToLabels(Labels.MANAGED, "true")
                .addToAnnotations(Labels.EPOCH, epoch(Epoch.ZERO))
                .endMetadata()
                .withNewSpec()
                .withHard(names.hard(Amounts.NONE))
                .endSpec()
                .build();
    }

    /** One that limits nothing yet, for a namespace that is being taken over. */
    static ResourceQuota openLease(NamespaceName namespace) {
        return new ResourceQuotaBuilder(leaseSkeleton(namespace))
                .editMetadata()
                .addToLabels(Labels.MANAGED, "true")
                .addToAnnotations(Labels.EPOCH, epoch(Epoch.ZERO))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    /** Enough of a lease to address it. */
    static ResourceQuota leaseSkeleton(NamespaceName namespace) {
        return new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(Labels.LEASE_NAME)
                .withNamespace(namespace.value())
                .endMetadata()
                .build();
    }

    /**
     * The fenced write: nothing of it happens unless the lease is still the one found. Where its
     * epoch was spoilt, the version is the fence, and the annotations are made anew.
     */
    static String leasePatch(Desired.Lease desired, ObservedLease found, ResourceNames names) {
        var hard = new TreeMap<String, String>();
        names.hard(desired.hard(), desired.limited())
                .forEach((name, quantity) -> hard.put(name, quantity.toString()));
        String uid = found.incarnation().uid();
        int version = uid.indexOf(Observed.VERSION);
        String epoch = epoch(desired.epoch());
        // Replaces it as well, and is there for a lease that has limited nothing until now.
        var write = operation("add", "/spec/hard", hard);
        return Serialization.asJson(
                version < 0
                        ? List.of(
                                operation("test", "/metadata/uid", uid),
                                operation("test", EPOCH_PATH, epoch(found.epoch())),
                                operation("replace", EPOCH_PATH, epoch),
                                write)
                        : List.of(
                                operation("test", "/metadata/uid", uid.substring(0, version)),
                                operation(
                                        "test",
                                        "/metadata/resourceVersion",
                                        uid.substring(version + 1)),
                                operation(
                                        "add",
                                        "/metadata/annotations",
                                        Map.of(Labels.EPOCH, epoch)),
                                write));
    }

    private static Map<String, Object> operation(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }

    private static String epoch(Epoch epoch) {
        return Long.toString(epoch.value());
    }
}
