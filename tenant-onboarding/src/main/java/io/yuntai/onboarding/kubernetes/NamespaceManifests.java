package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/** What a system's namespace reads like in Kubernetes. Pure: the same value, the same manifest. */
final class NamespaceManifests {

    private NamespaceManifests() {}

    /** The namespace; Pod Security {@code baseline} is the most that KubeVirt's launchers bear. */
    static Namespace namespace(Desired.SystemNamespace desired) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .addToLabels(Labels.UNIT, desired.unit().toString())
                .addToLabels(Labels.SYSTEM, desired.system().toString())
                .addToLabels(Labels.POOL, desired.pool().toString())
                .addToLabels(Labels.POD_SECURITY, "baseline")
                .endMetadata()
                .build();
    }

    /**
     * Default requests for containers that name none: under a quota on processors or memory such a
     * container would be refused. No default limits, since KubeVirt would cap every machine.
     */
    static LimitRange limitRange(Desired.SystemNamespace desired) {
        return new LimitRangeBuilder()
                .withNewMetadata()
                .withName(Labels.LEASE_NAME)
                .withNamespace(desired.namespace().value())
                .addToLabels(Labels.MANAGED, "true")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToDefaultRequest("cpu", new Quantity("100m"))
                .addToDefaultRequest("memory", new Quantity("128Mi"))
                .endLimit()
                .endSpec()
                .build();
    }
}
