package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.function.Function;

/** Brings the {@link Guards} to a cluster. */
final class GuardInstaller {

    private GuardInstaller() {}

    /** Makes each guard exactly as it should be, whatever was made of it meanwhile. */
    static void install(KubernetesClient client) {
        var api = client.admissionRegistration().v1();
        for (var guard : Guards.of(ourName(client))) {
            set(
                    api.validatingAdmissionPolicies(),
                    guard.policy(),
                    ValidatingAdmissionPolicy::getSpec);
            set(
                    api.validatingAdmissionPolicyBindings(),
                    guard.binding(),
                    ValidatingAdmissionPolicyBinding::getSpec);
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

    /** An apply leaves what others have added; that may be a condition that is never met. */
    private static <T extends HasMetadata> void set(
            NonNamespaceOperation<T, ?, Resource<T>> kind, T desired, Function<T, Object> spec) {
        var applied =
                kind.resource(desired)
                        .fieldManager(Labels.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply();
        if (!asJson(spec.apply(applied)).equals(asJson(spec.apply(desired)))) {
            desired.getMetadata().setResourceVersion(applied.getMetadata().getResourceVersion());
            var _ = kind.resource(desired).update();
        }
    }

    private static String asJson(Object spec) {
        return Serialization.asJson(spec);
    }
}
