package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings the {@link Guards} to a cluster. */
final class GuardInstaller {

    private GuardInstaller() {}

    /**
     * Makes each guard exactly as it should be, whatever was made of it meanwhile; where all are
     * right, this only reads.
     */
    static void install(KubernetesClient client, NamespacePolicy policy) {
        var api = client.admissionRegistration().v1();
        var guards = Guards.of(ourName(client), policy);
        set(api.validatingAdmissionPolicies(), guards.stream().map(Guard::policy).toList());
        set(api.validatingAdmissionPolicyBindings(), guards.stream().map(Guard::binding).toList());
        if (policy.pinPods()) {
            set(api.mutatingAdmissionPolicies(), List.of(PodPins.policy()));
            set(api.mutatingAdmissionPolicyBindings(), List.of(PodPins.binding()));
        } else if (api.mutatingAdmissionPolicies().withName(PodPins.NAME).get() != null) {
            var _ = api.mutatingAdmissionPolicyBindings().withName(PodPins.NAME).delete();
            var _ = api.mutatingAdmissionPolicies().withName(PodPins.NAME).delete();
        }
    }

    /** What the cluster calls the user of our kubeconfig. */
    private static String ourName(KubernetesClient client) {
        return client.authentication()
                .v1()
                .selfSubjectReviews()
                .create(new SelfSubjectReview())
                .getStatus()
                .getUserInfo()
                .getUsername();
    }

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void set(
            NonNamespaceOperation<T, L, Resource<T>> kind, List<T> desired) {
        Map<String, T> found = new HashMap<>();
        Lists.eachOf(
                kind.withLabel(Labels.MANAGED, "true"),
                object -> found.put(object.getMetadata().getName(), object));
        for (var object : desired) {
            var there = found.get(object.getMetadata().getName());
            if (there == null || !Comparison.of(object, there).isEmpty()) {
                set(kind, object);
            }
        }
    }

    /** An apply leaves what others have added; that may be a condition that is never met. */
    private static <T extends HasMetadata> void set(
            NonNamespaceOperation<T, ?, Resource<T>> kind, T desired) {
        var applied = Applying.apply(kind.resource(desired));
        if (!Comparison.of(desired, applied).isEmpty()) {
            desired.getMetadata().setResourceVersion(applied.getMetadata().getResourceVersion());
            var _ = kind.resource(desired).update();
        }
    }
}
