package io.yuntai.onboarding.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ParamKind;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import java.util.List;

/**
 * What keeps a namespace of ours to its one lease: policies that the API server itself decides by,
 * in its own process. None of them calls us, so none stands in the way of a pod when we are down.
 *
 * <p>Whoever is let through beside us is part of the cluster: its own controllers, which follow a
 * quota's status, empty a namespace and collect garbage, and the API server, which charges what it
 * admits.
 */
final class Guards {

    private static final String THE_CLUSTER =
            "request.userInfo.username.startsWith('system:serviceaccount:kube-system:')"
                    + " || request.userInfo.username in"
                    + " ['system:apiserver', 'system:kube-controller-manager']";

    /** A guard: the rules, and that they hold everywhere. */
    record Guard(ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicyBinding binding) {}

    private Guards() {}

    /**
     * All guards of a cluster.
     *
     * @param us the name that the cluster knows us by
     */
    static List<Guard> of(String us) {
        String onlyWe = "request.userInfo.username == " + quoted(us) + " || " + THE_CLUSTER;
        return List.of(
                guard(
                        "yuntai-writes",
                        governed(),
                        List.of(
                                rule(
                                        "",
                                        List.of(
                                                "resourcequotas",
                                                "resourcequotas/status",
                                                "limitranges"),
                                        "CREATE",
                                        "UPDATE",
                                        "DELETE")),
                        onlyWe,
                        "only Yuntai writes the quota and the defaults of this namespace"),
                guard(
                        "yuntai-one-quota",
                        governed(),
                        List.of(rule("", List.of("resourcequotas"), "CREATE")),
                        "object.metadata.name == '" + Labels.LEASE_NAME + "'",
                        "this namespace has one quota, named " + Labels.LEASE_NAME),
                guard(
                        "yuntai-namespaces",
                        new LabelSelector(),
                        List.of(rule("", List.of("namespaces"), "UPDATE")),
                        onlyWe + " || " + managed("oldObject") + " == " + managed("object"),
                        "only Yuntai takes a namespace in or lets it go"),
                leaseGuard());
    }

    /** Nothing that a lease limits is admitted while there is none, or none that is enforced. */
    private static Guard leaseGuard() {
        var guard =
                guard(
                        Labels.LEASE_GUARD,
                        governed(),
                        List.of(
                                rule(
                                        "",
                                        List.of(
                                                "pods",
                                                "persistentvolumeclaims",
                                                "services",
                                                "replicationcontrollers"),
                                        "CREATE"),
                                rule("apps", List.of("*"), "CREATE"),
                                rule("batch", List.of("*"), "CREATE"),
                                rule("kubevirt.io", List.of("*"), "CREATE")),
                        "has(params.status) && has(params.status.hard)"
                                + " && size(params.status.hard) > 0",
                        "no lease is enforced in this namespace yet");
        return new Guard(
                new ValidatingAdmissionPolicyBuilder(guard.policy())
                        .editSpec()
                        .withParamKind(new ParamKind("v1", "ResourceQuota"))
                        .endSpec()
                        .build(),
                new ValidatingAdmissionPolicyBindingBuilder(guard.binding())
                        .editSpec()
                        .withNewParamRef()
                        .withName(Labels.LEASE_NAME)
                        .withParameterNotFoundAction("Deny")
                        .endParamRef()
                        .endSpec()
                        .build());
    }

    private static Guard guard(
            String name,
            LabelSelector namespaces,
            List<NamedRuleWithOperations> rules,
            String expression,
            String message) {
        return new Guard(
                new ValidatingAdmissionPolicyBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Labels.MANAGED, "true")
                        .endMetadata()
                        .withNewSpec()
                        .withFailurePolicy("Fail")
                        .withNewMatchConstraints()
                        .withMatchPolicy("Equivalent")
                        .withNamespaceSelector(namespaces)
                        .withObjectSelector(new LabelSelector())
                        .withResourceRules(rules)
                        .endMatchConstraints()
                        .addNewValidation()
                        .withExpression(expression)
                        .withMessage(message)
                        .withReason("Forbidden")
                        .endValidation()
                        .endSpec()
                        .build(),
                new ValidatingAdmissionPolicyBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Labels.MANAGED, "true")
                        .endMetadata()
                        .withNewSpec()
                        .withPolicyName(name)
                        .withValidationActions("Deny")
                        .endSpec()
                        .build());
    }

    private static String managed(String object) {
        String labels = object + ".metadata.labels";
        return "(has(%s) && '%s' in %s ? %s['%s'] : '')"
                .formatted(labels, Labels.MANAGED, labels, labels, Labels.MANAGED);
    }

    private static LabelSelector governed() {
        return new LabelSelectorBuilder().addToMatchLabels(Labels.MANAGED, "true").build();
    }

    private static NamedRuleWithOperations rule(
            String group, List<String> resources, String... operations) {
        return new NamedRuleWithOperationsBuilder()
                .withApiGroups(group)
                .withApiVersions("*")
                .withOperations(operations)
                .withResources(resources)
                .withScope("*")
                .build();
    }

    /** As a text of the Common Expression Language. */
    static String quoted(String text) {
        var quoted = new StringBuilder("'");
        text.codePoints()
                .forEach(point -> {
                    if (point == '\'' || point == '\\') {
                        quoted.append('\\');
                    }
                    quoted.appendCodePoint(point);
                });
        return quoted.append('\'').toString();
    }
}
