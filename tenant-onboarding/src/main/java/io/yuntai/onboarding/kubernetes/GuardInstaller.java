package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the {@link Guards} to a cluster. */
final class GuardInstaller {

    private GuardInstaller() {}

    /** An object that is not as it should be, and how it becomes so. */
    record Repair(List<GuardDifference> differences, Runnable work) {
        Repair {
            differences = List.copyOf(differences);
        }
    }

    /**
     * What makes each guard exactly as it should be, whatever was made of it meanwhile; nothing
     * where all are right. This only reads.
     */
    static List<Repair> repairs(KubernetesClient client, NamespacePolicy policy) {
        var api = client.admissionRegistration().v1();
        var guards = Guards.of(ourName(client), policy);
        var repairs = new ArrayList<Repair>();
        compare(
                api.validatingAdmissionPolicies(),
                guards.stream().map(Guard::policy).toList(),
                repairs);
        compare(
                api.validatingAdmissionPolicyBindings(),
                guards.stream().map(Guard::binding).toList(),
                repairs);
        if (policy.pinPods()) {
            compare(api.mutatingAdmissionPolicies(), List.of(PodPins.policy()), repairs);
            compare(api.mutatingAdmissionPolicyBindings(), List.of(PodPins.binding()), repairs);
        } else if (api.mutatingAdmissionPolicies().withName(PodPins.NAME).get() != null) {
            repairs.add(
                    new Repair(
                            List.of(
                                    new GuardDifference(
                                            "MutatingAdmissionPolicy",
                                            PodPins.NAME,
                                            "",
                                            PodPins.NAME,
                                            Difference.NOTHING)),
                            () -> {
                                var _ =
                                        api.mutatingAdmissionPolicyBindings()
                                                .withName(PodPins.NAME)
                                                .delete();
                                var _ =
                                        api.mutatingAdmissionPolicies()
                                                .withName(PodPins.NAME)
                                                .delete();
                            }));
        }
        return repairs;
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

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void compare(
            NonNamespaceOperation<T, L, Resource<T>> kind, List<T> desired, List<Repair> repairs) {
        Map<String, T> found = new HashMap<>();
        Lists.eachOf(
                kind.withLabel(Labels.MANAGED, "true"),
                object -> found.put(object.getMetadata().getName(), object));
        for (var object : desired) {
            String name = object.getMetadata().getName();
            var there = Optional.ofNullable(found.get(name));
            var differences =
                    there.map(one ->
                                    Comparison.of(object, one).stream()
                                            .map(field ->
                                                    new GuardDifference(
                                                            object.getKind(),
                                                            name,
                                                            field.pointer(),
                                                            field.found(),
                                                            field.wanted()))
                                            .toList())
                            .orElseGet(() ->
                                    List.of(
                                            new GuardDifference(
                                                    object.getKind(),
                                                    name,
                                                    "",
                                                    Difference.NOTHING,
                                                    name)));
            if (!differences.isEmpty()) {
                repairs.add(new Repair(differences, () -> set(kind, object)));
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
