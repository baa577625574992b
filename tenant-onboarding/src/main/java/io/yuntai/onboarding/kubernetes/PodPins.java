package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBuilder;
import java.util.List;

/**
 * Gives each new pod its namespace's zone and processor family as a node selector, so that tenants
 * need not write it. What a pod says of these itself is left to {@link PodGuards}.
 */
final class PodPins {

    static final String NAME = "yuntai-pins";

    private PodPins() {}

    static MutatingAdmissionPolicy policy() {
        return new MutatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(Labels.MANAGED, "true")
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withReinvocationPolicy("Never")
                .withNewMatchConstraints()
                .withMatchPolicy("Equivalent")
                .withNamespaceSelector(NamespaceManifests.governed())
                .withObjectSelector(new LabelSelector())
                .withResourceRules(Guard.match("", List.of("pods"), "CREATE"))
                .endMatchConstraints()
                .addNewMutation()
                .withPatchType("JSONPatch")
                .withNewJsonPatch(expression())
                .endMutation()
                .endSpec()
                .build();
    }

    static MutatingAdmissionPolicyBinding binding() {
        return new MutatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(Labels.MANAGED, "true")
                .endMetadata()
                .withNewSpec()
                .withPolicyName(NAME)
                .endSpec()
                .build();
    }

    private static String expression() {
        String labels = "namespaceObject.metadata.labels";
        return ("has(object.spec.nodeSelector)"
                        + " ? ['%1$s', '%2$s'].filter(k, !(k in object.spec.nodeSelector)).map(k,"
                        + " JSONPatch{op: 'add',"
                        + " path: '/spec/nodeSelector/' + jsonpatch.escapeKey(k),"
                        + " value: %3$s[k]})"
                        + " : [JSONPatch{op: 'add', path: '/spec/nodeSelector',"
                        + " value: {'%1$s': %3$s['%1$s'], '%2$s': %3$s['%2$s']}}]")
                .formatted(Labels.ZONE, Labels.PROCESSOR, labels);
    }
}
